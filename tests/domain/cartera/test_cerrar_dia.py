"""The close: each date once, in order, whoever runs it, however it is cut (T17, S14, P19)."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from recaudo.domain.cartera.actions import cerrar_dia as modulo
from recaudo.domain.cartera.actions.cerrar_dia import ResultadoDeCierre, cerrar_dia
from recaudo.domain.cartera.models import DiaCerrado, Glosa
from recaudo.domain.cartera.policy import FechaFutura
from recaudo.domain.contabilidad.queries import verificar_sellos
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.plazos.models import EventoDePlazo, Plazo
from recaudo.infra.audit.cierre import PasoDeCierre, pasos_de_cierre
from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.domain.guardas import passes_without, refused
from tests.domain.muertes import morir_tras_cambiar
from tests.factories.afiliacion import GUAYAQUIL, hacer_empleador
from tests.factories.cartera import (
    PRUEBA,
    SISTEMA,
    empleador_con_usuario,
    hacer_obligacion,
    pagar_del_todo,
    poner_tasa,
)

pytestmark = pytest.mark.django_db
VENCE = date(2026, 9, 15)
DIA_31 = date(2026, 10, 16)
LEJOS = date(2030, 1, 1)
UN_DIA = timedelta(days=1)


def close(until: date) -> ResultadoDeCierre:
    return cerrar_dia(fecha=until, por=SISTEMA, hoy=LEJOS)


def state(o: Obligacion) -> str:
    return str(Obligacion.objects.get(pk=o.pk).estado)


def test_a_planilla_due_on_the_15th_is_in_arrears_from_the_16th_lss_73() -> None:
    o = hacer_obligacion(vence=VENCE)
    close(VENCE)
    assert state(o) == "emitida"
    assert close(VENCE + UN_DIA).eventos == {"MORA": 1}
    assert state(o) == "en_mora"


def test_the_glosa_is_of_the_31st_day_of_arrears_and_not_of_the_30th() -> None:
    o = hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31 - UN_DIA)
    assert (state(o), Glosa.objects.count()) == ("en_mora", 0)
    assert close(DIA_31).eventos == {"GLOSA_EMITIDA": 1}
    assert state(o) == "en_glosa"
    assert Glosa.objects.get().fecha_emision == DIA_31


def test_the_last_day_of_a_termino_is_whole_and_the_event_is_of_the_day_after_p19() -> None:
    empleador = hacer_empleador()
    hacer_obligacion(empleador=empleador, vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31)
    n = Notificacion.objects.get()
    ana = empleador_con_usuario(empleador)
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 10, 19), prueba=PRUEBA)
    close(t.vence)
    assert Glosa.objects.get().estado == "notificada"
    assert close(t.vence + UN_DIA).eventos == {"TERMINO_VENCIDO": 1}
    assert Glosa.objects.get().estado == "notificada_vencida"
    evento = EventoDePlazo.objects.get()
    assert (evento.vence, evento.ocurrio_el) == (t.vence, t.vence + UN_DIA)
    assert close(t.vence + 5 * UN_DIA).eventos == {}


def test_a_notice_nobody_opens_in_five_business_days_is_marked_and_opens_no_term() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31)  # Friday; the five days end on Friday 23
    assert close(date(2026, 10, 23)).eventos == {}
    assert close(date(2026, 10, 24)).eventos == {"NOTIFICACION_SIN_ABRIR": 1}
    assert Glosa.objects.get().estado == "no_notificada_electronicamente"
    assert not Plazo.objects.exists()


def test_what_the_close_does_is_caused_by_the_day_it_closes() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31)
    dia = Hecho.objects.get(tipo="dia_de_cartera_cerrado", objeto_id=DIA_31.isoformat())
    causados = dict(Hecho.objects.filter(causa_id=dia.pk).values_list("tipo", "acto"))
    assert causados == {
        "glosas_emitidas": "emitir_glosas", "libro_sellado": "sellar_libro",
        "registros_sellados": "sellar_registros",
    }  # fmt: skip
    glosas = Hecho.objects.get(tipo="glosas_emitidas")
    depositadas = Hecho.objects.get(tipo="notificaciones_enviadas")
    assert (depositadas.causa_id, depositadas.acto) == (glosas.pk, "enviar_notificaciones")
    assert (dia.causa_id, dia.rol, glosas.rol) == (None, "SISTEMA", "SISTEMA")


def test_a_month_without_rate_stops_the_glosa_and_the_next_close_tries_again_lss_89() -> None:
    o = hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99", aprobada=False)
    assert close(DIA_31).eventos == {"MORA": 1, "GLOSA_SIN_TASA": 1}
    assert state(o) == "en_mora"
    motivo = Hecho.objects.get(tipo="glosas_sin_tasa").frase
    assert "tasa máxima convencional" in motivo
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parametros_tasapublicada SET aprobada_por = 2, aprobada_en = now()")
    assert close(DIA_31 + UN_DIA).eventos == {"GLOSA_EMITIDA": 1}
    assert Glosa.objects.get().fecha_emision == DIA_31 + UN_DIA


def test_what_was_paid_neither_falls_in_arrears_nor_becomes_a_glosa() -> None:
    early, late = hacer_obligacion(vence=VENCE), hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    pagar_del_todo(early, fecha=VENCE)
    close(VENCE + UN_DIA)
    pagar_del_todo(late, fecha=VENCE + UN_DIA)
    assert close(DIA_31).eventos == {}
    assert {state(early), state(late)} == {"cancelada"}


def test_the_first_close_starts_on_the_earliest_emission_and_leaves_no_hole_s14() -> None:
    hacer_obligacion(emitida=date(2026, 9, 1), vence=VENCE)
    assert close(date(2026, 9, 20)).dias_cerrados == 20
    assert close(date(2026, 9, 20)).dias_cerrados == 0
    assert close(date(2026, 9, 22)).dias_cerrados == 2
    fechas = list(DiaCerrado.objects.order_by("fecha").values_list("fecha", "anterior"))
    assert fechas[0] == (date(2026, 9, 1), None)
    assert all(anterior == fecha - UN_DIA for fecha, anterior in fechas[1:])


def test_an_empty_system_closes_only_the_date_asked() -> None:
    assert close(VENCE) == ResultadoDeCierre(1, {}, VENCE)


def test_a_future_date_and_a_stranger_are_refused() -> None:
    with pytest.raises(FechaFutura):
        cerrar_dia(fecha=VENCE + UN_DIA, por=SISTEMA, hoy=VENCE)
    jefe = Actor(id=3, nombre="Jefa", roles=frozenset({"JC"}), provincias=frozenset({"17"}))
    with pytest.raises(SinPermiso):
        cerrar_dia(fecha=VENCE, por=jefe, hoy=VENCE)
    assert not DiaCerrado.objects.exists()


def test_an_officer_of_the_control_unit_closes_and_the_machine_does_the_rest() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    control = Actor(id=4, nombre="Bruno", roles=frozenset({"UCGC"}))
    cerrar_dia(fecha=DIA_31, por=control, hoy=DIA_31)
    assert Hecho.objects.filter(tipo="dia_de_cartera_cerrado").latest("id").actor_nombre == "Bruno"
    assert "Bruno" in Hecho.objects.get(tipo="glosas_emitidas").actor_nombre


def test_every_change_of_state_is_recorded_with_a_fact_and_the_ledger_is_sealed() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31)
    hechos = set(Hecho.objects.values_list("id", flat=True))
    cambios = CambioEstado.objects.order_by("id")
    assert [(c.maquina, c.hacia) for c in cambios] == [
        ("obligacion", "en_mora"),
        ("obligacion", "en_glosa"),
    ]
    assert {c.hecho_id for c in cambios} <= hechos
    with connection.cursor() as cursor:
        assert verificar_sellos(cursor) == []


D = "cartera_diacerrado"
HOLE = f"""INSERT INTO {D} SELECT fecha + 2, fecha + 2, fecha, eventos, cerrado_en, 1 FROM {D}
            ORDER BY fecha DESC LIMIT 1"""


@pytest.mark.parametrize(
    ("guard", "tabla", "sql", "is_trigger"),
    [
        ("dia_cerrado_solo_agregar", D, f"DELETE FROM {D} WHERE fecha = '2026-09-15'", True),
        ("dia_cerrado_solo_agregar", D, f"UPDATE {D} SET eventos = '{{}}'", True),
        (
            "dia_cerrado_contiguo",
            D,
            HOLE,
            False,
        ),
    ],
)
def test_the_database_keeps_the_closed_days(
    guard: str, tabla: str, sql: str, *, is_trigger: bool
) -> None:
    close(VENCE)
    assert refused(sql)
    assert passes_without(guard, tabla, sql, is_trigger=is_trigger)


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a close decides; not its instants, its random codes nor its serials."""
    queries = {
        "days": "SELECT fecha, anterior, eventos::text FROM cartera_diacerrado ORDER BY 1",
        "events": "SELECT z.materia_tipo, z.regla, e.que, e.vence, e.ocurrio_el"
        " FROM plazos_eventodeplazo e JOIN plazos_plazo z ON z.id = e.plazo_id ORDER BY 1, 2, 3, 4",
        "debts": "SELECT id, estado FROM obligaciones_obligacion ORDER BY id",
        "glosas": "SELECT obligacion_id, numero, fecha_emision, capital, interes,"
        " traza_interes::text, estado, estado_verificacion FROM cartera_glosa ORDER BY 1",
        "documents": "SELECT numero, contenido::text, contenido_sha256, fecha_emision"
        " FROM documents_documento ORDER BY 1",
        "notices": "SELECT empleador_id, cantones::text, asunto, estado, depositada_el, abrir_hasta"
        " FROM notificaciones_notificacion ORDER BY 1, 3",
        "facts": "SELECT tipo, fecha, objeto_id, frase FROM audit_hecho"
        " WHERE tipo <> 'libro_sellado' ORDER BY fecha, tipo, objeto_id",
        "ledger": "SELECT a.fecha, a.concepto, a.provincia, p.cuenta_id, p.debe, p.haber,"
        " p.obligacion_id FROM contabilidad_asiento a JOIN contabilidad_partida p"
        " ON p.asiento_id = a.id ORDER BY 7, 4, 1",
    }
    with connection.cursor() as cursor:
        result = {}
        for name, query in queries.items():
            cursor.execute(query)
            result[name] = cursor.fetchall()
    return result


