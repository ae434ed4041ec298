"""Seal what never changes: it is proved, who touches it is named, and it goes on in one chain."""

from typing import Any

import pytest
from django.db import connection

from recaudo.domain.cartera.actions.sellar_registros import sellar_registros
from recaudo.infra.audit import sellos
from recaudo.infra.audit.models import SelloDeFilas
from recaudo.infra.audit.sellos import TramoRoto, selladas, verificar_filas
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.concesiones import concesiones
from recaudo.project import sellados
from recaudo.project.sellados import tablas_selladas
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import HOY, SISTEMA, emitir

pytestmark = pytest.mark.django_db


def rotos(desde: int = 0) -> list[TramoRoto]:
    with connection.cursor() as cursor:
        return verificar_filas(cursor, desde_hecho=desde)


def a_la_fuerza(tabla: str, orden: str) -> None:
    """Do what no guard allows, as the owner of the tables could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        cursor.execute(orden)
        assert cursor.rowcount > 0
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


def emitir_y_sellar() -> None:
    hacer_nomina(2)
    emitir()
    sellar_registros(por=SISTEMA, hoy=HOY)


def test_sellar_registros_seals_once_goes_on_and_leaves_mutable_columns_free() -> None:
    emitir_y_sellar()
    primeros = SelloDeFilas.objects.count()
    assert primeros > 5
    assert rotos() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE security_usuario SET last_login = now()")
    assert sellar_registros(por=SISTEMA, hoy=HOY).sellos == 1, "only the fact of the seal before"
    hacer_nomina(1)
    emitir()
    otra = sellar_registros(por=SISTEMA, hoy=HOY)
    assert otra.sellos > 5
    assert rotos() == []
    assert SelloDeFilas.objects.order_by("-id")[0].huella == otra.huella


def test_only_who_seals_seals() -> None:
    with pytest.raises(SinPermiso):
        sellar_registros(por=Actor(id=1, nombre="Ana", roles={"EMP"}), hoy=HOY)


@pytest.mark.parametrize(
    ("tabla", "orden", "motivo"),
    [
        ("obligaciones_obligacion", "UPDATE {t} SET provincia = '24'", "no dicen lo que se selló"),
        ("planillas_planilla", "UPDATE {t} SET trabajadores = trabajadores + 1", "no dicen"),
        ("afiliacion_empleador", "UPDATE {t} SET razon_social = 'X'", "no dicen"),
        ("audit_hecho", "DELETE FROM {t} WHERE id = (SELECT min(id) FROM {t})", "filas y se"),
        ("audit_sellodefilas", "UPDATE {t} SET filas = filas + 1", "el eslabón"),
        ("audit_sellodefilas", "DELETE FROM {t} WHERE id = (SELECT min(id) FROM {t})", "eslabón"),
    ],
)
def test_what_was_touched_is_named(tabla: str, orden: str, motivo: str) -> None:
    emitir_y_sellar()
    a_la_fuerza(tabla, orden.format(t=tabla))
    hallados = rotos()
    assert hallados
    assert motivo in hallados[0].motivo
    if "sellodefilas" not in tabla:
        assert {r.tabla for r in hallados} == {tabla}


def test_a_row_added_in_the_past_is_noticed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('afiliacion_persona', 'id'))")
        (hueco,) = cursor.fetchone()
        emitir_y_sellar()
        cursor.execute(
            "INSERT INTO afiliacion_persona SELECT (jsonb_populate_record(p, jsonb_build_object("
            "'id', %s::bigint, 'identificacion', 'X'))).* FROM afiliacion_persona p LIMIT 1",
            [hueco],
        )
    (roto,) = rotos()
    assert (roto.tabla, roto.motivo) == ("afiliacion_persona", "tiene 3 filas y se sellaron 2")


def test_who_goes_on_writing_puts_the_seal_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their keys may be smaller than those already seen: nothing is sealed over them."""
    hacer_nomina(1)
    monkeypatch.setattr(sellos, "_ESCRIBEN", "SELECT '1'")
    monkeypatch.setattr(sellos, "_ESPERA_SEGUNDOS", 0)
    assert sellar_registros(por=SISTEMA, hoy=HOY).sellos == 0
    monkeypatch.undo()
    assert sellar_registros(por=SISTEMA, hoy=HOY).sellos > 0


def test_every_table_that_keeps_something_is_sealed_or_says_why_not(
    django_db_setup: Any,
) -> None:
    assert selladas() == tablas_selladas()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND NOT relispartition "
            "AND relnamespace = 'public'::regnamespace"
        )
        tablas = {fila[0] for fila in cursor.fetchall()}
    cuartos = ("afiliacion_", "audit_", "cartera_", "contabilidad_", "documents_", "files_",
               "notificaciones_", "obligaciones_", "parametros_", "planillas_", "plazos_",
               "recaudacion_", "security_")  # fmt: skip
    sin_sello = {t for t in tablas if t.startswith(cuartos)} - {s.tabla for s in selladas()}
    assert sin_sello == SIN_SELLO.keys()


#: Tables without seals, and why.
SIN_SELLO = {
    "audit_encurso": "acts in course: empty between transactions",
    "audit_estadopaso": "signed and compared with the code (S12)",
    "audit_reloj": "only in demonstrations",
    "audit_sellodefilas": "each seal is a link of its chain",
    "contabilidad_asiento": "sealed by the ledger's own seals (D12)",
    "contabilidad_partida": "sealed by the ledger's own seals (D12)",
    "contabilidad_cuenta": "compared with the plan (S12)",
    "contabilidad_porrevisar": "empty between transactions",
    "documents_numeracion": "derived from the documents (D33)",
    "files_archivodepaso": "looked at and forgotten",
    "files_piezadearchivo": "proved by the digest of its file (S10)",
    "plazos_plazopendiente": "derived from the deadlines (P19)",
    "recaudacion_detallevivo": "derived from the comprobantes (D16)",
    "recaudacion_piezacontada": "undone with the batch that counted it",
    "security_aparato": "memory of log-ins: it only makes guessing slower",
    "security_lugarconocido": "memory of log-ins: it only makes guessing slower",
    "security_sesion": "open sessions, deleted when they end",
    "security_formulariohecho": "memory of a form, forgotten after a while",
    "security_intentodeentrada": "memory of log-ins, forgotten after a while",
}


def test_what_is_said_of_a_table_that_is_not_there_or_has_no_key_stops_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sellados, "CLAVES", {**sellados.CLAVES, "ninguna": "id"})
    with pytest.raises(LookupError, match="ninguna"):
        tablas_selladas()
    monkeypatch.setattr(sellados, "CLAVES", {})
    with pytest.raises(LookupError, match="cartera_diacerrado"):
        tablas_selladas()


def test_what_an_act_may_change_is_said_once() -> None:
    """Beside the model: what the database grants is what the seals leave out."""
    vistas = {s.tabla: s.mudables for s in tablas_selladas()}
    assert vistas["obligaciones_obligacion"] == {*concesiones()["obligaciones_obligacion"].cambian}
    assert vistas["planillas_emisionlote"] == frozenset()
    assert vistas["documents_dibujo"] == {"bytes"}
