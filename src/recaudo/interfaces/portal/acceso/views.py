"""Enter and leave."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from recaudo.infra.bitacora.seguridad import anotar
from recaudo.infra.clock import ahora
from recaudo.infra.security.entrada import MEMORIA, ResultadoDeEntrada, probar_entrada
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.sesiones import inactividad_de, presentar
from recaudo.interfaces.portal.acceso.aparatos import decir_aparato
from recaudo.interfaces.portal.acceso.forms import FormularioDeEntrada
from recaudo.interfaces.portal.contexto import GALLETA_EMPLEADOR, Visita, pagina_publica
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.puertas import publica

NO_COINCIDE = "La identificación y la clave no coinciden. Revíselas y vuelva a intentarlo"


@publica
@sensitive_post_parameters("clave")
@require_http_methods(["GET", "HEAD", "POST"])
def entrar(request: Visita) -> HttpResponse:
    """Let a person in; the answer never tells whether the account exists."""
    destino = _destino_seguro(request)
    if request.actor is not None and request.method != "POST":
        return HttpResponseRedirect(destino)
    form = FormularioDeEntrada(request.POST if request.method == "POST" else None)
    resultado = ResultadoDeEntrada(None)
    if form.is_bound and form.is_valid():
        resultado = probar_entrada(
            identificacion=form.cleaned_data["identificacion"],
            clave=form.cleaned_data["clave"],
            origen=request.origen,
            aparato=request.COOKIES.get(settings.GALLETA_DE_APARATO, ""),
            ahora=ahora(),
        )
        if resultado.usuario is not None:
            return _adentro(request, resultado.usuario, resultado.aparato, destino)
        form.add_error(None, _frase(resultado))
    estado = 200 if not form.is_bound else 429 if resultado.espera else 422
    contexto = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    respuesta = pagina_publica(request, "portal/acceso/entrar.html", contexto, status=estado)
    if resultado.espera:
        respuesta["Retry-After"] = str(resultado.espera)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _adentro(request: Visita, usuario: Usuario, aparato: str, destino: str) -> HttpResponseRedirect:
    """Begin the session of who entered, under a new key, and leave its key in the browser."""
    login(request, usuario)
    presentar(
        request.session,
        aparato=decir_aparato(request.headers.get("User-Agent", "")),
        origen=request.origen,
        inactividad=inactividad_de(usuario, hoy=request.hoy),
    )
    respuesta = HttpResponseRedirect(destino)
    respuesta.set_cookie(
        settings.GALLETA_DE_APARATO, aparato, max_age=MEMORIA, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return respuesta


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def salir(request: Visita) -> HttpResponse:
    """Close the session (POST); by mistake with GET, it only goes home."""
    if request.method == "POST":
        if request.actor is not None:
            anotar("salida", usuario=request.actor.id)
        logout(request)
        messages.success(request, "Cerró su sesión.")
    respuesta = redirect("inicio")
    respuesta.delete_cookie(GALLETA_EMPLEADOR)
    return respuesta


def _frase(resultado: ResultadoDeEntrada) -> str:
    if not resultado.espera:
        return NO_COINCIDE
    segundos = contar(resultado.espera, "segundo", "segundos")
    return f"Hubo varios intentos fallidos. Espere {segundos} y vuelva a intentarlo"


def _destino_seguro(request: Visita) -> str:
    """Return where to go after entering: an address of this site, or home."""
    pedido = request.POST.get("next") or request.GET.get("next") or ""
    es_propio = url_has_allowed_host_and_scheme(
        pedido, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return pedido if es_propio and pedido.startswith("/") else reverse("inicio")
