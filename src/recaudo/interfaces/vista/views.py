"""Gallery of the components, statements that every site owes, and the pages for errors."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from recaudo.infra.bitacora.pedido import codigo_de
from recaudo.infra.bitacora.seguridad import anotar
from recaudo.interfaces.vista import muestrario
from recaudo.interfaces.vista.contexto import identidad_actual, rutas
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.puertas import publica


@publica
@require_safe
def galeria(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, as the portal sees them."""
    return render(request, "vista/galeria.html", muestrario.contexto("portal.html"))


@publica
@require_safe
def galeria_oficina(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, as the office sees them."""
    return render(request, "vista/galeria.html", muestrario.contexto("oficina.html"))


@publica
@require_safe
def galeria_lista(request: HttpRequest) -> HttpResponse:
    """Show a list page: filters in the URL, chips, order in the headers, pages."""
    filtro = muestrario.FiltroDeMuestra(request.GET or None, muestrario.filas())
    tabla = muestrario.TablaDeMuestra(filtro.qs)
    RequestConfig(request, paginate={"per_page": 10}).configure(tabla)
    contexto = {"filtro": filtro, "tabla": tabla, "cuantos": len(filtro.qs)}
    return render(request, "vista/galeria_lista.html", contexto)


@publica
@require_safe
def galeria_confirmacion(request: HttpRequest) -> HttpResponse:
    """Show the page that closes an act."""
    return render(request, "vista/galeria_confirmacion.html", muestrario.contexto("portal.html"))


@publica
@require_safe
def accesibilidad(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (RTE INEN 288)."""
    return render(request, "vista/accesibilidad.html")


@publica
@require_safe
def privacidad(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice (LOPDP)."""
    return render(request, "vista/privacidad.html")


_DE_DEUDAS: Final = re.compile("/(deudas|obligaciones|planillas|comprobantes|glosas|valores)/")


def pagina_de_error(request: HttpRequest, estado: int, **extra: Any) -> HttpResponse:
    """Answer with the page of that status; it needs no database, session or user.

    It says the simulated date when the door, or who failed before it, left it in the request.
    """
    contexto = {
        "identidad": identidad_actual(), "rutas": rutas(), "codigo": codigo_de(request),
        "hoy": getattr(request, "hoy", None),
        "es_demostracion": getattr(request, "es_demostracion", False), **extra,
    }  # fmt: skip
    estado_http = extra.get("estado_http", estado)
    return HttpResponse(render_to_string(f"{estado}.html", contexto), status=estado_http)


@publica
def error_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    del exception
    return pagina_de_error(request, 400)


@publica
def error_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who may not see this."""
    del exception
    return pagina_de_error(request, 403)


@publica
def error_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere, or say where what was asked for was looked for."""
    if isinstance(exception, NoHallado):
        base = "oficina.html" if request.path.startswith("/oficina/") else "portal.html"
        contexto = {"base": base, "falta": exception, **exception.marco}
        respuesta = render(request, "vista/no_hallado.html", contexto, status=404)
        respuesta["Cache-Control"] = "private, no-store"
        return respuesta
    return pagina_de_error(request, 404)


@publica
def error_500(request: HttpRequest) -> HttpResponse:
    """Answer when we failed: nothing was saved, and a code to quote."""
    return pagina_de_error(request, 500)


@publica
def error_409(request: HttpRequest, causa: str = "EN_USO") -> HttpResponse:
    """Answer that somebody else holds it: nothing was done, and what was typed goes again as is.

    `causa`: EN_USO, or DIA_CERRADO when the date of it was closed meanwhile.
    """
    que = "esta deuda" if _DE_DEUDAS.search(request.path) else "estos datos"
    respuesta = pagina_de_error(request, 409, escrito=_escrito(request), que=que, causa=causa)
    respuesta["Retry-After"] = "5"
    return respuesta


def _escrito(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Return the fields of a form to send again; None when there are none, or some are not kept.

    A password and a file are never written on a page.
    """
    if request.method != "POST" or request.FILES or "clave" in request.POST:
        return None
    return [(campo, valor) for campo, todos in request.POST.lists() for valor in todos]


@publica
def error_503(request: HttpRequest, volvera: str = "", causa: str = "") -> HttpResponse:
    """Answer that it cannot be now; `volvera` is the hour at which a maintenance ends.

    `causa`: TARDA, SIN_BASE or SOLO_LECTURA; empty, a maintenance.
    """
    respuesta = pagina_de_error(request, 503, volvera=volvera, causa=causa)
    respuesta["Retry-After"] = "600"
    return respuesta


@publica
def no_recibido(
    request: HttpRequest, estado: int, *, limite: int, es_formulario: bool
) -> HttpResponse:
    """Answer what was not taken whole; `limite` in bytes, of a 413, which may be a form's."""
    if estado == 413:
        extra: dict[str, Any] = {"limite": limite, "es_formulario": es_formulario}
        return pagina_de_error(request, 413, **extra)
    if estado == 503:
        return error_503(request, causa="LLENO")
    return pagina_de_error(request, 408, estado_http=estado)


@publica
def falla_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that stayed open too long (setting CSRF_FAILURE_VIEW)."""
    anotar("origen_negado", motivo=reason)
    return pagina_de_error(request, 403, formulario_vencido=True)
