"""Move many debts to another state at once."""

from datetime import date

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.batches.aplicar_pagos import bloquear_tabla
from recaudo.domain.obligaciones.states import EstadoObligacion

#: Temporary table that `entrar_en_mora` leaves behind, until the transaction ends.
EN_MORA = "recaudo_entran_en_mora"


def cambiar_estado(cursor: CursorWrapper, tabla: str, hacia: EstadoObligacion) -> int:
    """Move the debts of `tabla` (obligacion_id) to the state `hacia`; return how many moved.

    Debts already there do not move. The database refuses a step that the table of states does
    not have, and records each step with the fact of the open act.
    """
    bloquear_tabla(cursor, tabla)
    cursor.execute(
        "UPDATE obligaciones_obligacion SET estado = %s "  # noqa: S608 - our table
        f"WHERE id IN (SELECT obligacion_id FROM {tabla}) AND estado <> %s",
        [hacia.value, hacia.value],
    )
    return int(cursor.rowcount)


def entrar_en_mora(cursor: CursorWrapper, corte: date) -> int:
    """Put in arrears every emitted planilla whose due date is before `corte`; return how many.

    Their ids stay in the temporary table EN_MORA (obligacion_id) until the transaction ends
    (LSS art. 73: no prior notice is needed).
    """
    cursor.execute(f"DROP TABLE IF EXISTS {EN_MORA}")
    cursor.execute(
        f"CREATE TEMP TABLE {EN_MORA} ON COMMIT DROP AS "  # noqa: S608 - our table
        "SELECT id AS obligacion_id FROM obligaciones_obligacion "
        "WHERE estado = 'emitida' AND fecha_vencimiento < %s ORDER BY id "
        "FOR NO KEY UPDATE",
        [corte],
    )
    return cambiar_estado(cursor, EN_MORA, EstadoObligacion.EN_MORA)
