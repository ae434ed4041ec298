"""Expire the comprobantes whose validity passed: part of the daily close."""

from datetime import date

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.states import EstadoComprobante


def caducar_comprobantes(cursor: CursorWrapper, hoy: date) -> int:
    """Expire every comprobante *generado* whose last valid day is before `hoy`; return how many.

    Needs an open act: the database records each step with its fact. Their obligations become
    free for another comprobante. A payment that the channel took in time and arrives later is
    still applied (R-VEN-04).
    """
    cursor.execute(
        "UPDATE recaudacion_comprobante SET estado = %s WHERE id IN ("
        "SELECT id FROM recaudacion_comprobante WHERE estado = 'generado' AND valido_hasta < %s "
        "AND id IN (SELECT comprobante_id FROM recaudacion_detallevivo) "
        "ORDER BY id FOR NO KEY UPDATE)",
        [EstadoComprobante.CADUCADO.value, hoy],
    )
    return int(cursor.rowcount)
