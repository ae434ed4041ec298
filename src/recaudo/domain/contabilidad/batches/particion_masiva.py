"""Post one mass lot: bare tables, set verification, keys, attach. All in one transaction.

    abrir_particion(cursor, lote)
    llenar_particion(cursor, lote, hecho_id=…, fecha=…, asientos=…, partidas=…)
    indexar_particion(cursor, lote)      # verifies, adds keys
    adjuntar_particion(cursor, lote)     # last: it waits for other lots being attached

The rows of an attached lot are guarded like the others: no UPDATE, DELETE, TRUNCATE, nor INSERT.
"""

from datetime import date

from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.batches.sumar_tramo import guardar_sumas

ASIENTO = "contabilidad_asiento"
PARTIDA = "contabilidad_partida"


class LoteDescuadrado(AssertionError):
    """A mass lot was built wrong: a defect of the program, so the whole lot is undone."""


def abrir_particion(cursor: CursorWrapper, lote: int) -> None:
    """Create the two bare tables of a lot: no key, no index, no trigger yet."""
    for madre in (ASIENTO, PARTIDA):
        cursor.execute(
            f"CREATE TABLE {madre}_{lote:d} "
            f"(LIKE {madre} INCLUDING DEFAULTS INCLUDING CONSTRAINTS, CHECK (lote = {lote:d}))"
        )
        cursor.execute(f"ALTER TABLE {madre}_{lote:d} ALTER COLUMN lote SET DEFAULT {lote:d}")


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
    """Verify the lot with set statements (D01, accounts, no lone leg), add its keys, keep its sums.

    Raises LoteDescuadrado when an entry does not balance or a leg has no entry or account.
    """
    asiento, partida = f"{ASIENTO}_{lote:d}", f"{PARTIDA}_{lote:d}"
    cursor.execute(f"ALTER TABLE {asiento} ADD PRIMARY KEY (id, lote)")
    cursor.execute(f"ALTER TABLE {partida} ADD PRIMARY KEY (lote, asiento_id, linea)")
    cursor.execute(f"CREATE INDEX ON {partida} (obligacion_id) WHERE obligacion_id IS NOT NULL")
    cursor.execute(
        f"SELECT a.id, p.asiento_id FROM {asiento} a FULL JOIN "  # noqa: S608 - names above
        "(SELECT asiento_id, count(*) AS patas, sum(debe) AS debe, sum(haber) AS haber "
        f"FROM {partida} GROUP BY asiento_id) p ON p.asiento_id = a.id "
        "WHERE a.id IS NULL OR p.patas IS NULL OR p.patas < 2 OR p.debe <> p.haber LIMIT 1"
    )
    if malo := cursor.fetchone():
        msg = f"lot {lote}: entry {malo[0] or malo[1]} does not balance or is incomplete"
        raise LoteDescuadrado(msg)
    _sumar(cursor, lote, asiento, partida)


def _sumar(cursor: CursorWrapper, lote: int, asiento: str, partida: str) -> None:
    """Keep what each account moves: a lot is born whole, with one date, and takes no more rows."""
    cursor.execute(
        f"SELECT min(id), max(id), min(fecha), max(fecha), min(hecho_id) FROM {asiento}"  # noqa: S608
    )
    desde, hasta, fecha, otra_fecha, hecho_id = cursor.fetchone()
    if desde is None:
        return
    cursor.execute(
        "SELECT p.cuenta_id, c.id, p.debe, p.haber FROM (SELECT cuenta_id, "  # noqa: S608
        f"sum(debe)::bigint AS debe, sum(haber)::bigint AS haber FROM {partida} "
        "GROUP BY cuenta_id) p LEFT JOIN contabilidad_cuenta c ON c.id = p.cuenta_id"
    )
    sumas = cursor.fetchall()
    if fecha != otra_fecha or any(cuenta is None for _, cuenta, _, _ in sumas):
        msg = f"lot {lote}: a leg names no account of the chart, or the lot has two dates"
        raise LoteDescuadrado(msg)
    guardar_sumas(
        cursor,
        lote=lote,
        tramo=(desde, hasta),
        hecho_id=hecho_id,
        sumas=[(cuenta, fecha, debe, haber) for _, cuenta, debe, haber in sumas],
    )


def adjuntar_particion(cursor: CursorWrapper, lote: int) -> None:
    """Attach both tables to the ledger and close them. Do it last: lots wait for each other."""
    for madre in (ASIENTO, PARTIDA):
        cursor.execute(
            "SELECT recaudo_cerrar_particion(%s::regclass, %s::regclass, %s)",
            [madre, f"{madre}_{lote:d}", lote],
        )
