"""Ask the database whether it refuses, and whether it would still refuse without its guard."""

from django.db import DatabaseError, connection, transaction


def refused(sql: str) -> bool:
    """Whether the database refuses a statement with one of the house's own codes or checks."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        state = str(getattr(error.__cause__, "sqlstate", ""))
        return state.startswith(("RC", "23"))
    return False


def passes_without(guard: str, tabla: str, sql: str, *, is_trigger: bool = True) -> bool:
    """Whether the same statement passes once that guard is off: the guard is what stopped it."""
    how = f"DISABLE TRIGGER {guard}" if is_trigger else f'DROP CONSTRAINT "{guard}"'
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {tabla} {how}")
        passed = not refused(sql)
        transaction.set_rollback(True)
    return passed
