"""Every pair of states of a machine, as the database sees them."""

from itertools import product

from django.db import DatabaseError, connection, transaction

from recaudo.kernel.states import Maquina


def pairs_the_database_allows(maquina: Maquina, tabla: str, fila: int) -> set[tuple[str, str]]:
    """Try each ordered pair on one row, undoing each; return those that pass.

    The row's other guards are switched off: only the table of states is asked.
    """
    allowed = set()
    for desde, hacia in product(maquina.estados, repeat=2):
        if desde == hacia:
            continue
        with transaction.atomic():
            _put(tabla, fila, desde)
            if _moves(tabla, fila, hacia):
                allowed.add((desde, hacia))
            transaction.set_rollback(True)
    return allowed


def _put(tabla: str, fila: int, estado: str) -> None:
    """Put the row in a state by force, as no act can."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        _drop_checks(cursor, tabla)
        cursor.execute(f"UPDATE {tabla} SET estado = %s WHERE id = %s", [estado, fila])
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


def _drop_checks(cursor: object, tabla: str) -> None:
    execute = cursor.execute  # type: ignore[attr-defined]
    execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [tabla]
    )
    for (name,) in cursor.fetchall():  # type: ignore[attr-defined]
        execute(f'ALTER TABLE {tabla} DROP CONSTRAINT "{name}"')


def _moves(tabla: str, fila: int, hacia: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('recaudo.hecho', '1', true)")
            cursor.execute(f"UPDATE {tabla} SET estado = %s WHERE id = %s", [hacia, fila])
    except DatabaseError:
        return False
    return True
