"""How the site says no at an address: a page for people, a refusal of the contract for programs."""

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from recaudo.infra import clock
from recaudo.interfaces.api.operaciones import DocumentoNoEncontrado
from recaudo.interfaces.vista import views
from recaudo.interfaces.vista.formatos import escribir_tamano
from recaudo.interfaces.vista.puertas import publica
from recaudo.project.fallas_de_base import DIA_CERRADO, EN_USO, SIN_BASE, Falla, falla_de
from recaudo.project.umbral import fechar

_DE_PROGRAMAS: Final = "/api/"
_DE_DOCUMENTOS: Final = "/api/v1/verificar/"
#: No number of ours is longer, and a longer one does not fit where numbers are kept.
_MAS_DIGITOS: Final = 18
_IMPOSIBLE: Final = re.compile(
    rf"[\x00-\x1f\x7f\ud800-\udfff]|(?<![0-9])[0-9]{{{_MAS_DIGITOS + 1},}}(?![0-9])"
)
_DE_LA_BASE: Final = {
    "EN_USO": "Otra persona está trabajando con estos datos. No se hizo nada: pídalo otra vez.",
    "DIA_CERRADO": "Ese día se cerró mientras usted trabajaba. No se hizo nada: pídalo otra vez.",
    "TARDA": "La respuesta tarda demasiado. No se hizo nada: pida menos, o vuelva más tarde.",
    "SIN_BASE": "El servicio no está disponible por ahora. No se hizo nada: vuelva más tarde.",
    "SOLO_LECTURA": "Por ahora solo se puede consultar. No se guardó nada: vuelva más tarde.",
}
_NO_RECIBIDO: Final = {
    400: "El envío llegó incompleto. No se guardó nada: envíelo otra vez.",
    408: "El envío se detuvo antes de terminar. No se guardó nada: envíelo otra vez.",
    413: "El envío pasa del límite de {limite} y no se guardó nada: envíe menos.",
    503: "Hay demasiados envíos a la vez. No se guardó nada: vuelva a intentarlo.",
}
#: Names of the one way in which a request is written here.
_SE_LEE: Final = frozenset({"utf-8", "utf8"})
_NULO_EN_CONSULTA: Final = re.compile(r"%00|\x00")


class DireccionesPosibles:
    """Middleware: an address that nothing here can have is a missing page before anything reads it.

    A character that is not text, half of one, or a number longer than any of ours never reaches a
    view nor the database, whatever the door and the kind of its parameter. Nor does what says that
    it is written in anything but UTF-8: a name that is no way of writing text broke each view.
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
        dicho = (request.content_params or {}).get("charset", "")
        if dicho and dicho.strip().lower() not in _SE_LEE:
            request.encoding = "utf-8"  # the page that says no is written all the same
            mensaje = "El envío no está escrito en UTF-8"
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
    """Answer when it could not be done: somebody holds it, there is no database, or we failed."""
    falla = falla_de(sys.exc_info()[1], request.method or "")
    if falla is not None:
        return _por_la_base(request, falla)
    if _es_de_programas(request):
        mensaje = "No pudimos responder. Vuelva a pedirlo en unos minutos."
        return _rechazo(500, "FALLA_INTERNA", mensaje)
    return views.error_500(_con_fecha(request))


def _por_la_base(request: HttpRequest, falla: Falla) -> HttpResponse:
    """Answer that somebody else holds what was asked for, or that there is no database for it."""
    if _es_de_programas(request):
        respuesta = _rechazo(falla.estado, falla.codigo, _DE_LA_BASE[falla.codigo])
    elif falla in (EN_USO, DIA_CERRADO):
        respuesta = views.error_409(_con_fecha(request), causa=falla.codigo)
    else:
        fechado = request if falla is SIN_BASE else _con_fecha(request)
        respuesta = views.error_503(fechado, causa=falla.codigo)
    respuesta["Retry-After"] = str(falla.volver_en)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def no_recibido(
    request: HttpRequest, estado: int, limite: int, *, es_formulario: bool
) -> HttpResponse:
    """Answer what was sent and not taken: too large (413), too slow (408), cut (400), too many."""
    if _es_de_programas(request):
        mensaje = _NO_RECIBIDO[estado].format(limite=escribir_tamano(limite))
        respuesta = _rechazo(estado, "NO_RECIBIDO", mensaje)
    else:
        respuesta = views.no_recibido(request, estado, limite=limite, es_formulario=es_formulario)
    respuesta["Cache-Control"] = "no-store"
    respuesta["Connection"] = "close"
    return respuesta


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
