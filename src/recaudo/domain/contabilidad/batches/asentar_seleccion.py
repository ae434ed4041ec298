"""Post many entries at once, from two SELECTs: nothing travels through Python."""

from datetime import date

from django.db.backends.utils import CursorWrapper


def reservar_asientos(cursor: CursorWrapper, n: int) -> int:
    """Reserve `n` consecutive entry numbers and return the first one."""
    cursor.execute("SELECT recaudo_reservar_asientos(%s)", [n])
    return int(cursor.fetchone()[0])


def asentar_seleccion(
    cursor: CursorWrapper, *, hecho_id: int, fecha: date, asientos: str, partidas: str
) -> int:
    """Post the entries that two SELECTs yield, in ordinary traffic (lote 0); return how many.

    `asientos` yields (id, concepto, origen_tipo, origen_id, provincia); `partidas` yields
    (asiento_id, linea, cuenta_id, debe, haber, obligacion_id), amounts in cents. Both are texts
    written by the calling room over its own temporary tables, with no value of a user in them.
    The numbers come from `reservar_asientos`. Unbalanced entries are refused by the database at
    the end of the transaction (C.D. 497 DG 7.ª, 8.ª).
    """
    cursor.execute(
        "INSERT INTO contabilidad_asiento_corriente "  # noqa: S608 - texts of our own rooms
        "(lote, id, fecha, concepto, origen_tipo, origen_id, provincia, hecho_id, operacion) "
        "SELECT 0, s.id, %s, s.concepto, s.origen_tipo, s.origen_id, s.provincia, %s, "
        "(SELECT recaudo_operacion()) "
        f"FROM ({asientos}) AS s (id, concepto, origen_tipo, origen_id, provincia)",
        [fecha, hecho_id],
    )
    cuantos = int(cursor.rowcount)
    cursor.execute(
        "INSERT INTO contabilidad_partida_corriente "  # noqa: S608 - texts of our own rooms
        "(lote, asiento_id, linea, cuenta_id, debe, haber, obligacion_id) "
        "SELECT 0, s.asiento_id, s.linea, s.cuenta_id, s.debe, s.haber, s.obligacion_id "
        f"FROM ({partidas}) AS s (asiento_id, linea, cuenta_id, debe, haber, obligacion_id)"
    )
    return cuantos
