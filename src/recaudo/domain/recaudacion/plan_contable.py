"""From the facts of this room to the legs of their entries: pure, for an accountant to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recaudo.domain.contabilidad.plan_contable import (
    CREDITO_A_FAVOR,
    FONDOS,
    INTERES_DE_MORA,
    VALORES_POR_APLICAR,
    Pata,
    emitido_por_recaudar,
    recaudado,
)
from recaudo.kernel.money import Dinero

#: Funds in the order of the distribution, and the third-party CCC.
FONDOS_Y_TERCEROS: tuple[str, ...] = (*(codigo for codigo, _ in FONDOS), "CCC")


@dataclass(frozen=True, slots=True)
class Cobro:
    """What a payment takes off one obligation, in USD; `cuenta` is its receivable account."""

    obligacion_id: int
    cuenta: str
    interes: Dinero
    capital: Dinero


def patas_de_distribucion(por_fondo: Mapping[str, Dinero]) -> list[Pata]:
    """Return what was collected leaving *emitido por recaudar* for each fund (LSS art. 72)."""
    con_valor = [(f, por_fondo[f]) for f in FONDOS_Y_TERCEROS if por_fondo.get(f)]
    return [
        *(Pata(emitido_por_recaudar(f), debe=v) for f, v in con_valor),
        *(Pata(recaudado(f), haber=v) for f, v in con_valor),
    ]


def patas_de_valor_aplicado(
    *, importe: Dinero, cobros: Sequence[Cobro], excedente: Dinero
) -> list[Pata]:
    """Return money of 2301 going to its debts, to interest, and the excess to its payer."""
    interes = sum((c.interes for c in cobros), Dinero.CERO)
    patas = [Pata(VALORES_POR_APLICAR, debe=importe)]
    patas += [
        Pata(c.cuenta, haber=c.capital, obligacion_id=c.obligacion_id) for c in cobros if c.capital
    ]
    if interes:
        patas.append(Pata(INTERES_DE_MORA, haber=interes))
    if excedente:
        patas.append(Pata(CREDITO_A_FAVOR, haber=excedente))
    return patas
