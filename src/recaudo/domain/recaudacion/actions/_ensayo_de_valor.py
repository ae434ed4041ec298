"""What applying values would do: the act itself, done and undone. Not an act.

The review shows what the act does, refusals included, because it is the act: there is no second
rule that could say something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from recaudo.domain.obligaciones.queries import ObligacionVista, bloquear, deuda_a
from recaudo.domain.recaudacion.actions._colocar_valor import Pedido
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.models import Aplicacion, CreditoAFavor, Ingreso, Pago
from recaudo.domain.recaudacion.queries import PagoPrevisto, Prevision
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_RAZON = "Ensayo"


@dataclass(frozen=True, slots=True)
class ValorAEnsayar:
    """A value, the day of its money and where it would go."""

    valor_id: int
    fecha: date
    pedido: Pedido


def ensayar_valores(
    valores: Sequence[ValorAEnsayar], *, por: Actor, hoy: date
) -> dict[int, Prevision]:
    """Return what applying the values, one after another, would do to each; nothing is kept."""
    with transaction.atomic():
        previstos = {v.valor_id: _ensayar(v, por, hoy) for v in valores}
        transaction.set_rollback(True)
    return previstos


def _ensayar(valor: ValorAEnsayar, por: Actor, hoy: date) -> Prevision:
    pedido = valor.pedido
    try:
        with transaction.atomic():
            marca = Ingreso.objects.aggregate(m=Max("pk"))["m"] or 0
            pago = aplicar_valor(
                valor_id=valor.valor_id, por=por, hoy=hoy, razon=_RAZON,
                comprobante_numero=pedido.comprobante, empleador_id=pedido.empleador_id,
                obligaciones=pedido.obligaciones, cita_de_otro=pedido.cita_de_otro,
            )  # fmt: skip
            return _leer(valor.fecha, pago, marca)
    except Rechazo as rechazo:
        return Prevision(valor.fecha, (), Dinero.CERO, rechazo.mensaje)


def _leer(fecha: date, pago: Pago, marca: int) -> Prevision:
    elegidas = bloquear(pago.elegidas or ())
    hechas = {a.obligacion_id: a for a in Aplicacion.objects.filter(pago_id=pago.pk)}
    de_nuevo = dict(
        Ingreso.objects.filter(
            tipo=Ingreso.Tipo.REIMPUTACION, importe__gt=Dinero.CERO, pk__gt=marca
        ).values_list("pk", "origen_id")
    )
    creditos = CreditoAFavor.objects
    a_favor = _suma(creditos.filter(pago__ingreso_id__in=de_nuevo))
    tenian = _suma(creditos.filter(pago_id__in=[p for p in de_nuevo.values() if p]))
    return Prevision(
        fecha,
        tuple(_previsto(o, hechas.get(o.id), fecha) for o in elegidas),
        _suma(creditos.filter(pago_id=pago.pk)),
        reimputados=len(de_nuevo),
        a_favor_de_otros=a_favor - tenian,
    )


def _suma(creditos: QuerySet[CreditoAFavor]) -> Dinero:
    return creditos.aggregate(s=Sum("importe"))["s"] or Dinero.CERO


def _previsto(o: ObligacionVista, hecha: Aplicacion | None, fecha: date) -> PagoPrevisto:
    corte = max(fecha, o.interes_hasta or fecha)
    queda = deuda_a([o], corte=corte).lineas[0].total if o.esta_viva else Dinero.CERO
    if hecha is None:
        return PagoPrevisto(o, Dinero.CERO, Dinero.CERO, queda)
    capital = hecha.personal + hecha.patronal + hecha.ccc + hecha.otros
    return PagoPrevisto(o, hecha.interes, capital, queda)
