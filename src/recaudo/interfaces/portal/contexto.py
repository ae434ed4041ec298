"""What every private page of the portal knows: who acts, for which employer, where it stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recaudo.domain.afiliacion.queries import (
    EmpleadorDesconocido,
    FichaEmpleador,
    ficha_de_empleador,
    visible_to,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.kernel.refusals import Rechazo

SESION_EMPLEADOR = "empleador"
SECCIONES = (
    ("inicio", "Inicio"),
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
    """A request to a public page as the door leaves it; `actor` is None for a stranger."""

    actor: Actor | None
    hoy: date
    es_demostracion: bool


class Peticion(HttpRequest):
    """A request to a private page as the door leaves it: `hoy` is the business date, read once."""

    actor: Actor
    hoy: date
    es_demostracion: bool


def empleadores_de(actor: Actor) -> list[tuple[int, str, str]]:
    """Return (id, RUC, name) of the employers the actor represents, by name."""
    propios = visible_to(actor.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO))
    propios = propios.order_by("clave_orden", "pk")
    return list(propios.values_list("pk", "ruc", "razon_social"))


def lo_propio(request: Peticion) -> Alcance:
    """Return how far the portal reaches: what is of the employers one represents, nothing else.

    Whoever is also an officer sees here what an employer sees; the rest is seen in the office.
    """
    return request.actor.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO)


def empleador_actual(request: Peticion) -> FichaEmpleador:
    """Return the employer chosen in this session, or the first by name; 404 without any."""
    elegido = request.session.get(SESION_EMPLEADOR)
    representados = request.actor.representados
    if elegido in representados:
        return empleador(request, elegido)
    if len(representados) == 1:
        return empleador(request, next(iter(representados)))
    propios = empleadores_de(request.actor)
    if not propios:
        raise no_encontrado()
    return empleador(request, propios[0][0])


def empleador(request: Peticion, empleador_id: int) -> FichaEmpleador:
    """Return one employer of the actor's; missing and another's are the same 404."""
    try:
        return ficha_de_empleador(empleador_id, alcance=lo_propio(request))
    except EmpleadorDesconocido as falta:
        raise no_encontrado() from falta


def no_encontrado() -> Http404:
    """Return the one answer for what is missing and for what is another's."""
    mensaje = "No encontramos esta página"
    return Http404(mensaje)


@lru_cache(maxsize=32)
def navegacion(secciones: tuple[tuple[str, str], ...], actual: str) -> tuple[Entrada, ...]:
    """Return the main navigation, with the section where one is."""
    return tuple(Entrada(texto, reverse(n), es_actual=n == actual) for n, texto in secciones)


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
    marco: dict[str, Any] = {
        "navegacion": navegacion(SECCIONES, seccion),
        "migas": migas,
        "empleador": de,
        "actua_por": de.razon_social if de else "",
        "sucursales": {s.id: s.codigo for s in de.sucursales} if de else {},
    }
    respuesta = render(request, plantilla, {**marco, **(contexto or {})}, status=status)
    respuesta["Cache-Control"] = "private, no-store"  # nothing is left behind after leaving
    return respuesta


def pagina_publica(
    request: Visita,
    plantilla: str,
    contexto: Mapping[str, object] | None = None,
    *,
    seccion: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page that needs no login; employers who are inside keep their navigation."""
    es_empleador = request.actor is not None and bool(request.actor.representados)
    secciones = SECCIONES if es_empleador else SECCIONES_PUBLICAS
    marco = {"navegacion": navegacion(secciones, seccion)}
    return render(request, plantilla, {**marco, **(contexto or {})}, status=status)


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
