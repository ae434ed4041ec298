"""Frame of every page of the office: the menu of what one may open, the scope, the refusals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from recaudo.domain.organizacion.queries import provincias
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.kernel.refusals import Rechazo

NO_EXISTE = "No encontramos esta página"
ROL_EXTERNO = "EMP"
Valor = TypeVar("Valor")


class Pedido(HttpRequest):
    """A request after the door: who asks, on what business date.

    `alcance` is how far the permission that the view demands reaches.
    """

    actor: Actor
    alcance: Alcance
    hoy: date
    es_demostracion: bool


@dataclass(frozen=True, slots=True)
class Seccion:
    """One entry of the menu: its words, the name of its address, the permission it needs."""

    texto: str
    nombre: str
    permiso: Permiso


@dataclass(frozen=True, slots=True)
class Direcciones:
    """The addresses of a room: what they begin with, and the module that lists them."""

    prefijo: str
    modulo: str


_MENU: list[Seccion] = []
_DIRECCIONES: list[Direcciones] = []


def conectar_pantallas(*, direcciones: Sequence[Direcciones], menu: Sequence[Seccion]) -> None:
    """Set the rooms that the office opens and its menu. Only `project.wiring` calls it, once."""
    _DIRECCIONES[:] = direcciones
    _MENU[:] = menu


def direcciones_de_los_cuartos() -> tuple[Direcciones, ...]:
    """Return the addresses of every room, in their order."""
    return tuple(_DIRECCIONES)


def es_personal(actor: Actor) -> bool:
    """Say whether the actor works in the institution (an employer alone does not)."""
    return bool(actor.roles - {ROL_EXTERNO})


def direccion(nombre: str, *partes: object) -> str:
    """Return the address of a page of the office."""
    return reverse(f"oficina:{nombre}", args=partes)


def pagina(
    request: HttpRequest,
    plantilla: str,
    contexto: Mapping[str, Any] | None = None,
    *,
    seccion: str = "",
    migas: tuple[Miga, ...] = (),
    estado: int = 200,
) -> HttpResponse:
    """Answer with a page inside the frame; `seccion` is the entry of the menu that is current."""
    marco = _marco(de_la_puerta(request).actor, seccion, migas)
    completa = plantilla if plantilla.startswith("vista/") else f"oficina/{plantilla}"
    return render(request, completa, {**marco, **(contexto or {})}, status=estado)


def _marco(actor: Actor, seccion: str, migas: tuple[Miga, ...] = ()) -> dict[str, Any]:
    return {
        "marco_de_pagina": "oficina/marco.html",
        "navegacion": _navegacion(actor, seccion),
        "ambito": ambito_de(actor),
        "migas": list(migas),
        "url_buscar": direccion("buscar") if actor.puede(Permiso.EMPLEADOR_VER) else "",
    }


def pestanas_de(
    pestanas: Sequence[tuple[str, str, Permiso]], de: str, *, actual: str, actor: Actor
) -> list[Entrada]:
    """Return the tabs of a sheet that the actor may open: name of each address, words, permission.

    `de` is whose they are, as their addresses say it.
    """
    return [
        Entrada(texto, direccion(nombre, de), nombre == actual)
        for nombre, texto, permiso in pestanas
        if actor.puede(permiso)
    ]


def de_la_puerta(request: HttpRequest) -> Pedido:
    """Return the same request, with the type that the door gives it."""
    return cast("Pedido", request)


def ambito_de(actor: Actor) -> str:
    """Return where and as what the actor works: `Pichincha · Analista de Cartera`.

    A delegation names who delegates.
    """
    roles = " y ".join(_cargo(actor, r) for r in sorted(actor.roles - {ROL_EXTERNO}))
    territorio = actor.territorio
    if territorio.nacion:
        return f"Todo el país · {roles}"
    lugares = [p.nombre for p in provincias() if territorio.contiene(provincia=p.codigo)]
    return f"{', '.join(lugares) or 'Sin provincia asignada'} · {roles}"


def _cargo(actor: Actor, rol: str) -> str:
    """Return the name of an office held, and by whose delegation when it is by one (COA 73)."""
    delegantes = actor.delegantes(rol)
    por = f" (por delegación de {' y '.join(delegantes)})" if delegantes else ""
    return f"{ROLES[rol].nombre}{por}"


def o_no_existe(
    leer: Callable[[], Valor | None],
    *,
    de: HttpRequest | None = None,
    que: str = "",
    buscado: object = "",
    lista: str = "",
) -> Valor:
    """Return what a query finds; missing and forbidden are the same absent page (404).

    `que` («la glosa») and `buscado` are what was asked for; `lista`, where the others are. The page
    says where it was looked for and what else to try.
    """
    try:
        hallado = leer()
    except Rechazo as rechazo:
        raise _falta(de, que, buscado, lista) from rechazo
    if hallado is None:
        raise _falta(de, que, buscado, lista)
    return hallado


def _falta(request: HttpRequest | None, que: str, buscado: object, lista: str) -> Http404:
    if request is None:
        return Http404(NO_EXISTE)
    actor = de_la_puerta(request).actor
    salidas = [Enlace("Ver la lista", direccion(lista))] if lista else []
    if actor.puede(Permiso.EMPLEADOR_VER):
        ruta = f"{direccion('buscar')}?{urlencode({'q': buscado})}"
        salidas.append(Enlace("Buscarlo en toda la oficina", ruta))
    return NoHallado(
        que,
        buscado,
        donde=f"Lo buscamos entre lo que usted puede ver: {ambito_de(actor)}.",
        consejos=("Revise el número, cifra por cifra.",),
        salidas=salidas,
        marco={**_marco(actor, lista), "base": "oficina/marco.html"},
    )


def _navegacion(actor: Actor, seccion: str) -> list[Entrada]:
    inicio = Entrada("Inicio", direccion("inicio"), seccion == "inicio")
    buscar = Entrada("Buscar", direccion("buscar"), seccion == "buscar")
    return [
        inicio,
        *([buscar] if actor.puede(Permiso.EMPLEADOR_VER) else []),
        *(
            Entrada(s.texto, direccion(s.nombre), s.nombre == seccion)
            for s in _MENU
            if actor.puede(s.permiso)
        ),
    ]
