"""Post one mass lot: bare tables, keys, verification, attach. All in one transaction.

    abrir_particion(cursor, lote)
    llenar_particion(cursor, lote, hecho_id=…, fecha=…, asientos=…, partidas=…)
    indexar_particion(cursor, lote)      # nobody writes in it any more
    adjuntar_particion(cursor, lote)     # last: verifies it, and waits for other lots

The tables are the owner's, and so are the functions that make and close them: who emits only fills
them. The rows of an attached lot are guarded like the others: no UPDATE, DELETE, TRUNCATE, INSERT.
"""

from datetime import date

from django.db.backends.utils import CursorWrapper

ASIENTO = "contabilidad_asiento"
PARTIDA = "contabilidad_partida"


def abrir_particion(cursor: CursorWrapper, lote: int) -> None:
    """Create the two bare tables of a lot of the act in course: no key, no index, no trigger yet.

    On a closed day it is refused, as any posting (D14).
    """
    for madre in (ASIENTO, PARTIDA):
        cursor.execute("SELECT recaudo_abrir_particion(%s, %s)", [madre, lote])


def llenar_particion(
    cursor: CursorWrapper, lote: int, *, hecho_id: int, fecha: date, asientos: str, partidas: str
) -> tuple[int, int]:
    """Fill the lot from two SELECTs, of the columns of `asentar_seleccion`; return both counts."""
    cursor.execute(
        f"INSERT INTO {ASIENTO}_{lote:d} "  # noqa: S608 - texts of our own rooms
        "(id, fecha, concepto, origen_tipo, origen_id, provincia, hecho_id, operacion) "
        "SELECT s.id, %s, s.concepto, s.origen_tipo, s.origen_id, s.provincia, %s, "
        "(SELECT recaudo_operacion()) "
        f"FROM ({asientos}) AS s (id, concepto, origen_tipo, origen_id, provincia)",
        [fecha, hecho_id],
    )
    entradas = cursor.rowcount
    cursor.execute(
        f"INSERT INTO {PARTIDA}_{lote:d} "  # noqa: S608 - texts of our own rooms
        "(asiento_id, linea, cuenta_id, debe, haber, obligacion_id) "
        f"SELECT * FROM ({partidas}) AS s"
    )
    return entradas, cursor.rowcount


def indexar_particion(cursor: CursorWrapper, lote: int) -> None:
    """Close the lot to whoever wrote it, and give it the keys and indexes of the ledger."""
    for madre in (ASIENTO, PARTIDA):
        cursor.execute("SELECT recaudo_indexar_particion(%s, %s)", [madre, lote])


def adjuntar_particion(cursor: CursorWrapper, lote: int) -> None:
    """Verify the lot with set statements, keep its sums and join it to the ledger. Do it last.

    The database raises when an entry does not balance, lacks legs or is of another act, or a leg
    has no entry or account (D01, D13): a defect of the program, so the whole lot is undone.
    """
    cursor.execute("SELECT recaudo_cerrar_lote_del_libro(%s)", [lote])
