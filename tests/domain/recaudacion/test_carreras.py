"""Two at once, and the power going out: one enters, nothing is half done (T02, T06, D16)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from threading import Thread

import pytest
from django.db import OperationalError, connection
from psycopg.conninfo import make_conninfo

from recaudo.domain.obligaciones import queries as spine
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.queries.obligaciones import _vista
from recaudo.domain.recaudacion.actions import _colocar_valor as accion_valor
from recaudo.domain.recaudacion.actions import generar_comprobante as accion_comprobante
from recaudo.domain.recaudacion.actions import reversar_pagos as accion_reverso
from recaudo.domain.recaudacion.actions.aplicar_valor import NadaPorPagar, aplicar_valor
from recaudo.domain.recaudacion.actions.compensar import CreditoAgotado, compensar
from recaudo.domain.recaudacion.batches import aplicar_ingresos as batch
from recaudo.domain.recaudacion.batches import pasos_de_reverso
from recaudo.domain.recaudacion.models import (
    CreditoAFavor,
    DetalleVivo,
    Extracto,
    LineaExtracto,
    Pago,
    ValorPorAplicar,
)
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.models import Archivo
from recaudo.infra.security.alcance import TODA_LA_NACION
from tests.domain.encuentros import Encuentro, a_la_vez, esperar_a_que_acabe
from tests.factories.afiliacion import hacer_empleador
from tests.factories.deudas import (
    deber_aportes,
    deber_costas,
    glosar,
    reversar,
    violaciones,
)
from tests.factories.recaudacion import (
    BRUNO,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db(transaction=True)


def reunir_despues_de(monkeypatch: pytest.MonkeyPatch, modulo: object, nombre: str) -> None:
    """Make both threads meet right after that step of the act."""
    encuentro, verdadera = Encuentro(), getattr(modulo, nombre)

    def paso(*args: object, **otros: object) -> object:
        resultado = verdadera(*args, **otros)
        encuentro.esperar()
        return resultado

    monkeypatch.setattr(modulo, nombre, paso)


def sin_candado(ids: object) -> list[object]:
    """What `bloquear` would be without its lock."""
    return [_vista(o, ()) for o in Obligacion.objects.filter(pk__in=list(ids)).order_by("pk")]  # type: ignore[call-overload]


@pytest.mark.carrera("comprobante")
def test_of_two_comprobantes_at_once_for_one_debt_one_enters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deuda = hacer_deuda()
    reunir_despues_de(monkeypatch, accion_comprobante, "_exigir_que_esten_libres")
    finales = a_la_vez(*[lambda: hacer_comprobante(deuda)] * 2)
    assert finales == sorted([1, accion_comprobante.ObligacionEnOtroComprobante], key=str)


@pytest.mark.gemela("comprobante")
def test_twin_without_lock_nor_index_both_comprobantes_hold_the_debt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deuda = hacer_deuda()
    monkeypatch.setattr(accion_comprobante, "bloquear", sin_candado)
    reunir_despues_de(monkeypatch, accion_comprobante, "_exigir_que_esten_libres")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX detalle_en_un_solo_comprobante_vivo")
    assert a_la_vez(*[lambda: hacer_comprobante(deuda)] * 2) == [1, 1]
    assert DetalleVivo.objects.count() == 2


def dos_valores() -> tuple[Obligacion, list[int]]:
    deuda = hacer_deuda()
    importar(Linea(21600, "", "UNO"), Linea(21600, "", "DOS"))
    return deuda, list(ValorPorAplicar.objects.order_by("id").values_list("id", flat=True))


def aplicar(valor: int, deuda: Obligacion) -> Callable[[], object]:
    return lambda: aplicar_valor(
        valor_id=valor, empleador_id=deuda.empleador_id, obligaciones=[deuda.pk], por=BRUNO,
        hoy=PAGADO, razon="x",
    )  # fmt: skip


@pytest.mark.carrera("obligacion")
def test_of_two_payments_at_once_of_one_debt_one_enters_and_the_other_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second waits; if its money entered first, it pays, and the other is credit."""
    deuda, valores = dos_valores()
    reunir_despues_de(monkeypatch, accion_valor, "_destino")
    finales = a_la_vez(*(aplicar(v, deuda) for v in valores))
    assert finales in ([1, 1], sorted([1, NadaPorPagar], key=str))
    esperan = ValorPorAplicar.objects.filter(estado="abierto").count()
    a_favor = CreditoAFavor.objects.filter(saldo__gt=0).count()
    assert (esperan, a_favor) == ((1, 0) if NadaPorPagar in finales else (0, 1))
    assert sum(p.importe.centavos for p in Pago.objects.all()) == (2 - esperan) * 21_600
    assert spine.obligacion(deuda.pk, alcance=TODA_LA_NACION).saldo.centavos == 0


