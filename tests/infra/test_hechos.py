"""Facts and their cause, the role that was used, and the guard of every state column."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.infra.audit import hechos as modulo
from recaudo.infra.audit.cargar_maquinas import cargar_maquinas
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto, conectar
from recaudo.infra.audit.models import CambioEstado, EstadoPaso, Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.states import PREVIO, Maquina, Paso, pasos

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 5)
CORTE = date(2026, 10, 2)
BRUNO = Actor(id=1, nombre="Bruno", roles=frozenset({"UREC", "AC"}))


@dataclass(frozen=True)
class _Uno:
    tipo: ClassVar[str] = "uno_de_prueba"
    objeto_tipo: ClassVar[str] = "prueba"
    objeto_id: int = 1

    def frase(self) -> str:
        return "Pasó uno."


@dataclass(frozen=True)
class _Dos(_Uno):
    tipo: ClassVar[str] = "dos_de_prueba"


IMPORTAR = Acto("importar", Permiso.EXTRACTO_IMPORTAR, _Uno, _Dos)
PAGAR = Acto("pagar", None, _Dos)
MAQUINA = Maquina(
    "juguete",
    (
        Paso("nacer", None, "nueva", "N"),
        Paso("titular", "nueva", "titulo", "N"),
        *pasos(["convenir"], ["nueva", "titulo"], "en_acuerdo", "N"),
        Paso("quebrar", "en_acuerdo", PREVIO, "N"),
        Paso("perdonar", "en_acuerdo", "perdonada", "vieja", hasta_fecha=CORTE),
    ),
    "nueva",
    finales=["perdonada"],
)


@contextmanager
def abrir(que: Acto, *, por: Actor = BRUNO, fecha: date = HOY) -> Iterator[ActoAbierto]:
    with acto(que, por=por, fecha=fecha, norma="N") as a:
        yield a


def tipos() -> dict[str, Hecho]:
    return {h.tipo: h for h in Hecho.objects.filter(tipo__endswith="_de_prueba")}


def test_the_row_keeps_the_act_the_permission_and_only_the_role_that_gives_it() -> None:
    with abrir(IMPORTAR) as a:
        a.declarar(_Uno())
    (hecho,) = tipos().values()
    assert (hecho.acto, hecho.permiso, hecho.rol) == ("importar", "extracto.importar", "UREC")
    assert (hecho.causa_id, BRUNO.rol) == (None, "AC,UREC")


def test_a_nested_act_is_caused_by_the_principal_fact_of_the_one_around_it() -> None:
    with abrir(IMPORTAR) as a:
        with abrir(PAGAR) as b:
            b.declarar(_Dos())
        a.declarar(_Uno())
    hechos = tipos()
    assert hechos["dos_de_prueba"].causa_id == hechos["uno_de_prueba"].pk
    assert hechos["dos_de_prueba"].permiso == "extracto.importar"
    assert hechos["dos_de_prueba"].rol == "UREC"


def test_the_second_fact_of_an_act_hangs_from_its_first() -> None:
    with abrir(IMPORTAR) as a:
        a.declarar(_Uno())
        a.declarar(_Dos())
    hechos = tipos()
    assert hechos["dos_de_prueba"].causa_id == hechos["uno_de_prueba"].pk


def test_what_a_reaction_does_is_caused_by_the_fact_that_it_reacts_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(modulo, "_REACCIONES", modulo.defaultdict(list))
    visto: list[str] = []

    def reaccionar(_: Any, causa: ActoAbierto) -> None:
        with abrir(PAGAR, por=causa.por) as b:
            b.declarar(_Dos())
        with connection.cursor() as cursor:
            cursor.execute("SELECT acto FROM recaudo_en_curso()")
            visto.append(cursor.fetchone()[0])

    conectar(_Uno.tipo, reaccionar)
    otro = Acto("otro", Permiso.EXTRACTO_IMPORTAR, _Uno, _Dos)
    with abrir(otro) as a:
        a.declarar(_Dos())
        a.declarar(_Uno())
    uno = Hecho.objects.get(tipo="uno_de_prueba")
    pagado = Hecho.objects.get(acto="pagar")
    assert pagado.causa_id == uno.pk != uno.causa_id
    assert visto == ["otro"]


def test_a_consequence_does_not_happen_alone_nor_an_act_state_what_it_does_not_declare() -> None:
    with pytest.raises(AssertionError, match="consequence"), abrir(PAGAR):
        pass
    ajeno = Acto("ajeno", Permiso.EXTRACTO_IMPORTAR, _Uno)
    with pytest.raises(AssertionError, match="does not declare"), abrir(ajeno) as a:
        a.declarar(_Dos())
    with pytest.raises(AssertionError, match="stated no fact"), abrir(IMPORTAR):
        pass
    assert not tipos()


def test_without_the_permission_there_is_no_act_and_nothing_stays_open() -> None:
    with pytest.raises(SinPermiso), abrir(IMPORTAR, por=Actor(id=3, nombre="Carla")):
        pass
    with pytest.raises(RuntimeError), abrir(IMPORTAR):
        raise RuntimeError
    with abrir(IMPORTAR) as a:
        a.declarar(_Uno())
    assert tipos()["uno_de_prueba"].causa_id is None


def test_a_cause_of_another_transaction_is_given_and_never_comes_after() -> None:
    with abrir(IMPORTAR) as a:
        a.declarar(_Uno())
    with acto(IMPORTAR, por=BRUNO, fecha=HOY, norma="N", causa=a.hecho_id) as b:
        b.declarar(_Dos())
    assert tipos()["dos_de_prueba"].causa_id == a.hecho_id
    with (
        pytest.raises(DatabaseError, match="hecho_despues_de_su_causa"),
        transaction.atomic(),
        acto(IMPORTAR, por=BRUNO, fecha=HOY, norma="N", causa=10**15) as c,
    ):
        c.declarar(_Uno())


@pytest.fixture
def juguete() -> None:
    """A toy table with the guards of a machine; its only row is `nueva`."""
    cargar_maquinas([MAQUINA], hoy=HOY)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE juguete (id bigint PRIMARY KEY, estado text NOT NULL)")
        cursor.execute(
            "CREATE TRIGGER estado AFTER UPDATE ON juguete "
            "REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas "
            "FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('juguete')"
        )
        cursor.execute("INSERT INTO juguete VALUES (7, 'nueva')")


def mover(como: str, hacia: str, *, fecha: date = HOY) -> None:
    with (
        transaction.atomic(),
        abrir(Acto(como, Permiso.EXTRACTO_IMPORTAR, _Uno), fecha=fecha) as a,
    ):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE juguete SET estado = %s", [hacia])
        a.declarar(_Uno())


def pasajes() -> list[tuple[str, str, str]]:
    filas = CambioEstado.objects.filter(maquina="juguete").order_by("id")
    return list(filas.values_list("acto", "desde", "hacia"))


@pytest.mark.usefixtures("juguete")
def test_the_trigger_checks_the_act_and_stores_it() -> None:
    with pytest.raises(DatabaseError, match="el acto convenir no lleva de nueva a titulo"):
        mover("convenir", "titulo")
    with pytest.raises(DatabaseError, match="el paso de nueva a perdonada no existe"):
        mover("convenir", "perdonada")
    mover("titular", "titulo")
    assert pasajes() == [("titular", "nueva", "titulo")]


@pytest.mark.usefixtures("juguete")
@pytest.mark.parametrize("camino", [(), (("titular", "titulo"),)])
def test_a_step_back_leads_only_to_the_state_it_came_from(camino: tuple[Any, ...]) -> None:
    antes = camino[-1][1] if camino else "nueva"
    otro = "nueva" if camino else "titulo"
    for paso in camino:
        mover(*paso)
    mover("convenir", "en_acuerdo")
    with pytest.raises(DatabaseError, match=f"solo vuelve al estado del que vino .{antes}."):
        mover("quebrar", otro)
    mover("quebrar", antes)
    assert pasajes()[-1] == ("quebrar", "en_acuerdo", antes)
    mover("convenir", "en_acuerdo")
    mover("quebrar", antes)  # and again, from the last time


@pytest.mark.usefixtures("juguete")
def test_a_retired_step_is_refused_from_its_last_date_and_history_stays() -> None:
    mover("convenir", "en_acuerdo")
    with pytest.raises(DatabaseError, match="no existe"):
        mover("perdonar", "perdonada", fecha=CORTE)
    mover("perdonar", "perdonada", fecha=date(2026, 10, 1))
    assert pasajes()[-1] == ("perdonar", "en_acuerdo", "perdonada")


@pytest.mark.usefixtures("juguete")
def test_a_step_that_leaves_the_table_is_retired_and_never_deleted() -> None:
    corta = Maquina("juguete", [p for p in MAQUINA.pasos if p.acto != "titular"][:2], "nueva")
    assert cargar_maquinas([corta], hoy=HOY) == 2
    titular = EstadoPaso.objects.get(maquina="juguete", acto="titular")
    assert titular.hasta_fecha == HOY
    with pytest.raises(DatabaseError):
        mover("titular", "titulo")
    mover("titular", "titulo", fecha=date(2026, 10, 4))
    otras = EstadoPaso.objects.exclude(maquina="juguete")
    assert not otras.filter(hasta_fecha=HOY).exists()
    cargar_maquinas([MAQUINA], hoy=HOY)
    assert EstadoPaso.objects.get(maquina="juguete", acto="titular").hasta_fecha is None


@pytest.mark.usefixtures("juguete")
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_estadopaso WHERE maquina = 'juguete'",
        "TRUNCATE audit_estadopaso",
        "UPDATE audit_estadopaso SET acto = 'otro' WHERE maquina = 'juguete'",
        "UPDATE audit_estadopaso SET desde_fecha = '2026-01-01' WHERE maquina = 'juguete'",
    ],
)
def test_the_steps_of_the_machines_are_not_rewritten(sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="solo admite agregar"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
