"""Undo the payments whose money the bank took back; impute again those that came after."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.actions._en_orden import (
    deshacer,
    deudas_tocadas,
    imputar_de_nuevo,
    por_imputar,
)
from recaudo.domain.recaudacion.batches.pasos_de_reverso import pasos_de_reverso
from recaudo.domain.recaudacion.facts import DeudasPagadas, PagosReversados
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.kernel.money import Dinero

ACTO = Acto("reversar_pagos", None, PagosReversados, DeudasPagadas)
NORMA: Final = "R-REC-01"
_REVIVIDAS: Final = "r_deuda"


def reversar_pagos(*, causa: ActoAbierto, cursor: CursorWrapper, tabla: str) -> int:
    """This act will undo, inside `causa`, the payments whose money the bank takes back (R-REC-01).

    `tabla` is a temporary table of the caller, one row for each reversal: `ingreso_id` (the money
    that had entered), `reverso_id` (the ingreso of the debit, which exists already), `cuenta`
    (ledger account that the money leaves). Debts live again where they were, with their interest;
    funds and ledger by entries of the contrary sign; credits disappear; the comprobante is
    `reversado`, or owes again what was an abono; money still in the queue leaves it. What was paid
    later on the same debts is imputed again from its own date (D19, D20).

    Leaves `r_pedido` (ingreso_id, resultado): PAGO and VALOR were undone; YA_REVERSADO, SIN_DINERO
    and CREDITO_USADO (a person decides) were not. Returns how many were undone.
    """
    pasos = pasos_de_reverso(cursor, tabla)
    pagos, posteriores, valores, _ = pasos.fila("cuantos")
    if not pagos and not valores:
        return 0
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        deshacer(cursor, a, pasos)
        pasos("deshacer_comprobantes", "deshacer_abonos", "deshacer_valores", "deshacer_aplicados")
        pendientes = por_imputar(cursor, pasos)
        _declarar(cursor, a, pagos - posteriores + valores)
        imputar_de_nuevo(cursor, a, pendientes)
    return int(pagos - posteriores + valores)


def _declarar(cursor: CursorWrapper, a: ActoAbierto, cuantos: int) -> None:
    cursor.execute(
        "SELECT coalesce(sum(importe), 0)::bigint FROM r_pedido WHERE resultado IN "
        "('PAGO', 'VALOR')"
    )
    importe = Dinero.de_centavos(cursor.fetchone()[0])
    a.declarar(PagosReversados(a.hecho_id, cuantos, importe, deudas_tocadas(cursor), _REVIVIDAS))
