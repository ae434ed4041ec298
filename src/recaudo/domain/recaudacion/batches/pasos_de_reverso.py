"""The set-based steps that undo payments: `reversar_pagos.sql`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.infra.carga import PasosSql

#: Of money that enters now: behind all that entered before it.
EL_ULTIMO = 2**62
_ARCHIVO = Path(__file__).with_name("reversar_pagos.sql")


def pasos_de_reverso(cursor: CursorWrapper, tabla: str) -> PasosSql:
    """Choose what undoing `tabla`, the reversals that the caller left, takes apart (see the act).

    Locks the debts and then their credits, ascending; leaves `r_pedido` and `r_pago`.
    """
    pasos = PasosSql(cursor, _ARCHIVO, {"nacional": NACIONAL}, {"reversos": tabla})
    pasos("limpiar", "dinero", "pedidos", "raices", "cadenas")
    _bloquear(pasos, ())
    cursor.execute("DROP TABLE r_cadena")
    pasos("cadenas", "bloquear_creditos", "usados", "descartar_usados", "elegidos")
    return pasos


def pasos_de_lo_posterior(
    cursor: CursorWrapper, deudas: Sequence[int], desde: date, ingreso: int
) -> PasosSql:
    """Choose the payments that go behind money on `deudas`, and those that came after on theirs.

    Behind it: dated after `desde`, its day, or on it with money that entered after `ingreso`.

    Locks all their debts and then their credits, ascending; leaves `r_pago`, perhaps empty.
    """
    pasos = PasosSql(
        cursor, _ARCHIVO, {"nacional": NACIONAL, "deudas": list(deudas), "desde": desde,
                           "ingreso": ingreso},
        {"reversos": "r_pedido"},
    )  # fmt: skip
    pasos("limpiar", "posteriores", "cadenas")
    _bloquear(pasos, deudas)
    cursor.execute("DROP TABLE r_cadena, r_raiz")
    pasos("posteriores", "cadenas", "bloquear_creditos", "sin_pedidos", "elegidos")
    return pasos


def deudas_en_juego(
    cursor: CursorWrapper, deudas: Sequence[int], desde: date, ingreso: int
) -> tuple[int, ...]:
    """Return `deudas` and every other that applying that money of the day `desde` moves."""
    pasos = PasosSql(
        cursor,
        _ARCHIVO,
        {"deudas": list(deudas), "desde": desde, "ingreso": ingreso},
        {"reversos": "r_pedido"},
    )
    pasos("limpiar", "posteriores", "cadenas")
    return tuple(sorted({*deudas, *pasos.fila("en_juego")[0]}))


def _bloquear(pasos: PasosSql, deudas: Sequence[int]) -> None:
    pasos.valores["en_juego"] = sorted({*deudas, *pasos.fila("en_juego")[0]})
    pasos("bloquear_deudas")
