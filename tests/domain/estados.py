"""Every pair of states of a machine, as the database sees them."""

from itertools import product

from django.db import DatabaseError, connection, transaction

from recaudo.kernel.states import PREVIO, Maquina


def steps_of(maquina: Maquina) -> set[tuple[str, str, str]]:
    """The plain steps of a machine: act, state before, state after."""
    return {
        (p.acto, str(p.desde), str(p.hacia))
        for p in maquina.pasos
        if p.desde is not None and p.hacia != PREVIO
    }


def steps_the_database_allows(maquina: Maquina, tabla: str, fila: int) -> set[tuple[str, str, str]]:
    """Try each act with each ordered pair on one row, undoing each; return those that pass.

    The row's other guards are switched off: only the table of states is asked.
    """
    allowed = set()
    actos = {p.acto for p in maquina.pasos} | {"acto_de_nadie"}
    for desde, hacia in product(maquina.estados, repeat=2):
        if desde == hacia:
            continue
        with transaction.atomic():
            _put(tabla, fila, desde)
            allowed |= {(a, desde, hacia) for a in sorted(actos) if _passes(tabla, fila, hacia, a)}
            transaction.set_rollback(True)
    return allowed


def _put(tabla: str, fila: int, estado: str) -> None:
    """Put the row in a state by force, as no act can."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        drop_checks(cursor, tabla)
        cursor.execute(f"UPDATE {tabla} SET estado = %s WHERE id = %s", [estado, fila])
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


def drop_checks(cursor: object, tabla: str) -> None:
    execute = cursor.execute  # type: ignore[attr-defined]
    execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [tabla]
    )
    for (name,) in cursor.fetchall():  # type: ignore[attr-defined]
        execute(f'ALTER TABLE {tabla} DROP CONSTRAINT "{name}"')


def _passes(tabla: str, fila: int, hacia: str, acto: str) -> bool:
    """Whether the act moves the row; it is put back."""
    with transaction.atomic():
        moved = _moves(tabla, fila, hacia, acto)
        transaction.set_rollback(True)
    return moved


def _moves(tabla: str, fila: int, hacia: str, acto: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            begin_an_act(cursor, acto)
            cursor.execute(f"UPDATE {tabla} SET estado = %s WHERE id = %s", [hacia, fila])
    except DatabaseError:
        return False
    return True


def begin_an_act(cursor: object, acto: str, *, fecha: str = "2026-09-01") -> None:
    """Tell the database that an act is in course; no fact is asked of it at the end."""
    cursor.execute("SELECT recaudo_nacer(%s, %s)", [acto, fecha])  # type: ignore[attr-defined]
