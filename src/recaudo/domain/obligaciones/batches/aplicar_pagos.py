"""Take money off many debts at once, and give it back."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import contar

#: Columns of a payment that are of the balance of a debt.
_PARTES = ("personal", "patronal", "ccc", "otros")
#: A payment `t` fits a debt `o` that is owed. One parameter: the living states.
_CABE = f"o.estado = ANY(%s) AND least({', '.join(f't.{c}' for c in _PARTES)}) >= 0" + "".join(
    f" AND t.{c} <= o.saldo_{c}" for c in _PARTES
)
_RESTA = {c: f"saldo_{c} = o.saldo_{c} - t.{c}" for c in _PARTES}
_NADA_QUEDA = " AND ".join(f"o.saldo_{c} = t.{c}" for c in _PARTES)
_SUMA = ", ".join(f"saldo_{c} = o.saldo_{c} + t.{c}" for c in _PARTES)
_SUMADO = ", ".join(f"sum({c})::bigint AS {c}" for c in _PARTES)


class PagoExcedeSaldo(Rechazo):
    """A payment is larger than what is left of some part of the debt, or the debt is not owed."""

    mensaje = "El pago supera lo que falta por cobrar de la obligación."
    norma = "C.D. 497 DG 7.ª"


class NadaQueDevolver(Rechazo):
    """What is given back to a debt was never paid, or the debt is in a state that forgot it."""

    mensaje = "Lo que se devuelve a la obligación no se había pagado."
    norma = "R-REC-01"


def aplicar_pagos(cursor: CursorWrapper, tabla: str) -> int:
    """Subtract payments from their debts, and cancel (pay off) those left at zero; return how many.

    `tabla` is a temporary table of the caller: (obligacion_id, personal, patronal, ccc, otros) in
    cents, one or more rows per debt. Debts are locked in ascending order. Needs an open act.
    Refuses PagoExcedeSaldo, naming a debt, and then nothing is applied.
    """
    cursor.execute("DROP TABLE IF EXISTS recaudo_pagos_por_obligacion")
    cursor.execute(
        "CREATE TEMP TABLE recaudo_pagos_por_obligacion ON COMMIT DROP AS "  # noqa: S608 - our table
        f"SELECT obligacion_id, {_SUMADO}, NULL::date AS interes_hasta, "
        "0::bigint AS interes_abonado "
        f"FROM {tabla} GROUP BY obligacion_id ORDER BY obligacion_id"
    )
    cursor.execute("ANALYZE recaudo_pagos_por_obligacion")
    _bloquear_y_revisar(cursor)
    aplicadas = restar_pagos(cursor, "SELECT * FROM recaudo_pagos_por_obligacion")
    cursor.execute("DROP TABLE recaudo_pagos_por_obligacion")
    return aplicadas


def restar_pagos(cursor: CursorWrapper, pagos: str) -> int:
    """Subtract payments whose debts the caller locked before, in one statement; return how many.

    `pagos` is a SELECT over temporary tables of the caller: (obligacion_id, personal, patronal,
    ccc, otros, interes_hasta, interes_abonado), cents, one row for each debt. `interes_hasta` is
    the day until which its interest is settled now (null: as before) and `interes_abonado` what was
    paid of the interest that runs after it. Needs an open act. Refuses PagoExcedeSaldo if a debt is
    not owed, comes twice or owes less: then the transaction must be undone, as for any refusal.
    """
    cursor.execute(
        "SELECT count(*), coalesce(bool_or(otros <> 0), false) "  # noqa: S608 - our own rooms
        f"FROM ({pagos}) t"
    )
    cuantos, hay_otros = cursor.fetchone()
    # A column that is not named costs nothing: its guards look at no row.
    resta = ", ".join(_RESTA[parte] for parte in _PARTES if parte != "otros" or hay_otros)
    cursor.execute(
        f"UPDATE obligaciones_obligacion o SET {resta}, "  # noqa: S608 - text of our own rooms
        f"estado = CASE WHEN {_NADA_QUEDA} THEN %s ELSE o.estado END, "
        "interes_hasta = coalesce(t.interes_hasta, o.interes_hasta), "
        "interes_abonado = CASE WHEN t.interes_hasta IS NULL "
        "THEN o.interes_abonado + t.interes_abonado ELSE t.interes_abonado END "
        f"FROM ({pagos}) t WHERE o.id = t.obligacion_id AND {_CABE}",
        [EstadoObligacion.CANCELADA.value, [str(e) for e in VIVAS]],
    )
    aplicadas = int(cursor.rowcount)
    if aplicadas != cuantos:
        malos = contar(cuantos - aplicadas, "pago no cabe", "pagos no caben")
        msg = (
            f"{malos} en lo que falta por cobrar de su deuda. No se "
            "aplicó ninguno: repita la orden y, si vuelve a pasar, ejecute «recaudo auditoria»."
        )
        raise PagoExcedeSaldo(msg)
    return aplicadas


def restar_rubros(cursor: CursorWrapper, pagos: str) -> int:
    """Subtract what was paid of the rubros kept one by one; return how many rows.

    `pagos` is a SELECT of the caller: (obligacion_id, rubro, fondo, importe) in cents, negative to
    give back. The debts are locked. `otros` of `restar_pagos` is their sum: the database checks it.
    """
    cursor.execute(
        "UPDATE obligaciones_saldorubro r SET saldo = r.saldo - t.importe "  # noqa: S608 - our own text
        f"FROM ({pagos}) t WHERE r.obligacion_id = t.obligacion_id AND r.rubro = t.rubro "
        "AND r.fondo = t.fondo"
    )
    return int(cursor.rowcount)


def devolver_pagos(cursor: CursorWrapper, pagos: str) -> int:
    """Give back to debts what a payment had taken, in one statement; return how many.

    `pagos` as in `restar_pagos`: positive cents to add, and the state of the interest that is left
    (absolute). A debt paid off returns to the state it came from. Debts locked by the caller.
    Refuses NadaQueDevolver when one does not fit.
    """
    cursor.execute(f"SELECT count(*) FROM ({pagos}) t")  # noqa: S608 - text of our own rooms
    cuantos = int(cursor.fetchone()[0])
    limites = " AND ".join(f"o.saldo_{c} + t.{c} <= o.capital_{c}" for c in _PARTES)
    cursor.execute(
        f"UPDATE obligaciones_obligacion o SET {_SUMA}, "  # noqa: S608 - text of our own rooms
        "estado = CASE WHEN o.estado = %s "
        "THEN recaudo_estado_previo('obligacion', o.id, o.estado) ELSE o.estado END, "
        "interes_hasta = t.interes_hasta, interes_abonado = t.interes_abonado "
        f"FROM ({pagos}) t WHERE o.id = t.obligacion_id AND {limites}",
        [EstadoObligacion.CANCELADA.value],
    )
    devueltas = int(cursor.rowcount)
    if devueltas != cuantos:
        raise NadaQueDevolver
    return devueltas


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
