"""From the facts of this room to the legs of their entries: pure, for an accountant to read."""

from collections.abc import Mapping

from recaudo.domain.contabilidad.plan_contable import (
    APERTURA_DE_BANCOS,
    COMISIONES_BANCARIAS,
    CREDITO_A_FAVOR,
    DEBITOS_BANCARIOS,
    FONDOS,
    TERCEROS,
    VALORES_POR_APLICAR,
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


def patas_de_apertura(*, banco: str, importe: Dinero) -> list[Pata]:
    """Return the opening balance of a bank account, or what is corrected of it (below zero)."""
    return [_pata(banco, importe), _pata(APERTURA_DE_BANCOS, -importe)]


def patas_de_cargo(*, banco: str, importe: Dinero) -> list[Pata]:
    """Return a debit of the bank, which a person clears up later."""
    return [Pata(DEBITOS_BANCARIOS, debe=importe), Pata(banco, haber=importe)]


def patas_de_aclaracion(*, destino: str, importe: Dinero) -> list[Pata]:
    """Return a debit leaving the account to clear up: an expense, or against an open value."""
    cuenta = COMISIONES_BANCARIAS if destino == "COMISION" else VALORES_POR_APLICAR
    return [Pata(cuenta, debe=importe), Pata(DEBITOS_BANCARIOS, haber=importe)]


def patas_de_cargo_revertido(*, banco: str, importe: Dinero) -> list[Pata]:
    """Return a debit that was declared and is not one, leaving the account to clear up."""
    return [Pata(banco, debe=importe), Pata(DEBITOS_BANCARIOS, haber=importe)]


def patas_de_comision(*, banco: str, importe: Dinero) -> list[Pata]:
    """Return a fee that the bank did not keep after all, out of the expense."""
    return [Pata(banco, debe=importe), Pata(COMISIONES_BANCARIAS, haber=importe)]


def patas_de_valor_recibido(*, banco: str, importe: Dinero, comision: Dinero) -> list[Pata]:
    """Return money that waits for a person; what the bank kept of it is an expense."""
    patas = [Pata(banco, debe=importe - comision), Pata(VALORES_POR_APLICAR, haber=importe)]
    return [*patas, Pata(COMISIONES_BANCARIAS, debe=comision)] if comision else patas


def patas_de_sobrante(importe: Dinero) -> list[Pata]:
    """Return money set aside for which nothing is owed any more: in favour of who paid it."""
    return [Pata(VALORES_POR_APLICAR, debe=importe), Pata(CREDITO_A_FAVOR, haber=importe)]
