"""Pay with the money of a batch, which waits whole, what its pieces say; prove their deposit."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.batches.aplicar_ingresos import AplicadorDeIngresos
from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import los_que_repiten
from recaudo.domain.recaudacion.states import EstadoComprobante, EstadoValor
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import tabla_temporal

_INGRESO = (
    "i_ingreso (numero int, ingreso_id bigint, importe bigint, comision bigint, "
    "cuenta_debe bigint, fecha_pago date, comprobante text, motivo text)"
)


def pagar_con_el_lote(
    cursor: CursorWrapper,
    a: ActoAbierto,
    entera: LineaExtracto,
    piezas: Sequence[LineaExtracto],
    *,
    motivo: str,
) -> None:
    """Apply the pieces with the money of the whole, by the payment core; they detail it.

    When the money of the whole waits no more, the pieces only say it again, and change nothing.
    """
    espera = ValorPorAplicar.objects.filter(ingreso_id=entera.pk, estado=EstadoValor.ABIERTO)
    if not espera.exists():
        LineaExtracto.objects.filter(pk__in=[x.pk for x in piezas]).update(
            motivo=motivo, duplica_a=entera.pk
        )
        return
    quienes = [entera, *piezas, *los_que_repiten(entera.pk)]
    es_extracto = LineaExtracto.objects.filter(
        pk__in=[x.pk for x in quienes], extracto__formato="camt053"
    )
    _dinero(cursor, piezas)
    aplicador = AplicadorDeIngresos(
        cursor, a, concepto="lote detallado",
        cobrado=EstadoComprobante.DEPOSITADO if es_extracto.exists() else EstadoComprobante.PAGADO,
    )  # fmt: skip
    aplicador.decidir()
    cursor.execute("SELECT ingreso_id, resultado, motivo FROM i_resultado")
    resultados = cursor.fetchall()
    aplicador.asentar_pagos(origen=("linea_extracto", entera.pk))
    for linea, resultado, por_que in resultados:
        LineaExtracto.objects.filter(pk=linea).update(
            resultado=resultado, motivo=por_que or motivo, duplica_a=None, detalla_a=entera.pk
        )
    aplicador.guardar()
    espera.update(estado=EstadoValor.DETALLADO, resuelto_por=a.por.id or 0, resuelto_en=Now())
    aplicador.declarar()


def _dinero(cursor: CursorWrapper, piezas: Sequence[LineaExtracto]) -> None:
    cuenta = cuentas_por_codigo()[VALORES_POR_APLICAR]
    tabla_temporal(cursor, _INGRESO, [
        (
            n, x.pk, x.importe.centavos if x.importe else 0, 0, cuenta,
            x.fecha_transaccion or x.fecha_contable, x.comprobante_numero, _por_que_espera(x),
        )
        for n, x in enumerate(piezas, start=1)
    ])  # fmt: skip


def _por_que_espera(x: LineaExtracto) -> str:
    if x.fecha_transaccion is None:
        return ValorPorAplicar.Motivo.FECHA_INVEROSIMIL.value
    return "" if x.comprobante_numero else ValorPorAplicar.Motivo.SIN_REFERENCIA.value


def depositar(movimientos: Sequence[int]) -> None:
    """Prove the deposit of the comprobantes that the money of these entries paid."""
    suyas = LineaExtracto.objects.filter(
        Q(pk__in=movimientos) | Q(detalla_a__in=movimientos)
    ).values_list("id", flat=True)
    pagados = Pago.objects.filter(ingreso_id__in=list(suyas)).values("comprobante_id")
    Comprobante.objects.filter(pk__in=pagados, estado=EstadoComprobante.PAGADO).update(
        estado=EstadoComprobante.DEPOSITADO
    )
