"""What applying values, or using a credit, would do: the act itself, done and undone. Not an act.

The review shows what the act does, refusals included, because it is the act: there is no second
rule that could say something else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from recaudo.domain.obligaciones.queries import ObligacionVista, bloquear, deuda_a
from recaudo.domain.recaudacion.actions._colocar_valor import Pedido
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    Comprobante,
    CreditoAFavor,
    Ingreso,
    Pago,
)
from recaudo.domain.recaudacion.queries import PagoPrevisto, Prevision
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.en_seco import en_seco
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

    def aplicar(valor: ValorAEnsayar) -> Pago:
        pedido = valor.pedido
        return aplicar_valor(
            valor_id=valor.valor_id, por=por, hoy=hoy, razon=_RAZON,
            comprobante_numero=pedido.comprobante, empleador_id=pedido.empleador_id,
            obligaciones=pedido.obligaciones, cita_de_otro=pedido.cita_de_otro,
        )  # fmt: skip

    return en_seco(
        lambda: {v.valor_id: _ensayar(v.fecha, lambda v=v: aplicar(v)) for v in valores}  # type: ignore[misc]
    )


def ensayar_compensacion(
    *, credito_id: int, obligaciones: Sequence[int], por: Actor, hoy: date
) -> Prevision:
    """Return what using a credit on those debts would do, or why the act refuses it."""
    return en_seco(
        lambda: _ensayar(
            hoy,
            lambda: compensar(
                credito_id=credito_id, obligaciones=obligaciones, por=por, hoy=hoy, razon=_RAZON
            ),
        )
    )


def _ensayar(fecha: date, pagar: Callable[[], Pago]) -> Prevision:
    """Do it, in a savepoint: a refusal leaves what was done before as it was."""
    try:
        with transaction.atomic():
            marca = Ingreso.objects.aggregate(m=Max("pk"))["m"] or 0
            return _leer(fecha, pagar(), marca)
    except Rechazo as rechazo:
        return Prevision(fecha, (), Dinero.CERO, rechazo.mensaje)


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
        comprobante=_estado_del_comprobante(pago.comprobante_id),
    )


def _estado_del_comprobante(numero: int | None) -> EstadoComprobante | None:
    if numero is None:
        return None
    return EstadoComprobante(Comprobante.objects.values_list("estado", flat=True).get(pk=numero))


def _suma(creditos: QuerySet[CreditoAFavor]) -> Dinero:
    return creditos.aggregate(s=Sum("importe"))["s"] or Dinero.CERO


def _previsto(o: ObligacionVista, hecha: Aplicacion | None, fecha: date) -> PagoPrevisto:
    corte = max(fecha, o.interes_hasta or fecha)
    queda = deuda_a([o], corte=corte).lineas[0].total if o.esta_viva else Dinero.CERO
    if hecha is None:
        return PagoPrevisto(o, Dinero.CERO, Dinero.CERO, queda)
    capital = hecha.personal + hecha.patronal + hecha.ccc + hecha.otros
    return PagoPrevisto(o, hecha.interes, capital, queda)
