"""How much a request may send, told before it is read; what is answered when it is not taken."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from recaudo.infra.security.models import Usuario
from recaudo.infra.security.sesiones import SessionStore
from recaudo.interfaces.vista.puertas import bytes_que_recibe, es_publica, permiso_de
from recaudo.project import errores
from recaudo.project.pedidos import NEGADO, PEQUENO
from recaudo.project.quien import presencia_de


def permitido(ambiente: dict[str, Any]) -> int:
    """Return how many bytes a request may send: those of its view, if who asks may open it.

    `ambiente` is that of WSGI, without a body. A view that says nothing, an address that is no page
    and a stranger where one must log in have a form's (`PEQUENO`).
    """
    pedido = WSGIRequest(ambiente)
    try:
        vista = resolve(pedido.path_info).func
    except Http404:
        return PEQUENO
    limite = bytes_que_recibe(vista) + PEQUENO
    if limite == PEQUENO or es_publica(vista) or _puede(pedido, vista):
        return limite
    return PEQUENO


def _puede(pedido: WSGIRequest, vista: Callable[..., Any]) -> bool:
    galleta = pedido.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not galleta:
        return False
    pedido.session = SessionStore(galleta)
    usuario = get_user(pedido)
    if not isinstance(usuario, Usuario):
        return False
    permiso = permiso_de(vista)
    return permiso is None or presencia_de(usuario).actor.puede(permiso)


def pide_archivo(consulta: str) -> bool:
    """Say whether a query asks for a list as a file."""
    return "formato=" in consulta


class Negados:
    """Middleware: a request whose body was not taken gets its page, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer it, or go on."""
        negado = request.META.get(NEGADO)
        if negado is None:
            return self.get_response(request)
        estado, limite = negado
        es_formulario = limite <= PEQUENO
        dicho = limite if es_formulario else limite - PEQUENO
        return errores.no_recibido(request, estado, dicho, es_formulario=es_formulario)
