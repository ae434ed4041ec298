"""Do something as one of the roles of the database; the tests are the owner."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from recaudo.infra.mesas import poner_mesas, sin_tablas_de_paso
from recaudo.infra.papeles import CON_TABLAS_DE_PASO, Papel
from recaudo.project import cli

DENEGADO = "42501"


@contextmanager
def como(papel: Papel) -> Iterator[None]:
    """Be that role until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {papel}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def denegada(papel: Papel, sql: str) -> bool:
    """Whether the database denies it to that role for what it may do, and not for a guard."""
    try:
        with transaction.atomic(), como_en_punto(papel), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", "")) == DENEGADO
    return False


@contextmanager
def como_en_punto(papel: Papel) -> Iterator[None]:
    """Be that role inside a savepoint, which gives the role back when it is undone."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {papel}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


class ComoLaWeb:
    """Middleware of tests: what answers a page is the role that answers pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sin_tablas_de_paso(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {Papel.WEB}")
        try:
            return self.get_response(request)
        finally:
            connection.execute_wrappers.remove(poner_mesas)
            if not connection.needs_rollback and connection.connection is not None:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")


def como_su_papel(ejecutar: Callable[[Sequence[str]], int]) -> Callable[[Sequence[str]], int]:
    """Wrap `cli.ejecutar`: each order is the role of the database that it declares."""

    @wraps(ejecutar)
    def con_papel(argumentos: Sequence[str]) -> int:
        orden = cli.EN_LA_BASE.get(argumentos[0]) if argumentos else None
        if orden is None or orden.papel is None or not _hay_base():
            return ejecutar(argumentos)
        sin_mesas = orden.papel in CON_TABLAS_DE_PASO
        if not sin_mesas:
            sin_tablas_de_paso(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {orden.papel}")
        try:
            return ejecutar(argumentos)
        finally:
            if not sin_mesas:
                connection.execute_wrappers.remove(poner_mesas)
            if not connection.needs_rollback and connection.connection is not None:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return con_papel


def _hay_base() -> bool:
    """Whether this test may use the database."""
    try:
        connection.ensure_connection()
    except RuntimeError:
        return False
    return True
