"""Take money off many debts at once."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.kernel.refusals import Rechazo

#: A payment `t` fits a debt `o` that is owed. One parameter: the living states.
_CABE = (
    "o.estado = ANY(%s) AND least(t.personal, t.patronal, t.ccc) >= 0 "
    "AND t.personal <= o.saldo_personal AND t.patronal <= o.saldo_patronal "
    "AND t.ccc <= o.saldo_ccc"
)


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
        f"sum(ccc)::bigint AS ccc FROM {tabla} GROUP BY obligacion_id ORDER BY obligacion_id"
    )
    cursor.execute("ANALYZE recaudo_pagos_por_obligacion")
    _bloquear_y_revisar(cursor)
    aplicadas = restar_pagos(cursor, "SELECT * FROM recaudo_pagos_por_obligacion")
    cursor.execute("DROP TABLE recaudo_pagos_por_obligacion")
    return aplicadas


def restar_pagos(cursor: CursorWrapper, pagos: str) -> int:
    """Subtract payments whose debts the caller locked before, in one statement; return how many.

    `pagos` is a SELECT over temporary tables of the caller: (obligacion_id, personal, patronal,
    ccc) in cents, one row for each debt. Needs an open act. Refuses PagoExcedeSaldo if a debt is
    not owed, comes twice or owes less: then the transaction must be undone, as for any refusal.
    """
    cursor.execute(f"SELECT count(*) FROM ({pagos}) t")  # noqa: S608 - text of our own rooms
    cuantos = int(cursor.fetchone()[0])
    cursor.execute(
        "UPDATE obligaciones_obligacion o SET saldo_personal = o.saldo_personal - t.personal, "  # noqa: S608 - text of our own rooms
        "saldo_patronal = o.saldo_patronal - t.patronal, saldo_ccc = o.saldo_ccc - t.ccc, "
        "estado = CASE WHEN o.saldo_personal = t.personal AND o.saldo_patronal = t.patronal "
        "AND o.saldo_ccc = t.ccc THEN %s ELSE o.estado END "
        f"FROM ({pagos}) t WHERE o.id = t.obligacion_id AND {_CABE}",
        [EstadoObligacion.CANCELADA.value, [str(e) for e in VIVAS]],
    )
    aplicadas = int(cursor.rowcount)
    if aplicadas != cuantos:
        msg = (
            f"{cuantos - aplicadas} pagos no caben en lo que falta por cobrar de su deuda. No se "
            "aplicó ninguno: repita la orden y, si vuelve a pasar, ejecute «recaudo auditoria»."
        )
        raise PagoExcedeSaldo(msg)
    return aplicadas


def _bloquear_y_revisar(cursor: CursorWrapper) -> None:
    """Lock the debts in ascending order and, with them locked, see that each payment fits."""
    cursor.execute(
        "SELECT min(id) FILTER (WHERE NOT cabe), count(*) FROM ("  # noqa: S608 - our own text
        f"SELECT o.id, {_CABE} AS cabe FROM obligaciones_obligacion o "
        "JOIN recaudo_pagos_por_obligacion t ON t.obligacion_id = o.id "
        "ORDER BY o.id FOR NO KEY UPDATE OF o) f",
        [[str(e) for e in VIVAS]],
    )
    malo, hay = cursor.fetchone()
    if malo is None:
        cursor.execute(
            "SELECT CASE WHEN count(*) <> %s THEN (SELECT min(t.obligacion_id) "
            "FROM recaudo_pagos_por_obligacion t WHERE NOT EXISTS (SELECT 1 "
            "FROM obligaciones_obligacion o WHERE o.id = t.obligacion_id)) END "
            "FROM recaudo_pagos_por_obligacion",
            [hay],
        )
        malo = cursor.fetchone()[0]
    if malo is not None:
        msg = f"El pago de la obligación {malo} no cabe en lo que falta por cobrar de ella."
        raise PagoExcedeSaldo(msg)


def bloquear_tabla(cursor: CursorWrapper, tabla: str) -> None:
    """Lock the debts that `tabla` (obligacion_id) names, ascending, as everywhere."""
    cursor.execute(
        "SELECT count(*) FROM (SELECT 1 FROM obligaciones_obligacion "  # noqa: S608 - our table
        f"WHERE id IN (SELECT obligacion_id FROM {tabla}) ORDER BY id FOR NO KEY UPDATE) f"
    )