def quitar_candados(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the set-based steps choose without locking."""

    def sin(pasos: PasosSql, eleccion: tuple[str, ...], **_: object) -> None:
        pasos(*eleccion)

    monkeypatch.setattr(pasos_de_reverso, "_elegir_lo_bloqueado", sin)


@pytest.mark.gemela("obligacion")
def test_twin_without_the_lock_both_payments_believe_the_debt_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deuda, valores = dos_valores()
    monkeypatch.setattr(accion_valor, "bloquear", sin_candado)
    quitar_candados(monkeypatch)
    reunir_despues_de(monkeypatch, accion_valor, "_destino")
    finales = a_la_vez(*(aplicar(v, deuda) for v in valores))
    assert NadaPorPagar not in finales  # only the balance itself is left to stop the second
    assert spine.obligacion(deuda.pk, alcance=TODA_LA_NACION).saldo.centavos == 0


def entre_medio(monkeypatch: pytest.MonkeyPatch, modulo: object, nombre: str, otro: Thread) -> None:
    """Start the other right before that step of the act, which goes on if the other must wait."""
    verdadera = getattr(modulo, nombre)

    def paso(*args: object, **otros: object) -> object:
        otro.start()
        esperar_a_que_acabe(otro)
        return verdadera(*args, **otros)

    monkeypatch.setattr(modulo, nombre, paso)


def test_a_credit_used_while_the_bank_takes_back_its_payment_is_not_used_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the two, the one that arrives second finds nothing: no cent pays two things."""
    empleador = hacer_empleador()
    primera, otra = (deber_costas(c, empleador=empleador) for c in ("10.00", "15.00"))
    importar(Linea(2_500, "", "SUELTO"))
    valor = ValorPorAplicar.objects.get()
    pago = aplicar_valor(
        valor_id=valor.pk, obligaciones=[primera], por=BRUNO, hoy=PAGADO, razon="Prueba"
    )
    credito = CreditoAFavor.objects.get().pk
    finales: list[list[object]] = []
    usar = Thread(
        target=lambda: finales.append(
            a_la_vez(
                lambda: compensar(
                    credito_id=credito, obligaciones=[otra], por=BRUNO, hoy=PAGADO, razon="x"
                )
            )
        )
    )
    entre_medio(monkeypatch, accion_reverso, "deshacer", usar)
    assert reversar(pago.ingreso_id, fecha=PAGADO) == [(pago.ingreso_id, "PAGO")]
    usar.join()
    assert finales == [[CreditoAgotado]]
    assert spine.obligacion(otra, alcance=TODA_LA_NACION).esta_viva
    assert violaciones() == {}


def una_vez_antes_de_bloquear(
    monkeypatch: pytest.MonkeyPatch, hacer: Callable[[], object]
) -> list[object]:
    """Have another session do something, whole, right before a reversal locks what it chose."""
    verdadero, hechos = PasosSql.__call__, []

    def paso(self: PasosSql, *nombres: str) -> None:
        if "bloquear_deudas" in nombres and not hechos:
            hechos.append(None)
            hechos[0] = a_la_vez(hacer)
        verdadero(self, *nombres)

    monkeypatch.setattr(PasosSql, "__call__", paso)
    return hechos


def un_solo_candado(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lock what was chosen first, choose again and believe it: what the steps once did."""

    def una(
        pasos: PasosSql, eleccion: tuple[str, ...], *, deudas: Iterable[int], **_: object
    ) -> None:
        pasos(*eleccion)
        pasos.valores["en_juego"] = sorted({*deudas, *pasos.fila("en_juego")[0]})
        pasos("bloquear_deudas")
        cadenas = "DROP TABLE r_cadena"
        pasos.cursor.execute(cadenas)
        pasos("cadenas")

    monkeypatch.setattr(pasos_de_reverso, "_elegir_lo_bloqueado", una)


def reversar_mientras_se_paga_otra(monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], int]:
    """Take back a payment of a debt while somebody pays it together with another.

    Then a third tries to pay the other one: returns what stopped each, and the other debt.
    """
    empleador = hacer_empleador()
    primera = deber_aportes(empleador=empleador, vence=date(2026, 9, 30))
    glosar(primera)
    otra = deber_costas("15.00", empleador=empleador)
    importar(Linea(2_500, "", "UNO"), Linea(101_000, "", "DOS"), Linea(500, "", "TRES"))
    uno, dos, tres = ValorPorAplicar.objects.order_by("id")

    def pagar(valor: ValorPorAplicar, *deudas: int) -> Callable[[], object]:
        return lambda: aplicar_valor(
            valor_id=valor.pk, obligaciones=deudas, por=BRUNO, hoy=PAGADO, razon="Prueba"
        )

    pagar(uno, primera)()
    una_vez_antes_de_bloquear(monkeypatch, pagar(dos, primera, otra))
    finales: list[object] = []
    tercero = Thread(target=lambda: finales.extend(a_la_vez(pagar(tres, otra))))
    entre_medio(monkeypatch, accion_reverso, "deshacer", tercero)
    libre: list[bool] = []
    verdadera = accion_reverso.deshacer

    def mirar(*args: object) -> object:
        resultado = verdadera(*args)  # type: ignore[arg-type]
        libre.append(not tercero.is_alive())
        return resultado

    monkeypatch.setattr(accion_reverso, "deshacer", mirar)
    reversar(uno.ingreso_id, fecha=PAGADO)
    tercero.join()
    return libre, otra


def test_a_reversal_holds_the_debts_of_what_was_paid_while_it_waited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The payment that came in between reaches another debt: nobody moves it meanwhile."""
    assert reversar_mientras_se_paga_otra(monkeypatch)[0] == [False]
    assert violaciones() == {}


def test_twin_with_one_look_the_other_debt_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    un_solo_candado(monkeypatch)
    assert reversar_mientras_se_paga_otra(monkeypatch)[0] == [True]


def reversar_mientras_se_coloca(monkeypatch: pytest.MonkeyPatch) -> tuple[str, set[str]]:
    deuda = deber_costas("216.00")
    importar(Linea(21_600, "", "UNO"))
    valor = ValorPorAplicar.objects.get()

    def colocar() -> object:
        return aplicar_valor(
            valor_id=valor.pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO, razon="Prueba"
        )

    una_vez_antes_de_bloquear(monkeypatch, colocar)
    ((_, resultado),) = reversar(valor.ingreso_id, fecha=PAGADO)
    return resultado, set(violaciones())


@pytest.mark.carrera("valor_por_aplicar")
def test_money_placed_while_the_bank_takes_it_back_is_undone_as_the_payment_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It waited in the queue when the reversal looked; it was a payment when it could touch it."""
    assert reversar_mientras_se_coloca(monkeypatch) == ("PAGO", set())


@pytest.mark.gemela("valor_por_aplicar")
def test_twin_with_one_look_that_money_pays_and_leaves_the_queue_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    un_solo_candado(monkeypatch)
    resultado, faltas = reversar_mientras_se_coloca(monkeypatch)
    assert resultado == "VALOR"
    assert faltas


def test_the_same_file_imported_by_two_at_once_enters_once() -> None:
    contenido = extracto_xml(pago_de(hacer_comprobante()))
    assert a_la_vez(*[lambda: importar(contenido=contenido)] * 2) == [1, 1]
    assert (Extracto.objects.count(), Pago.objects.count()) == (1, 1)


def test_two_overlapping_files_at_once_enter_each_line_once() -> None:
    lineas = [pago_de(hacer_comprobante()) for _ in range(3)]
    finales = a_la_vez(lambda: importar(*lineas[:2]), lambda: importar(*lineas[1:]))
    assert finales == [1, 1]
    assert Pago.objects.count() == 3
    assert LineaExtracto.objects.filter(resultado="YA_VISTA").count() == 1


def test_losing_the_database_in_the_middle_leaves_nothing_and_running_again_gives_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contenido = extracto_xml(pago_de(hacer_comprobante()), Linea(100, "", "X"))
    verdadero = batch.restar_pagos

    def cortar(cursor: object, tabla: str) -> int:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr(batch, "restar_pagos", cortar)
    with pytest.raises(OperationalError):
        importar(contenido=contenido)
    connection.close()
    assert (LineaExtracto.objects.count(), Archivo.objects.count()) == (0, 0)
    monkeypatch.setattr(batch, "restar_pagos", verdadero)
    r = importar(contenido=contenido)
    assert (r.aplicadas, r.por_identificar, r.cuadra, r.ya_importado) == (1, 1, True, False)


_MORIR = """
import os, signal, sys
import django
django.setup()
from recaudo.domain.recaudacion.batches import aplicar_ingresos as batch
from tests.factories.recaudacion import importar
batch.restar_pagos = lambda cursor, tabla: os.kill(os.getpid(), signal.SIGKILL)
importar(contenido=sys.stdin.buffer.read())
"""


@pytest.mark.caida("obligacion", "comprobante", "valor_por_aplicar")
def test_killing_the_process_in_the_middle_leaves_nothing_and_running_again_gives_the_same() -> (
    None
):
    contenido = extracto_xml(pago_de(hacer_comprobante()), Linea(100, "", "X"))
    datos = connection.settings_dict
    url = make_conninfo(
        dbname=datos["NAME"], user=datos["USER"] or None, password=datos["PASSWORD"] or None,
        host=datos["HOST"] or None, port=datos["PORT"] or None,
    )  # fmt: skip
    muerto = subprocess.run(
        [sys.executable, "-c", _MORIR], input=contenido, env={**os.environ, "DATABASE_URL": url},
        check=False,
    )  # fmt: skip
    assert muerto.returncode == -signal.SIGKILL
    assert (LineaExtracto.objects.count(), Pago.objects.count()) == (0, 0)
    r = importar(contenido=contenido)
    assert (r.aplicadas, r.por_identificar, r.cuadra, r.ya_importado) == (1, 1, True, False)
