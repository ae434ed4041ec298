"""Comprobantes whose payment never was live again. Not an act."""

from collections.abc import Sequence

from recaudo.domain.recaudacion.models import Comprobante, DetalleVivo, LineaExtracto, Pago
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero


def revivir_comprobantes(a: ActoAbierto, lineas: Sequence[LineaExtracto]) -> Sequence[Comprobante]:
    """Make payable again those that these lines had paid, of which no other payment stands.

    One past its last day, or whose debts another one holds, is as if it had expired unpaid: money
    of its days still pays it.
    """
    pagados = Comprobante.objects.filter(
        pk__in=Pago.objects.filter(ingreso_id__in=[x.pk for x in lineas]).values("comprobante_id"),
        estado=EstadoComprobante.REVERSADO,
    )
    vivos = []
    for c in pagados.order_by("id"):
        if _queda_pagado(c):
            continue
        deudas = list(c.detalles.order_by("obligacion_id").values_list("obligacion_id", flat=True))
        vale = a.fecha <= c.valido_hasta and not comprobantes_vivos_con(deudas)
        estado = EstadoComprobante.GENERADO if vale else EstadoComprobante.CADUCADO
        Comprobante.objects.filter(pk=c.pk).update(estado=estado, abonado=Dinero.CERO)
        if vale:
            DetalleVivo.objects.bulk_create(
                DetalleVivo(comprobante_id=c.pk, obligacion_id=d) for d in deudas
            )
        vivos.append(c)
    return vivos


def _queda_pagado(c: Comprobante) -> bool:
    """Some payment of the comprobante stands: it was imputed again, and it is not payable whole."""
    propios = Pago.objects.filter(comprobante_id=c.pk, reversa_id=None)
    undone = Pago.objects.filter(reversa_id__in=propios.values("id")).values("reversa_id")
    return propios.exclude(pk__in=undone).exists()
