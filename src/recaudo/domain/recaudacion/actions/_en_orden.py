"""Payments undone and imputed again, by date: what a reversal and older money share. Not an act.

The one way in which a debt is taken apart and put together again: `deshacer` writes the payments of
the contrary sign, `imputar_de_nuevo` applies those that stand from the date of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper
from django.db.models import F, Value
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.aplicar_pagos import devolver_pagos, restar_rubros
from recaudo.domain.obligaciones.queries import bloquear, deuda_exigible_a
from recaudo.domain.recaudacion.batches.aplicar_a_elegidas import (
    DineroElegido,
    aplicar_a_elegidas,
)
from recaudo.domain.recaudacion.batches.aplicar_ingresos import (
    NACIONAL,
    RESPONSABLE,
    AplicadorDeIngresos,
)
from recaudo.domain.recaudacion.models import CreditoAFavor, Ingreso, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.plan_contable import patas_de_sobrante
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

CONCEPTO = "pago imputado de nuevo"
#: A fact writes the debts it touched when they are few; many are in the table it names.
POCAS = 50


class CreditoYaUsado(Rechazo):
    """The credit of a later payment was used and, imputed again, it would be less than that."""

    mensaje = (
        "Un pago posterior de esa deuda dejó un crédito a favor que ya se usó: no se puede imputar "
        "de nuevo. Devuelva el caso a su jefatura."
    )
    norma = "R-REC-01"


@dataclass(frozen=True, slots=True)
class PorImputar:
    """A payment undone that stands: it is imputed again from its own date."""

    pago_id: int
    importe: Dinero
    fecha: date
    comprobante_id: int | None
    empleador_id: int | None
    persona_id: int | None
    credito_usado: Dinero
    deudas: tuple[int, ...]
    #: The number with which its money entered: the order among those of one day.
    raiz: int


def deshacer(cursor: CursorWrapper, a: ActoAbierto, pasos: PasosSql) -> None:
    """Write the payments of the contrary sign, post them, and give back to debts what they took."""
    pagos, posteriores, *_ = pasos.fila("cuantos")
    pasos.valores |= {
        "hecho": a.hecho_id,
        "actor": a.por.id,
        "hoy": a.fecha,
        "por_aplicar": cuentas_por_codigo()[VALORES_POR_APLICAR],
        "base_pago": pasos.reservar("recaudacion_pago", pagos),
        "base_ingreso": pasos.reservar("recaudacion_ingreso", posteriores),
    }
    pasos(
        "deudas", "contrarios", "ingresos_contrarios", "valores_contrarios",
        "aplicaciones_contrarias", "rubros_contrarios",
    )  # fmt: skip
    aplicador = AplicadorDeIngresos(
        cursor, a, cobrado=EstadoComprobante.PAGADO, concepto="reverso de pago"
    )
    aplicador.asentar_contrarios(origen=("reverso", a.hecho_id))
    devolver_pagos(cursor, pasos.texto("devoluciones"))
    restar_rubros(
        cursor,
        "SELECT obligacion_id, rubro, fondo, sum(importe)::bigint AS importe FROM i_rubro "
        "GROUP BY obligacion_id, rubro, fondo",
    )
    pasos("deshacer_creditos")


def por_imputar(cursor: CursorWrapper, pasos: PasosSql) -> list[PorImputar]:
    """Return the payments undone that nobody took back, in the order of their dates.

    Of one day, in that in which their money entered, whenever each was decided.
    """
    pasos("por_imputar")
    dinero = Dinero.de_centavos
    return [
        PorImputar(
            p, dinero(importe), fecha, c, e, persona, dinero(usado), tuple(deudas or ()), raiz
        )
        for p, importe, fecha, c, e, persona, usado, deudas, raiz in cursor.fetchall()
    ]


def imputar_de_nuevo(cursor: CursorWrapper, a: ActoAbierto, pagos: Iterable[PorImputar]) -> None:
    """Apply each payment again, from its own date, to the debts it was for, in the order given.

    What they no longer owe is a credit of who had paid; what the norm refuses waits in the queue.
    Refuses CreditoYaUsado.
    """
    for pago in pagos:
        ingreso = Ingreso.objects.create(
            tipo=Ingreso.Tipo.REIMPUTACION, importe=pago.importe, fecha=pago.fecha,
            origen_tipo="pago", origen_id=pago.pago_id, hecho_id=a.hecho_id,
        )  # fmt: skip
        try:
            _imputar(cursor, a, ingreso, pago)
        except CreditoYaUsado:
            raise
        except Rechazo:
            if pago.credito_usado:
                raise CreditoYaUsado from None
            ValorPorAplicar.objects.create(
                ingreso_id=ingreso.pk, motivo=ValorPorAplicar.Motivo.OBLIGACION_CAMBIO,
                importe=pago.importe, responsable=RESPONSABLE, recibido_el=a.fecha,
            )  # fmt: skip


def _imputar(cursor: CursorWrapper, a: ActoAbierto, ingreso: Ingreso, pago: PorImputar) -> None:
    todas = bloquear(pago.deudas)
    vivas = [o for o in todas if o.esta_viva]
    if vivas:
        liquidadas = deuda_exigible_a(vivas, corte=pago.fecha)
        aplicar_a_elegidas(
            cursor,
            a,
            DineroElegido(
                ingreso_id=ingreso.pk,
                importe=pago.importe,
                cuenta_debe=cuentas_por_codigo()[VALORES_POR_APLICAR],
                deudas=[liquidadas[o.id] for o in vivas],
                comprobante_id=pago.comprobante_id,
                concepto=CONCEPTO,
                elegidas=pago.deudas,
                abona=False,
            ),
        ).declarar()
    else:
        _todo_a_favor(a, ingreso, pago, min(o.provincia for o in todas) if todas else NACIONAL)
    if pago.credito_usado:
        credito = CreditoAFavor.objects.filter(
            pago__ingreso_id=ingreso.pk, saldo__gte=pago.credito_usado
        )
        usado = Value(pago.credito_usado, output_field=DineroField())
        if not credito.update(saldo=F("saldo") - usado):
            raise CreditoYaUsado


def _todo_a_favor(a: ActoAbierto, ingreso: Ingreso, pago: PorImputar, provincia: str) -> None:
    """The money came for debts that older money had paid: all of it is in favour of its payer."""
    fila = Pago.objects.create(
        ingreso_id=ingreso.pk, comprobante_id=pago.comprobante_id, importe=pago.importe,
        empleador_id=pago.empleador_id, persona_id=pago.persona_id, elegidas=list(pago.deudas),
        fecha_pago=pago.fecha, aplicado_por=a.por.id, aplicado_en=Now(), hecho_id=a.hecho_id,
    )  # fmt: skip
    CreditoAFavor.objects.create(
        pago_id=fila.pk, empleador_id=pago.empleador_id, persona_id=pago.persona_id,
        importe=pago.importe, saldo=pago.importe,
    )  # fmt: skip
    asentar(
        acto=a, concepto=CONCEPTO, origen=("pago", fila.pk), provincia=provincia,
        patas=patas_de_sobrante(pago.importe),
    )  # fmt: skip


def deudas_tocadas(cursor: CursorWrapper) -> tuple[int, ...]:
    """Return the debts undone for the fact to name; none when they are many."""
    cursor.execute("SELECT obligacion_id FROM r_deuda ORDER BY 1 LIMIT %s", [POCAS + 1])
    deudas: Sequence[int] = [fila[0] for fila in cursor.fetchall()]
    return tuple(deudas) if len(deudas) <= POCAS else ()
