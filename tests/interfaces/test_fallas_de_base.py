"""What each failure of the database means to who asked: wait, come back, or a fault of ours."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, OperationalError
from django.test import RequestFactory
from psycopg_pool import PoolTimeout

from recaudo.interfaces.vista.views import error_409
from recaudo.project.fallas_de_base import (
    DIA_CERRADO,
    EN_USO,
    SIN_BASE,
    SOLO_LEE,
    TARDA,
    Falla,
    falla_de,
)


def wrapped(cause: BaseException) -> BaseException:
    """Return it as Django gives it."""
    error = DatabaseError("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("codigo", "metodo", "esperada"),
    [
        ("55P03", "POST", EN_USO),  # lock not given in time
        ("40P01", "POST", EN_USO),  # deadlock
        ("40001", "POST", EN_USO),  # serialization
        ("57014", "GET", TARDA),  # statement timeout
        ("25006", "POST", SOLO_LEE),
        ("25006", "GET", None),  # a page that reads and writes is a fault of ours
        ("53100", "POST", SIN_BASE),  # disk full
        ("53300", "GET", SIN_BASE),  # too many connections
        ("57P01", "GET", SIN_BASE),  # the server is being ended
        ("08006", "GET", SIN_BASE),
        ("23505", "POST", None),  # a constraint: ours
        ("42501", "POST", None),  # a grant that is missing: ours
    ],
)
def test_each_code_is_what_the_visitor_reads(
    codigo: str, metodo: str, esperada: Falla | None
) -> None:
    causa = psycopg.errors.lookup(codigo)("…")
    assert falla_de(wrapped(causa), metodo) is esperada


def test_a_server_that_is_not_reached_has_no_code() -> None:
    assert falla_de(wrapped(PoolTimeout("…")), "GET") is SIN_BASE
    assert falla_de(OperationalError("connection refused"), "GET") is SIN_BASE
    assert falla_de(ValueError("…"), "GET") is None
    assert falla_de(None, "GET") is None


class _Cerrado(psycopg.Error):
    """What the guard of the closed days raises (D14)."""

    sqlstate = "RC008"


def test_a_day_that_closes_meanwhile_is_a_sentence_and_not_a_failure() -> None:
    assert falla_de(wrapped(_Cerrado("…")), "POST") is DIA_CERRADO
    request = RequestFactory().post("/oficina/x/", {"a": "1"})
    request.hoy = date(2026, 10, 5)  # type: ignore[attr-defined]
    pagina = error_409(request, causa="DIA_CERRADO").content.decode()
    assert "Ese día ya se cerró" in pagina
    assert "Otra persona" not in pagina
