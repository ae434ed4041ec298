"""Take money off many debts at once."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.kernel.refusals import Rechazo


class PagoExcedeSaldo(Rechazo):
    """A payment is larger than what is left of some part of the debt, or the debt is not owed."""

    mensaje = "El pago supera lo que falta por cobrar de la obligación."
    norma = "C.D. 497 DG 7.ª"


def aplicar_pagos(cursor: CursorWrapper, tabla: str) -> int:
    """Subtract payments from their debts, and cancel (pay off) those left at zero; return how many.

    `tabla` is a temporary table of the caller: (obligacion_id, personal, patronal, ccc) in cents,
    one or more rows per debt. Debts are locked in ascending order. Needs an open act. Refuses
    PagoExcedeSaldo, naming a debt, and then nothing is applied.
    """
    cursor.execute("DROP TABLE IF EXISTS recaudo_pagos_por_obligacion")
    cursor.execute(
        "CREATE TEMP TABLE recaudo_pagos_por_obligacion ON COMMIT DROP AS "  # noqa: S608 - our table
        "SELECT obligacion_id, sum(personal)::bigint AS personal, "
        "sum(patronal)::bigint AS patronal, "
        f"sum(ccc)::bigint AS ccc FROM {tabla} GROUP BY obligacion_id"
    )
    cursor.execute("ANALYZE recaudo_pagos_por_obligacion")
    bloquear_tabla(cursor, "recaudo_pagos_por_obligacion")
    cursor.execute(
        "SELECT t.obligacion_id FROM recaudo_pagos_por_obligacion t "
        "LEFT JOIN obligaciones_obligacion o ON o.id = t.obligacion_id AND o.estado = ANY(%s) "
        "WHERE o.id IS NULL OR least(t.personal, t.patronal, t.ccc) < 0 "
        "OR t.personal > o.saldo_personal OR t.patronal > o.saldo_patronal OR t.ccc > o.saldo_ccc "
        "ORDER BY 1 LIMIT 1",
        [[str(e) for e in VIVAS]],
    )
    if malo := cursor.fetchone():
        msg = f"El pago de la obligación {malo[0]} no cabe en lo que falta por cobrar de ella."
        raise PagoExcedeSaldo(msg)
    cursor.execute(
        "UPDATE obligaciones_obligacion o SET saldo_personal = o.saldo_personal - t.personal, "
        "saldo_patronal = o.saldo_patronal - t.patronal, saldo_ccc = o.saldo_ccc - t.ccc, "
        "estado = CASE WHEN o.saldo_personal = t.personal AND o.saldo_patronal = t.patronal "
        "AND o.saldo_ccc = t.ccc THEN %s ELSE o.estado END "
        "FROM recaudo_pagos_por_obligacion t WHERE o.id = t.obligacion_id",
        [EstadoObligacion.CANCELADA.value],
    )
    aplicadas = cursor.rowcount
    cursor.execute("DROP TABLE recaudo_pagos_por_obligacion")
    return int(aplicadas)


def bloquear_tabla(cursor: CursorWrapper, tabla: str) -> None:
    """Lock the debts that `tabla` (obligacion_id) names, ascending, as everywhere."""
    cursor.execute(
        "SELECT count(*) FROM (SELECT 1 FROM obligaciones_obligacion "  # noqa: S608 - our table
        f"WHERE id IN (SELECT obligacion_id FROM {tabla}) ORDER BY id FOR NO KEY UPDATE) f"
    )
