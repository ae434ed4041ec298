"""Seal the ledger: what was sealed is proved, what was touched is named (D12)."""

import pytest
from django.db import connection

from recaudo.domain.contabilidad.actions import sellar_libro as modulo
from recaudo.domain.contabilidad.actions.sellar_libro import sellar_libro
from recaudo.domain.contabilidad.models import SelloLibro
from recaudo.domain.contabilidad.queries import SelloRoto, verificar_sellos
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import HOY, SISTEMA, emitir

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "TRAMO", 2)


def _broken() -> list[SelloRoto]:
    with connection.cursor() as cursor:
        return verificar_sellos(cursor)


def _by_force(sql: str) -> None:
    """Do what no guard of the ledger allows, as the owner of the tables could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT tableoid::regclass FROM contabilidad_partida LIMIT 1")
        tabla = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        cursor.execute(sql.format(tabla=tabla))
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


def _emit_and_seal(*, empleadores: int = 5) -> None:
    for _ in range(empleadores):
        hacer_nomina(1)
    emitir()
    sellar_libro(por=SISTEMA, hoy=HOY)


def test_sellar_libro_seals_everything_once_in_a_chain() -> None:
    _emit_and_seal()
    sellos = list(SelloLibro.objects.order_by("id"))
    assert sum(s.asientos for s in sellos) == 5
    assert [s.asientos for s in sellos] == [2, 2, 1]
    assert [s.anterior for s in sellos] == ["", *(s.huella for s in sellos[:-1])]
    assert _broken() == []
    assert Hecho.objects.filter(tipo="libro_sellado").count() == 1


def test_sealing_again_adds_no_seal_and_new_entries_continue_the_chain() -> None:
    _emit_and_seal()
    assert sellar_libro(por=SISTEMA, hoy=HOY).sellos == 0
    nomina = hacer_nomina(1)
    emitir(ruc=nomina.empleador.ruc)
    assert sellar_libro(por=SISTEMA, hoy=HOY).asientos == 1
    ultimo = SelloLibro.objects.latest("id")
    assert ultimo.anterior == SelloLibro.objects.get(pk=ultimo.pk - 1).huella
    assert _broken() == []


@pytest.mark.parametrize(
    "danio",
    [
        "UPDATE {tabla} SET obligacion_id = obligacion_id + 1 WHERE linea = 1",
        "UPDATE {tabla} SET debe = debe + 1 WHERE linea = 1",
        "DELETE FROM {tabla} WHERE linea = 2",
    ],
)
def test_a_leg_touched_by_force_breaks_its_seal(danio: str) -> None:
    _emit_and_seal(empleadores=1)
    _by_force(danio)
    (roto,) = _broken()
    assert roto.motivo == "los asientos del tramo no son los que se sellaron"


def test_a_seal_forged_with_its_contents_breaks_the_chain() -> None:
    _emit_and_seal()
    primero = SelloLibro.objects.earliest("id")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE contabilidad_sellolibro DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE contabilidad_sellolibro SET huella = repeat('0', 64) WHERE id = %s",
            [primero.pk],
        )
        cursor.execute("ALTER TABLE contabilidad_sellolibro ENABLE TRIGGER USER")
    assert {roto.motivo for roto in _broken()} == {"el eslabón no sigue al anterior"}


def test_whoever_may_not_seal_seals_nothing() -> None:
    with pytest.raises(SinPermiso):
        sellar_libro(por=Actor(id=1, nombre="A", roles=frozenset({"UREC"})), hoy=HOY)
