"""Do something as one of the roles of the database; the tests are the owner."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from recaudo.infra.mesas import poner_mesas, sin_tablas_de_paso
from recaudo.infra.papeles import Papel

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
