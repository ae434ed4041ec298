"""What a supervisor asks: is the process alive, and may it be given pages.

`/salud/viva` needs nothing. `/salud/lista` needs a database that answers, made by this program and
that writes: 200, or 503 with the reason. No session, no user, nothing kept.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse

from recaudo.project.version_de_la_base import huellas_guardadas, huellas_por_nombre

VIVA: Final = "/salud/viva"
LISTA: Final = "/salud/lista"
#: What the session has when nothing was said to it: a page that reads tells its own to only read.
_ESCRIBE: Final = (
    "SELECT NOT pg_is_in_recovery() AND reset_val = 'off'"
    " FROM pg_settings WHERE name = 'default_transaction_read_only'"
)


class Salud:
    """Middleware, the first: both addresses are answered before anything else is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer them, or go on."""
        if request.path_info not in {VIVA, LISTA}:
            return self.get_response(request)
        falta = "" if request.path_info == VIVA else lo_que_falta()
        cuerpo = {"estado": "no lista", "falta": falta} if falta else {"estado": "bien"}
        respuesta = JsonResponse(cuerpo, status=503 if falta else 200)
        respuesta["Cache-Control"] = "no-store"
        return respuesta


def lo_que_falta() -> str:
    """Return why this process should be given no pages now; empty when it should."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ESCRIBE)
            (escribe,) = cursor.fetchone()
        guardadas = huellas_guardadas()
    except DatabaseError:
        return "base de datos"
    except json.JSONDecodeError:
        return "versión de la base de datos"
    if not escribe:
        return "base de datos que escriba"
    return "" if guardadas == _huellas() else "versión de la base de datos"


@cache
def _huellas() -> dict[str, str]:
    return huellas_por_nombre(MigrationLoader(None))
