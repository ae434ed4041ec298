"""Pay a comprobante that lives again with the money that cites it and found it paid."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.queries import bloquear
from recaudo.domain.recaudacion.batches.aplicar_ingresos import (
    NACIONAL,
    AplicadorDeIngresos,
    un_ingreso,
)
from recaudo.domain.recaudacion.facts import DeudasPagadas, ValorAplicado
from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import fue_contada_por_extracto
from recaudo.domain.recaudacion.states import EstadoComprobante, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("pagar_con_lo_que_espera", None, ValorAplicado, DeudasPagadas)
NORMA = "R-REC-03"
RAZON = "El cobro que ocupaba su comprobante no existió: lo paga este dinero."
_ESPERAN = (
    ValorPorAplicar.Motivo.COMPROBANTE_YA_PAGADO,
    ValorPorAplicar.Motivo.COMPROBANTE_REVERSADO,
)


class NoLoPaga(Rechazo):
    """The payment core does not take that money for its comprobante: a person decides."""

    mensaje = "Ese dinero ya no paga su comprobante: sigue en la cola, para que una persona decida."
    norma = NORMA


def pagar_con_lo_que_espera(
    *, causa: ActoAbierto, cursor: CursorWrapper, comprobantes: Sequence[Comprobante]
) -> int:
    """This act will apply, inside `causa`, the open money that cites one of these comprobantes.

    A payment that never was had used them up, and their true money waits as of one paid already.
    By the payment core, in the order in which it came; what it does not take goes on waiting.
    Returns how many values paid.
    """
    numeros = {c.numero for c in comprobantes}
    abiertos = ValorPorAplicar.objects.filter(estado=EstadoValor.ABIERTO, motivo__in=_ESPERAN)
    citas = {
        x.pk: x
        for x in LineaExtracto.objects.filter(pk__in=abiertos.values("ingreso_id"))
        if x.comprobante_numero in numeros
    }
    valores = abiertos.filter(ingreso_id__in=citas).order_by("ingreso_id")
    pagados = 0
    for valor in valores:
        try:
            _pagar(causa, cursor, valor, citas[valor.ingreso_id])
        except NoLoPaga:
            continue
        pagados += 1
    return pagados


def _pagar(
    causa: ActoAbierto, cursor: CursorWrapper, valor: ValorPorAplicar, linea: LineaExtracto
) -> None:
    un_ingreso(
        cursor, ingreso_id=valor.ingreso_id, importe=valor.importe,
        cuenta_debe=cuentas_por_codigo()[VALORES_POR_APLICAR],
        fecha_pago=linea.fecha_transaccion or valor.recibido_el, destino=linea.comprobante_numero,
    )  # fmt: skip
    depositado = fue_contada_por_extracto(linea.pk)
    cobrado = EstadoComprobante.DEPOSITADO if depositado else EstadoComprobante.PAGADO
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        aplicador = AplicadorDeIngresos(cursor, a, cobrado=cobrado, concepto="valor aplicado")
        aplicador.decidir()
        cursor.execute("SELECT resultado FROM i_resultado")
        if cursor.fetchone()[0] == "POR_IDENTIFICAR":
            raise NoLoPaga
        aplicador.asentar_pagos(origen=("ingreso", valor.ingreso_id))
        aplicador.guardar()
        _resolver(a, cursor, valor)
        aplicador.declarar()


def _resolver(a: ActoAbierto, cursor: CursorWrapper, valor: ValorPorAplicar) -> None:
    ValorPorAplicar.objects.filter(pk=valor.pk).update(
        estado=EstadoValor.APLICADO, resuelto_por=a.por.id or 0, resuelto_en=Now(), razon=RAZON
    )
    pago = Pago.objects.get(ingreso_id=valor.ingreso_id)
    cursor.execute("SELECT min(provincia) FROM i_detalle")
    (provincia,) = cursor.fetchone()
    deudas = tuple(sorted(pago.aplicaciones.values_list("obligacion_id", flat=True)))
    nombres = {o.id: o.denominacion for o in bloquear(deudas)}
    a.declarar(
        ValorAplicado(
            valor.pk, pago.pk, pago.empleador_id, provincia or NACIONAL, valor.importe, deudas,
            tuple(nombres[deuda] for deuda in deudas), RAZON,
        )
    )  # fmt: skip
