"""What every private page of the portal knows: who acts, for which employer, where it stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recaudo.domain.afiliacion.queries import (
    EmpleadorDesconocido,
    FichaEmpleador,
    ficha_propia,
    visible_to,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.kernel.ids import limpiar
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import clave_de_orden

#: The last employer one acted for, by RUC: only to say that it changed. No act reads it.
GALLETA_EMPLEADOR = "empleador"
MARCO = "portal.html"
_RUC = re.compile(r"[0-9]{13}", re.ASCII)
SECCIONES = (
    ("portal:empleador", "Inicio"),
    ("portal:planillas", "Planillas"),
    ("portal:comprobantes", "Comprobantes"),
    ("portal:novedades", "Novedades"),
    ("portal:notificaciones", "Notificaciones"),
)
SECCIONES_PUBLICAS = (
    ("inicio", "Inicio"),
    ("portal:calculadora", "Calculadora"),
    ("portal:verificar", "Verificar un documento"),
)


class Visita(HttpRequest):
    """A request to a public page as the door leaves it; `actor` is None for a stranger.

    `origen` is the address that it comes from.
    """

    actor: Actor | None
    hoy: date
    es_demostracion: bool
    origen: str


class Peticion(HttpRequest):
    """A request to a private page as the door leaves it: `hoy` is the business date, read once.

    `origen` is the address that it comes from.
    """

    actor: Actor
    hoy: date
    es_demostracion: bool
    origen: str


@dataclass(frozen=True, slots=True)
class Representado:
    """One of the employers a person acts for."""

    ruc: str
    razon_social: str

    def coincide(self, texto: str) -> bool:
        """Say whether a search means it: part of its RUC or of its name, accents apart."""
        return limpiar(texto) in self.ruc or clave_de_orden(texto) in clave_de_orden(
            self.razon_social
        )


def empleadores_de(actor: Actor) -> list[Representado]:
    """Return the employers the actor represents, by name."""
    propios = visible_to(actor.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO))
    propios = propios.order_by("clave_orden", "pk")
    return [Representado(*fila) for fila in propios.values_list("ruc", "razon_social")]


def lo_propio(request: Peticion) -> Alcance:
    """Return how far the portal reaches: what is of the employers one represents, nothing else.

    Whoever is also an officer sees here what an employer sees; the rest is seen in the office.
    """
    return request.actor.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO)


def empleador(request: Peticion, ruc: str) -> FichaEmpleador:
    """Return the employer of the address; missing and another's are the same miss page."""
    limpio = limpiar(ruc)
    try:
        return ficha_propia(limpio, alcance=lo_propio(request))
    except EmpleadorDesconocido as falta:
        que = "un empleador con RUC"
        raise NoHallado(
            que, ruc, donde="Lo buscamos entre los empleadores por los que usted actúa.",
            consejos=("Revise el RUC de la dirección: tiene 13 dígitos.",),
        ) from falta  # fmt: skip


def no_hallado(
    que: str, buscado: object, *, de: FichaEmpleador, entre: str, consejo: str, seccion: str
) -> NoHallado:
    """Return the miss of something of an employer: `entre` says among what it was looked for."""
    donde = f"Buscamos entre {entre} de {de.razon_social} (RUC {de.ruc})."
    texto = dict(SECCIONES)[seccion]
    salidas = [Enlace(f"Ver {texto.lower()}", reverse(seccion, args=[de.ruc]))]
    return NoHallado(
        que, buscado, donde=donde, consejos=(consejo,), salidas=salidas, marco=_marco(de, seccion)
    )


@lru_cache(maxsize=1024)
def navegacion(
    secciones: tuple[tuple[str, str], ...], actual: str, ruc: str = ""
) -> tuple[Entrada, ...]:
    """Return the main navigation, with the section where one is; an employer's has its RUC."""
    de_quien = [ruc] if ruc else []
    return tuple(
        Entrada(texto, reverse(n, args=de_quien), es_actual=n == actual) for n, texto in secciones
    )


