"""The door: reads the clock once, finds out who is here, and keeps every page private by default.

A view is public only when it says so with `publica`; it states its permission with `exige`.
The architecture test walks every URL and compares it with what each role may open.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from recaudo.infra import clock
from recaudo.infra.bitacora.seguridad import anotar
from recaudo.infra.security.actor import SinPermiso
from recaudo.infra.security.alcance import NADA
from recaudo.infra.security.models import Usuario
from recaudo.interfaces.vista.puertas import es_publica, permiso_de
from recaudo.project.quien import presencia_de


def fechar(request: HttpRequest, simulada: date | None) -> None:
    """Leave the business date in a request, and whether it is a demonstration's."""
    puerta = cast("Any", request)
    puerta.hoy = simulada or clock.ahora().date()
    puerta.es_demostracion = simulada is not None


class PrivadoPorDefecto:
    """Middleware: no view runs for a stranger unless it declared itself public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who is here, read the clock and go on."""
        if isinstance(request.user, Usuario):
            presencia = presencia_de(request.user)
            actor, simulada = presencia.actor, presencia.simulada
        else:
            actor, simulada = None, clock.fecha_simulada()
        cast("Any", request).actor = actor
        fechar(request, simulada)
        respuesta = self.get_response(request)
        if actor is not None:  # nothing that somebody inside was shown is left behind
            respuesta["Cache-Control"] = "private, no-store"
        return respuesta

    def process_view(
        self,
        request: HttpRequest,
        vista: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """Stop strangers at the login; a permission that is not held answers as a missing page."""
        if es_publica(vista):
            return None
        actor = cast("Any", request).actor
        if actor is None:
            return redirect(f"{reverse('entrar')}?{urlencode({'next': request.get_full_path()})}")
        try:
            permiso = permiso_de(vista)
        except LookupError as falta:
            mensaje = "No encontramos esta página"
            raise Http404(mensaje) from falta
        if permiso is not None and not actor.puede(permiso):
            anotar("permiso_negado", usuario=actor.id, permiso=permiso.name)
            raise Http404(SinPermiso.mensaje)
        cast("Any", request).alcance = NADA if permiso is None else actor.alcance(permiso)
        return None
