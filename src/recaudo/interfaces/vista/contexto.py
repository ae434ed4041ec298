"""What every page knows about the institution that runs it: neutral until settings say more."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

import recaudo

IDENTIDAD_NEUTRA: dict[str, Any] = {
    "producto": "Recaudación y cartera",
    "institucion": "Seguridad social del Ecuador",
    "unidad": "Dirección provincial",
    "telefono": "",
    "correo": "",
    "horario": "",
    "sitio_verificacion": "",
    "version": recaudo.__version__,
    "revision": "",
    "demostracion": False,
    "fecha_simulada": None,
}


def identidad_actual() -> dict[str, Any]:
    """Return the identity in force: `settings.RECAUDO_IDENTIDAD` over the neutral one.

    `fecha_simulada` may be a date or a function without arguments that returns one (the demo
    clock moves while the site runs).
    """
    propia = {**IDENTIDAD_NEUTRA, **getattr(settings, "RECAUDO_IDENTIDAD", {})}
    fecha = propia["fecha_simulada"]
    if callable(fecha):
        propia["fecha_simulada"] = fecha()
    if propia["fecha_simulada"] is not None and not isinstance(propia["fecha_simulada"], date):
        falta = "RECAUDO_IDENTIDAD['fecha_simulada'] must be a date or return one"
        raise TypeError(falta)
    return propia


def rutas() -> dict[str, str]:
    """Return the addresses of the frame, found once; empty where a small site has no such page."""
    return _rutas_de(settings.ROOT_URLCONF)


@cache
def _rutas_de(urlconf: str) -> dict[str, str]:
    halladas = {}
    for nombre in ("salir", "entrar", "sesiones", "vista:accesibilidad", "vista:privacidad"):
        with suppress(NoReverseMatch):
            halladas[nombre.removeprefix("vista:")] = reverse(nombre, urlconf=urlconf)
    return halladas


def identidad(request: HttpRequest) -> dict[str, Any]:
    """Context processor: put `identidad` and `rutas` in every page."""
    del request
    return {"identidad": identidad_actual(), "rutas": rutas()}
