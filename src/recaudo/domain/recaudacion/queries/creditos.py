"""Credits in favour: what is left of each, of whom, and on what it may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from recaudo.domain.obligaciones.queries import ObligacionVista
from recaudo.domain.recaudacion.models import Comprobante, CreditoAFavor
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import credito_paga_primero_lo_vencido
from recaudo.norma.parametros import cargar_parametros


class CreditoNoExiste(Rechazo):
    """There is no such credit, or it is out of reach."""

    mensaje = "No existe ese crédito a favor. Vuelva a la lista y elija uno."


class PrimeroLoVencido(Rechazo):
    """The debtor is overdue: its credit may not wait for a debt that is not due yet."""

    norma = "C.D. 604"


@dataclass(frozen=True, slots=True)
class CreditoVisto:
    """One credit, in USD: of an employer or of a person, born of the excess of a payment.

    `comprobante` is the number of that with which it was paid; empty when there was none.
    """

    id: int
    empleador_id: int | None
    persona_id: int | None
    importe: Dinero
    saldo: Dinero
    pago_id: int
    fecha_pago: date
    comprobante: str

    @property
    def usado(self) -> Dinero:
        """What was used of it, or undone with its payment."""
        return self.importe - self.saldo


def lista_de_creditos(
    *, alcance: Alcance, empleador_id: int | None = None, persona_id: int | None = None
) -> QuerySet[Any]:
    """Return the credits of one debtor within reach, with `fecha_pago`: those with balance first.

    A credit is of no province: only a reach of the nation, or the employer's own, has it.
    """
    filas = CreditoAFavor.objects.filter(
        alcance.q(provincia=""), empleador_id=empleador_id, persona_id=persona_id
    )
    anotadas: QuerySet[Any] = filas.annotate(fecha_pago=F("pago__fecha_pago"))
    return anotadas.order_by("-saldo", "-id")


def creditos_con_saldo(
    *, alcance: Alcance, empleador_id: int | None, persona_id: int | None
) -> list[CreditoVisto]:
    """Return the credits of one debtor within reach that something is left of, oldest first."""
    filas = lista_de_creditos(alcance=alcance, empleador_id=empleador_id, persona_id=persona_id)
    return [_visto(fila) for fila in _con_origen(filas.filter(saldo__gt=0).order_by("id"))]


def credito(credito_id: int, *, alcance: Alcance) -> CreditoVisto:
    """Return one credit; CreditoNoExiste when there is none, or it is out of reach."""
    filas = CreditoAFavor.objects.filter(alcance.q(provincia=""), pk=credito_id)
    fila = _con_origen(filas.annotate(fecha_pago=F("pago__fecha_pago"))).first()
    if fila is None:
        raise CreditoNoExiste
    return _visto(fila)


def exigir_lo_vencido_primero(
    elegidas: Sequence[ObligacionVista], vencidas: Sequence[ObligacionVista], *, hoy: date
) -> None:
    """Refuse PrimeroLoVencido: a chosen debt is not due and an overdue one was not chosen.

    `vencidas` are all the overdue debts of the same debtor (C.D. 604, dated parameter).
    """
    if not credito_paga_primero_lo_vencido(en=hoy, parametros=cargar_parametros()):
        return
    suyas = {una.id for una in elegidas}
    faltan = [una for una in vencidas if una.id not in suyas]
    if faltan and any(una.fecha_vencimiento >= hoy for una in elegidas):
        msg = (
            f"El deudor tiene vencida otra deuda, {faltan[0].concepto}, que no está entre las "
            "elegidas. Un crédito paga primero lo vencido: elíjala también, o quite "
            "las que todavía no vencen."
        )
        raise PrimeroLoVencido(msg)


def _con_origen(filas: QuerySet[Any]) -> QuerySet[Any]:
    """Return the credits, each with the number of the comprobante that was overpaid."""
    suyo = Comprobante.objects.filter(pk=OuterRef("pago__comprobante_id")).values("numero")[:1]
    anotadas: QuerySet[Any] = filas.annotate(comprobante=Coalesce(Subquery(suyo), Value("")))
    return anotadas


def _visto(fila: Any) -> CreditoVisto:
    return CreditoVisto(
        fila.pk, fila.empleador_id, fila.persona_id, fila.importe, fila.saldo, fila.pago_id,
        fila.fecha_pago, fila.comprobante,
    )  # fmt: skip
