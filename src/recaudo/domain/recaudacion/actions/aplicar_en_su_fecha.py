"""Apply a line that a statement brings late, before what was paid on its debts after it."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.actions._colocar_valor import Pedido, colocar_valor
from recaudo.domain.recaudacion.facts import DeudasPagadas, ValorAplicado
from recaudo.domain.recaudacion.models import LineaExtracto, ValorPorAplicar
from recaudo.domain.recaudacion.states import EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("aplicar_en_su_fecha", None, ValorAplicado, DeudasPagadas)
NORMA = "R-VEN-04"
RAZON = "Es anterior a otro pago de la misma deuda: cuenta desde la fecha en que entró."
_POSTERIOR = ValorPorAplicar.Motivo.PAGO_POSTERIOR


def aplicar_en_su_fecha(*, causa: ActoAbierto, cursor: CursorWrapper, extracto_id: int) -> int:
    """This act will apply, inside `causa`, the lines dated before a payment of their debts.

    Each to the comprobante it cites, from its own date; the later payments are imputed again behind
    it (R-VEN-04). What the norm refuses stays in the queue, for a person. One by one: they are few.
    Returns how many were applied.
    """
    citas = dict(
        LineaExtracto.objects.filter(extracto_id=extracto_id, motivo=_POSTERIOR).values_list(
            "pk", "comprobante_numero"
        )
    )
    valores = ValorPorAplicar.objects.filter(ingreso_id__in=citas, estado=EstadoValor.ABIERTO)
    aplicados = 0
    for valor in valores.order_by("id"):
        pedido = Pedido(citas[valor.ingreso_id])
        try:
            with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
                colocar_valor(cursor, a, valor.pk, pedido, RAZON)
        except Rechazo:
            continue
        aplicados += 1
    return aplicados
