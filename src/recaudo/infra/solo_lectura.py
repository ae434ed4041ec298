"""A page that reads cannot write: the connection itself refuses it, not a convention.

Outside a transaction the session of the database is told once that its transactions only read,
and told again only when somebody has to write: reading page after page costs no trip. Inside one
(a test, an outer act) a savepoint is made read-only, and ends as if nothing had been.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from weakref import WeakSet

from django.db import connection
from psycopg.pq import TransactionStatus

_SOLO_LEE: Final = "SET default_transaction_read_only = on"
#: Back to what the server says, which may be that nobody writes.
_COMO_DIGA: Final = "RESET default_transaction_read_only"
_PUNTO: Final = "recaudo_lectura"
#: The connections whose session was told that it only reads; a new one begins by writing.
_DE_LECTURA: Final[WeakSet[Any]] = WeakSet()


def solo_leer() -> Callable[[], None]:
    """From here on, this thread's connection refuses to write; return what ends it.

    Outside a transaction there is nothing to end: the session stays so until `permitir_escribir`.
    """
    if connection.in_atomic_block:
        return _punto_de_lectura()
    _decir(solo_lee=True)
    return lambda: None


def permitir_escribir() -> None:
    """Let this thread's connection write again, if it could not."""
    if not connection.in_atomic_block:
        _decir(solo_lee=False)


@contextmanager
def escribiendo() -> Iterator[None]:
    """Let what is inside write, and leave the connection as it was. For sessions, and no act."""
    leia = connection.connection in _DE_LECTURA
    permitir_escribir()
    try:
        yield
    finally:
        if leia and not connection.in_atomic_block:
            _decir(solo_lee=True)


def _decir(*, solo_lee: bool) -> None:
    """Tell the session, if it is not so already."""
    connection.ensure_connection()
    conexion = connection.connection
    if (conexion in _DE_LECTURA) is solo_lee:
        return
    conexion.execute(_SOLO_LEE if solo_lee else _COMO_DIGA)
    (_DE_LECTURA.add if solo_lee else _DE_LECTURA.discard)(conexion)


def _punto_de_lectura() -> Callable[[], None]:
    """Open a read-only savepoint in the transaction in course; return what closes it."""
    conexion = connection.connection
    estaba_rota = connection.get_rollback()
    conexion.execute(f"SAVEPOINT {_PUNTO}")
    conexion.execute("SET TRANSACTION READ ONLY")

    def cerrar() -> None:
        if conexion.info.transaction_status is TransactionStatus.INERROR:
            conexion.execute(f"ROLLBACK TO SAVEPOINT {_PUNTO}")
            connection.set_rollback(rollback=estaba_rota)
        conexion.execute(f"RELEASE SAVEPOINT {_PUNTO}")

    return cerrar
