"""The set-based steps that undo payments: `reversar_pagos.sql`."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.infra.carga import PasosSql

#: Of money that enters now: behind all that entered before it.
EL_ULTIMO = 2**62
_ARCHIVO = Path(__file__).with_name("reversar_pagos.sql")


def pasos_de_reverso(cursor: CursorWrapper, tabla: str) -> PasosSql:
    """Choose what undoing `tabla`, the reversals that the caller left, takes apart (see the act).

    Locks the debts, then their credits and the values, ascending; leaves `r_pedido` and `r_pago`.
    """
    pasos = PasosSql(cursor, _ARCHIVO, {"nacional": NACIONAL}, {"reversos": tabla})
    eleccion = ("limpiar", "dinero", "pedidos", "raices", "cadenas")
    _elegir_lo_bloqueado(pasos, eleccion, deudas=(), valores="valores_en_juego")
    pasos("bloquear_creditos", "usados", "descartar_usados", "elegidos")
    return pasos


def pasos_de_lo_posterior(
    cursor: CursorWrapper, deudas: Sequence[int], desde: date, ingreso: int
) -> PasosSql:
    """Choose the payments that go behind money on `deudas`, and those that came after on theirs.

    Behind it: dated after `desde`, its day, or on it with money that entered after `ingreso`.

    Locks all their debts and then their credits, ascending; leaves `r_pago`, perhaps empty.
    """
    pasos = _con_candado(cursor, deudas, desde, ingreso)
    pasos("bloquear_creditos", "sin_pedidos", "elegidos")
    return pasos


def bloquear_en_juego(
    cursor: CursorWrapper, deudas: Sequence[int], desde: date, ingreso: int
) -> None:
    """Lock `deudas` and every other that applying that money of the day `desde` moves, ascending.

    Before whatever else the caller locks: then `pasos_de_lo_posterior` finds nothing to wait for.
    """
    _con_candado(cursor, deudas, desde, ingreso)


def _con_candado(
    cursor: CursorWrapper, deudas: Sequence[int], desde: date, ingreso: int
) -> PasosSql:
    pasos = PasosSql(
        cursor, _ARCHIVO, {"nacional": NACIONAL, "deudas": list(deudas), "desde": desde,
                           "ingreso": ingreso},
        {"reversos": "r_pedido"},
    )  # fmt: skip
    _elegir_lo_bloqueado(pasos, ("limpiar", "posteriores", "cadenas"), deudas=deudas)
    return pasos


def _elegir_lo_bloqueado(
    pasos: PasosSql, eleccion: tuple[str, ...], *, deudas: Iterable[int], valores: str = ""
) -> None:
    """Run the steps that choose until all that they reach was locked before they chose it.

    Whoever held a debt may have paid another with it meanwhile, and whoever held a value may have
    placed it: the choice made again reaches that too, which nobody here holds. Then what was locked
    is let go, since locks are taken in order (debts, values; ascending), and all is locked anew.
    """
    punto = transaction.savepoint()
    pasos(*eleccion)
    pedidas, esperan = {*deudas, *_ids(pasos, "en_juego")}, _ids(pasos, valores)
    while True:
        pasos.valores |= {"en_juego": sorted(pedidas), "valores": sorted(esperan)}
        pasos("bloquear_deudas", "bloquear_valores", *eleccion)
        ahora, otros = _ids(pasos, "en_juego"), _ids(pasos, valores)
        if ahora <= pedidas and otros <= esperan:
            break
        transaction.savepoint_rollback(punto)
        pedidas, esperan = pedidas | ahora, esperan | otros
    transaction.savepoint_commit(punto)


def _ids(pasos: PasosSql, paso: str) -> set[int]:
    return {int(numero) for numero in pasos.fila(paso)[0]} if paso else set()
