"""From the facts of this room to the legs of their entries: pure, for an accountant to read."""

from collections.abc import Mapping

from recaudo.domain.contabilidad.plan_contable import (
    FONDOS,
    TERCEROS,
    Pata,
    emitido_por_recaudar,
    recaudado,
)
from recaudo.kernel.money import Dinero

#: Funds in the order of the distribution, and the money of others.
FONDOS_Y_TERCEROS: tuple[str, ...] = tuple(codigo for codigo, _ in (*FONDOS, *TERCEROS))


def patas_de_distribucion(por_fondo: Mapping[str, Dinero]) -> list[Pata]:
    """Return what was collected leaving *emitido por recaudar* for each fund (LSS art. 72).

    A negative amount (a payment undone) goes back the same way.
    """
    con_valor = [(f, por_fondo[f]) for f in FONDOS_Y_TERCEROS if por_fondo.get(f)]
    return [
        *(_pata(emitido_por_recaudar(f), v) for f, v in con_valor),
        *(_pata(recaudado(f), -v) for f, v in con_valor),
    ]


def _pata(cuenta: str, importe: Dinero) -> Pata:
    """Leg of an amount with its sign: positive to the debit."""
    if importe > Dinero.CERO:
        return Pata(cuenta, debe=importe)
    return Pata(cuenta, haber=-importe)
