"""Read many rows as they come: a cursor of the server, so that memory does not grow with them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection

#: Rows that travel together: enough not to ask often, few enough not to be felt.
TANDA: Final = 5_000
#: A cursor is planned as if a tenth of it were read: here everything is.
_ENTERO: Final = "cursor_tuple_fraction = 1"


def en_corriente(
    sentencia: str, valores: Sequence[Any] | None = None, *, ajustes: Sequence[str] = ()
) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a SELECT one by one, reading a few thousand at a time from the server.

    `ajustes` are settings of the planner for this reading alone (`nombre = valor`), put back at the
    end. The statement is a text of our own rooms; what a user wrote travels in `valores`.
    """
    todos = (_ENTERO, *ajustes)
    nombres = [ajuste.split("=", maxsplit=1)[0].strip() for ajuste in todos]
    with connection.cursor() as cursor:
        for ajuste in todos:
            cursor.execute(f"SET {ajuste}")
    try:
        with connection.chunked_cursor() as cursor:
            cursor.execute(sentencia, valores)
            while tanda := cursor.fetchmany(TANDA):
                yield from tanda
    finally:
        with connection.cursor() as cursor:
            for nombre in nombres:
                cursor.execute(f"RESET {nombre}")