def many_debts() -> None:
    for n in range(6):
        empleador = hacer_empleador(canton=GUAYAQUIL if n % 2 else "1701")
        hacer_obligacion(
            empleador=empleador, vence=VENCE + n * UN_DIA, personal=f"{90 + n}.{n}7", ccc="0.00"
        )
    poner_tasa("2026-10", "8.99")


def undone(run: Callable[[], None]) -> dict[str, list[tuple[Any, ...]]]:
    """Run, look, and put everything back: the series of numbers start again too."""
    from django.db import transaction

    with transaction.atomic():
        run()
        seen = snapshot()
        transaction.set_rollback(True)
    return seen


def day_by_day() -> None:
    for n in range(50):
        close(date(2026, 9, 1) + n * UN_DIA)


def test_forty_days_of_catching_up_equal_a_run_without_interruption_byte_for_byte_t17() -> None:
    many_debts()
    whole = undone(lambda: void(close(date(2026, 10, 20))))
    assert undone(day_by_day) == whole
    assert len(whole["days"]) == 50
    assert len(whole["glosas"]) == 5


def void(_: object) -> None:
    """Forget a result."""


@pytest.mark.django_db(transaction=True)
def test_a_close_cut_in_the_middle_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    many_debts()

    def cut(*, fecha: date, por: Actor) -> dict[str, int]:
        if fecha == DIA_31 + UN_DIA:
            raise KeyboardInterrupt
        return {}

    cortado = (*pasos_de_cierre(), PasoDeCierre("CORTE", cut, "Corte"))
    monkeypatch.setattr(modulo, "pasos_de_cierre", lambda: cortado)
    with pytest.raises(KeyboardInterrupt):
        close(date(2026, 10, 20))
    assert DiaCerrado.objects.latest("fecha").fecha == DIA_31
    assert Glosa.objects.count() == 1  # the second was undone with its day
    monkeypatch.undo()
    rest = close(date(2026, 10, 20))
    assert (rest.dias_cerrados, rest.eventos) == (4, {"GLOSA_EMITIDA": 4})
    numbers = sorted(Glosa.objects.values_list("numero", flat=True))
    assert numbers == [
        "09-2026-000001",
        "09-2026-000002",
        "17-2026-000001",
        "17-2026-000002",
        "17-2026-000003",
    ]


