"""The audit finds each planted fault, names exactly the invariant it breaks, and skips nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.queries import bandeja
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.ensayo.demostracion.ciclo import PRUEBA
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from recaudo.project.wiring import MAQUINAS
from recaudo.reports.auditoria.ejecutar import auditar
from recaudo.reports.auditoria.invariantes import INVARIANTES
from recaudo.reports.resumen.totales import totales
from tests.domain.escondidas import poner_estado
from tests.domain.estados import drop_checks
from tests.reports.auditoria.faltas import (
    DE_PASO,
    FALTAS,
    QUITAN_UNA_REGLA,
    a_cent_less_in_a_balance,
    a_doubt_about_the_last_day_hidden,
    asiento,
    despertar,
    dormir,
    partida,
    uno,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro", "cuaderno")]
HOY = date(2026, 11, 20)


def broken(desde: int = 0) -> dict[str, int]:
    return {r.id: r.violaciones for r in auditar(desde_hecho=desde).resultados if r.violaciones}


def test_an_honest_book_breaks_no_invariant() -> None:
    auditoria = auditar()
    assert [(r.id, r.muestra) for r in auditoria.resultados if r.violaciones] == []
    assert len(auditoria.resultados) == len(INVARIANTES)


def test_the_honest_book_holds_every_case_the_invariants_look_at() -> None:
    """An audit of empty tables proves nothing."""
    with connection.cursor() as cursor:
        for tabla in (
            "contabilidad_sellolibro", "recaudacion_aplicacion", "recaudacion_creditoafavor",
            "recaudacion_valorporaplicar", "cartera_glosa", "plazos_plazo",
            "plazos_eventodeplazo", "audit_cambioestado",
        ):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM {tabla}")
            assert cursor.fetchone()[0] > 0, tabla
        cursor.execute(
            "SELECT count(*) FROM recaudacion_aplicacion a "
            "JOIN obligaciones_obligacion o ON o.id = a.obligacion_id WHERE o.estado = 'en_glosa'"
        )
        assert cursor.fetchone()[0] > 0, "a partial payment"


def test_the_book_stays_honest_after_what_people_do_by_hand() -> None:
    """Money applied by hand with interest to its date, a comprobante annulled, a glosa opened."""
    with connection.cursor() as cursor:
        quien = uno(cursor, "SELECT usuario_id FROM security_asignacion WHERE rol = 'UREC' LIMIT 1")
        bruno = Actor(id=quien, nombre="Bruno", roles=frozenset({"UREC"}))
        cursor.execute(
            "SELECT v.id, l.comprobante_numero, o.empleador_id, o.id "
            "  FROM recaudacion_valorporaplicar v "
            "  JOIN recaudacion_lineaextracto l ON l.id = v.ingreso_id "
            "  JOIN recaudacion_comprobante c ON c.numero = l.comprobante_numero "
            "  JOIN recaudacion_comprobantedetalle d ON d.comprobante_id = c.id "
            "  JOIN obligaciones_obligacion o ON o.id = d.obligacion_id "
            " WHERE v.motivo = 'COMPROBANTE_CADUCADO' AND o.estado = 'en_glosa' LIMIT 1"
        )
        valor, numero, empleador, deuda = cursor.fetchone()
        ana = uno(
            cursor,
            "SELECT usuario_id FROM afiliacion_representacion WHERE empleador_id = %s LIMIT 1",
            empleador,
        )
    aplicar_valor(valor_id=valor, por=bruno, hoy=HOY, razon="Pagó tarde", comprobante_numero=numero)
    duena = Actor(
        id=ana, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({empleador})
    )
    hecho = generar_comprobante(empleador_id=empleador, obligaciones=[deuda], por=duena, hoy=HOY)
    assert hecho.interes > Dinero.CERO, "the interest after the partial payment"
    assert broken() == {}
    anular_comprobante(numero=hecho.numero, por=duena, hoy=HOY, razon="Me equivoqué")
    for aviso in bandeja(TODA_LA_NACION, empleador_id=empleador):
        acusar_recibo(notificacion_id=aviso.id, por=duena, hoy=HOY, prueba=PRUEBA)
    assert broken() == {}


@pytest.mark.parametrize(
    "cambio",
    [
        "saldo_final = saldo_final + 1, fecha_saldo = fecha_saldo",
        "saldo_inicial = saldo_inicial + 1, total_creditos = total_creditos - 1",
    ],
)
def test_a_balance_of_the_bank_a_cent_off_is_red(cambio: str) -> None:
    """D26: opening + entries = closing, and the closing of one is the opening of the next."""
    with connection.cursor() as cursor:
        dormir(cursor, "recaudacion_extracto")
        cursor.execute(
            f"UPDATE recaudacion_extracto SET {cambio} WHERE id = "
            "(SELECT id FROM recaudacion_extracto WHERE estado = 'confirmado' ORDER BY id LIMIT 1 "
            "OFFSET 1)"
        )
    assert "D26" in broken()


def test_every_invariant_has_its_fault_and_every_fault_its_invariant() -> None:
    assert {c.split("/")[0] for c in FALTAS} == {i.id for i in INVARIANTES}


@pytest.mark.parametrize("clave", sorted(FALTAS))
def test_a_planted_fault_trips_exactly_its_invariant(clave: str) -> None:
    with connection.cursor() as cursor:
        FALTAS[clave](cursor)
        despertar(cursor)
    rotos = broken()
    assert ("S12" in rotos) is (clave in {"S12", *QUITAN_UNA_REGLA}), rotos
    propio = clave.split("/", maxsplit=1)[0]
    # A row that was sealed is also another than the one sealed, whatever it breaks besides.
    de_paso = {"S12", "D32", DE_PASO.get(clave, "")}
    assert [r for r in rotos if r in {propio} or r not in de_paso] == [propio], rotos


def test_a_cent_less_in_a_debt_is_missing_from_its_account_too() -> None:
    """D28 the other way round: the ledger is right and the debts are not, and it says where."""
    with connection.cursor() as cursor:
        a_cent_less_in_a_balance(cursor)
        despertar(cursor)
    rotos = {r.id: r.muestra for r in auditar().resultados if r.violaciones}
    assert list(rotos) == ["D03", "D24", "D28"]
    (cuenta,) = rotos["D28"]
    assert (cuenta["cuenta"], int(cuenta["libro"]) - int(cuenta["deudas"])) == ("1201", 1)


def test_a_doubt_about_the_last_day_that_was_invented_is_p03_too() -> None:
    with connection.cursor() as cursor:
        a_doubt_about_the_last_day_hidden(cursor)
        despertar(cursor)
    assert list(broken()) == ["D32", "P03"]


def test_a_check_that_cannot_run_is_a_failure_with_its_name_and_the_others_go_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plazos_eventodeplazo RENAME TO otra_cosa")
    auditoria = auditar()
    (filas, roto, huella) = [r for r in auditoria.resultados if r.violaciones]
    assert (filas.id, roto.id, huella.id) == ("D32", "P19", "S12")
    assert "no se puede leer" in str(filas.muestra[0]["motivo"])
    assert {f["cosa"] for f in huella.muestra} >= {"la columna otra_cosa.id"}
    assert "otra_cosa" not in roto.fallo
    assert "plazos_eventodeplazo" in roto.fallo
    assert len(auditoria.resultados) == len(INVARIANTES)


def test_an_incremental_audit_does_not_read_again_what_an_earlier_one_covered() -> None:
    with connection.cursor() as cursor:
        FALTAS["D01"](cursor)
        despertar(cursor)
        cursor.execute("SELECT max(id) FROM audit_hecho")
        desde = cursor.fetchone()[0]
    assert broken() == {"D01": 2}
    assert broken(desde) == {}


def test_the_sample_is_short_and_plain() -> None:
    with connection.cursor() as cursor:
        dormir(cursor, "contabilidad_asiento", "contabilidad_partida")
        for _ in range(30):
            partida(cursor, asiento(cursor, tipo="falta", origen=1), 1, "2101.IVM", debe=1)
    (d01,) = auditar(ids=["D01"]).resultados
    assert d01.violaciones == 30
    assert len(d01.muestra) == 20
    assert all(isinstance(v, (str, int, type(None))) for f in d01.muestra for v in f.values())
    assert d01.segundos >= Decimal(0)


def test_the_totals_notice_a_ledger_that_says_another_thing() -> None:
    assert totales().libro_cuadra
    with connection.cursor() as cursor:
        a_cent_less_in_a_balance(cursor)
    distintos = totales()
    assert not distintos.libro_cuadra
    assert distintos.diferencias == ("por_cobrar",)


def test_the_demonstration_date_is_the_one_the_faults_use() -> None:
    assert FECHA_DEMO == HOY


#: The machines that the honest book has something of: where, and a state that fits any of it.
_MOVIDAS = {
    "obligacion": ("obligaciones_obligacion", "emitida"),
    "comprobante": ("recaudacion_comprobante", "generado"),
    "valor_por_aplicar": ("recaudacion_valorporaplicar", "cruzado"),
    "extracto": ("recaudacion_extracto", "rechazado"),
    "aclaracion_de_cargo": ("recaudacion_aclaraciondecargo", "devuelta"),
    "notificacion": ("notificaciones_notificacion", "no_abierta"),
    "glosa": ("cartera_glosa", "no_notificada_electronicamente"),
}


@pytest.mark.manipulacion(
    "obligacion", "comprobante", "valor_por_aplicar", "extracto", "aclaracion_de_cargo",
    "notificacion", "glosa",
)  # fmt: skip
@pytest.mark.parametrize("maquina", _MOVIDAS)
def test_what_is_moved_behind_the_guard_of_its_states_is_named(maquina: str) -> None:
    tabla, estado = _MOVIDAS[maquina]
    with connection.cursor() as cursor:
        fila = uno(cursor, f"SELECT max(id) FROM {tabla} WHERE estado <> %s", estado)
        drop_checks(cursor, tabla)
    poner_estado(tabla, fila, estado)
    (hallado,) = auditar(ids=["P02"]).resultados
    assert [(m["maquina"], m["id"]) for m in hallado.muestra] == [(maquina, fila)]


@pytest.mark.parametrize("maquina", [m.nombre for m in MAQUINAS])
def test_a_machine_that_lost_the_guard_of_its_states_is_named(maquina: str) -> None:
    """Nobody lists the tables of P02: a machine of any room is looked at, or it says that not."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT t.tgname, t.tgrelid::regclass::text FROM pg_trigger t "
            "JOIN pg_proc f ON f.oid = t.tgfoid WHERE f.proname = 'recaudo_guardar_estado' "
            "AND encode(t.tgargs, 'escape') LIKE %s",
            [f"{maquina}\\\\000%"],
        )
        ((guarda, tabla),) = cursor.fetchall()
        cursor.execute(f"DROP TRIGGER {guarda} ON {tabla}")
    (hallado,) = auditar(ids=["P02"]).resultados
    assert hallado.muestra == ({"maquina": maquina, "sin_guarda": True},)