def _marco(de: FichaEmpleador | None, seccion: str) -> dict[str, Any]:
    """Return what the frame knows of the employer."""
    if de is None:
        return {"marco_de_pagina": MARCO, "navegacion": navegacion(SECCIONES_PUBLICAS, seccion)}
    return {
        "marco_de_pagina": MARCO,
        "navegacion": navegacion(SECCIONES, seccion, de.ruc),
        "empleador": de,
        "actua_por": de.razon_social,
        "sucursales": {s.id: s.codigo for s in de.sucursales},
    }


def pagina(
    request: Peticion,
    plantilla: str,
    contexto: Mapping[str, object] | None = None,
    *,
    de: FichaEmpleador | None = None,
    seccion: str = "",
    migas: Sequence[Miga] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a private page inside the frame: navigation, route, and for whom the actor acts."""
    if de is not None:
        _anunciar_cambio(request, de)
    todo = {"migas": migas, **_marco(de, seccion), **(contexto or {})}
    respuesta = render(request, plantilla, todo, status=status)
    respuesta["Cache-Control"] = "private, no-store"  # nothing is left behind after leaving
    if de is not None and request.COOKIES.get(GALLETA_EMPLEADOR) != de.ruc:
        respuesta.set_cookie(
            GALLETA_EMPLEADOR, de.ruc, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return respuesta


def pagina_de_acto(
    request: Peticion,
    plantilla: str,
    contexto: Mapping[str, object],
    *,
    estado: int = 200,
    **marco: Any,
) -> HttpResponse:
    """Render the page of an act inside the frame; `estado` is its HTTP status."""
    return pagina(request, plantilla, contexto, status=estado, **marco)


def _anunciar_cambio(request: Peticion, de: FichaEmpleador) -> None:
    """Say that one acts now for another employer, unless one was already among its pages."""
    antes = request.COOKIES.get(GALLETA_EMPLEADOR, de.ruc)
    viene_de = _lugar_de(request.headers.get("Referer", ""))
    if antes != de.ruc and not viene_de.startswith(reverse("portal:empleador", args=[de.ruc])):
        aviso = f"Cambió de empleador: ahora actúa por {de.razon_social}, RUC {de.ruc}."
        messages.info(request, aviso)


def _lugar_de(direccion: str) -> str:
    """Return the path of an address that somebody else wrote; empty when it is none."""
    try:
        return urlsplit(direccion).path
    except ValueError:
        return ""


def pagina_publica(
    request: Visita,
    plantilla: str,
    contexto: Mapping[str, object] | None = None,
    *,
    seccion: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page that needs no login; employers who are inside keep their navigation."""
    todo = {**marco_publico(request, seccion), **(contexto or {})}
    return render(request, plantilla, todo, status=status)


def marco_publico(request: Visita, seccion: str) -> dict[str, Any]:
    """Return what the frame of a public page needs: the navigation of whoever looks."""
    ruc = request.COOKIES.get(GALLETA_EMPLEADOR, "")
    if request.actor is not None and request.actor.representados and _RUC.fullmatch(ruc):
        entradas = navegacion(SECCIONES, seccion, ruc)
    else:
        entradas = navegacion(SECCIONES_PUBLICAS, seccion)
    return {"navegacion": entradas}


def no_es_posible(
    request: Peticion,
    rechazo: Rechazo,
    *,
    titulo: str,
    salidas: Sequence[Enlace],
    de: FichaEmpleador | None = None,
    seccion: str = "",
) -> HttpResponse:
    """Answer an act that the law or the state of things does not allow: why, and what can be done.

    It is not an error of the person: its own page (pattern P5), status 422.
    """
    contexto = {"titulo": titulo, "rechazo": rechazo, "salidas": salidas}
    return pagina(
        request, "portal/no_es_posible.html", contexto, de=de, seccion=seccion, status=422
    )