def race(
    closers: int, ended: Callable[[], None] = lambda: None
) -> tuple[list[ResultadoDeCierre], list[Exception]]:
    """Close the same days from several connections at once; each says when it has ended."""
    results: list[ResultadoDeCierre] = []
    errors: list[Exception] = []
    barrier = threading.Barrier(closers)

    def work() -> None:
        try:
            barrier.wait(timeout=20)
            results.append(close(date(2026, 10, 20)))
        except Exception as error:
            errors.append(error)
        finally:
            ended()
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(closers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results, errors


@pytest.mark.carrera("glosa")
@pytest.mark.django_db(transaction=True)
def test_two_closers_at_once_close_each_day_exactly_once() -> None:
    many_debts()
    results, errors = race(2)
    assert errors == []
    assert sum(r.dias_cerrados for r in results) == 50
    assert sum(r.eventos.get("GLOSA_EMITIDA", 0) for r in results) == 5
    assert DiaCerrado.objects.count() == 50
    assert Hecho.objects.filter(tipo="dia_de_cartera_cerrado").count() == 50
    assert Glosa.objects.count() == 5


@pytest.mark.gemela("glosa")
@pytest.mark.django_db(transaction=True)
def test_without_the_turn_two_closers_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the keys of the database still keep each day single, but a closer breaks."""
    many_debts()
    meeting = threading.Barrier(2)

    def no_turn() -> None:
        try:
            meeting.wait(timeout=20)  # both reach the same day together
        except threading.BrokenBarrierError:
            return

    monkeypatch.setattr(modulo, "_esperar_turno", no_turn)
    _, errors = race(2, meeting.abort)
    assert errors != []
    assert DiaCerrado.objects.count() == len(
        set(DiaCerrado.objects.values_list("fecha", flat=True))
    )


@pytest.mark.caida("glosa")
@pytest.mark.django_db(transaction=True)
def test_who_dies_while_it_emits_glosas_leaves_none_and_the_close_goes_on() -> None:
    o = hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    close(DIA_31 - UN_DIA)
    morir_tras_cambiar("cartera_glosa", lambda: close(DIA_31))
    assert (state(o), Glosa.objects.count(), Notificacion.objects.count()) == ("en_mora", 0, 0)
    assert DiaCerrado.objects.latest("fecha").fecha == DIA_31 - UN_DIA
    assert close(DIA_31).eventos == {"GLOSA_EMITIDA": 1}
    assert (state(o), Glosa.objects.get().numero) == ("en_glosa", "17-2026-000001")
