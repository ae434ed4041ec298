"""How the site says no at an address: a page for people, a refusal of the contract for programs."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from recaudo.infra import clock
from recaudo.interfaces.api.operaciones import DocumentoNoEncontrado
from recaudo.interfaces.vista import views
from recaudo.interfaces.vista.puertas import publica
from recaudo.project.umbral import fechar

_DE_PROGRAMAS: Final = "/api/"
_DE_DOCUMENTOS: Final = "/api/v1/verificar/"
#: No number of ours is longer, and a longer one does not fit where numbers are kept.
_MAS_DIGITOS: Final = 18
_IMPOSIBLE: Final = re.compile(
    rf"[\x00-\x1f\x7f\ud800-\udfff]|(?<![0-9])[0-9]{{{_MAS_DIGITOS + 1},}}(?![0-9])"
)
_NULO_EN_CONSULTA: Final = re.compile(r"%00|\x00")


class DireccionesPosibles:
    """Middleware: an address that nothing here can have is a missing page before anything reads it.

    A character that is not text, half of one, or a number longer than any of ours never reaches a
    view nor the database, whatever the door and the kind of its parameter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address before anybody else."""
        if _IMPOSIBLE.search(request.path_info):
            mensaje = "No encontramos esta página"
            raise Http404(mensaje)
        if _NULO_EN_CONSULTA.search(request.META.get("QUERY_STRING", "")):
            mensaje = "La dirección lleva un carácter que no es texto"
            raise BadRequest(mensaje)
        return self.get_response(request)


@publica
def error_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    if _es_de_programas(request):
        return _rechazo(400, "ENTRADA_ILEGIBLE", "La dirección no se entiende. Revísela.")
    return views.error_400(_con_fecha(request), exception)


@publica
def error_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if request.path.startswith(_DE_DOCUMENTOS):
        no_hay = DocumentoNoEncontrado().como_dict()
        return _rechazo(404, no_hay["codigo"], no_hay["mensaje"])
    if _es_de_programas(request):
        mensaje = "No existe esa dirección. Las que hay están en /api/v1/openapi.json."
        return _rechazo(404, "NO_EXISTE", mensaje)
    return views.error_404(_con_fecha(request), exception)


@publica
def error_500(request: HttpRequest) -> HttpResponse:
    """Answer when we failed."""
    if _es_de_programas(request):
        mensaje = "No pudimos responder. Vuelva a pedirlo en unos minutos."
        return _rechazo(500, "FALLA_INTERNA", mensaje)
    return views.error_500(_con_fecha(request))


def _con_fecha(request: HttpRequest) -> HttpRequest:
    """Return the request with its business date, when it failed before the door read it.

    Without a database the page is told all the same, and no date.
    """
    if not hasattr(request, "hoy"):
        with suppress(DatabaseError):
            fechar(request, clock.fecha_simulada())
    return request


def _es_de_programas(request: HttpRequest) -> bool:
    return request.path.startswith(_DE_PROGRAMAS)


def _rechazo(estado: int, codigo: str, mensaje: str) -> HttpResponse:
    """Return a refusal in the one shape of the contract."""
    cuerpo = {"codigo": codigo, "mensaje": mensaje, "norma": "", "campo": ""}
    return JsonResponse({"rechazo": cuerpo}, status=estado)
