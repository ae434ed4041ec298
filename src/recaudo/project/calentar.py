"""Warm up a process that will serve: what every page needs is read before the first visitor."""

import gc
from typing import Final

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.catalogos.dpa import cantones
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario

#: Objects born and not dead before young ones are looked at. A page makes thousands that die with
#: it by themselves: looking at them every seven hundred took a fifth of the time of each page, and
#: waiting for fifty thousand, a pause that the pages of that tenth of a second all noticed.
UMBRAL_DE_BASURA: Final = 5_000
_MARCO: Final = ("base.html", "portal.html", "oficina.html", "vista/tabla.html", "404.html")


def calentar() -> None:
    """Read the law, the places and the frame, and take all of it out of the garbage collector.

    It needs no database: a process may start before its server answers.
    """
    cargar_parametros()
    cargar_calendario()
    cantones()
    regimenes()
    tipos_empleador()
    _recorrer(get_resolver())
    for nombre in _MARCO:
        _compilar(nombre)
    gc.collect()
    gc.freeze()
    gc.set_threshold(UMBRAL_DE_BASURA)


def _recorrer(resolutor: URLResolver) -> None:
    """Import every view, so that the first visitor of none of them waits for it."""
    for patron in resolutor.url_patterns:
        if isinstance(patron, URLResolver):
            _recorrer(patron)
        elif isinstance(patron, URLPattern):
            patron.lookup_str  # noqa: B018 - resolves the view


def _compilar(nombre: str) -> None:
    try:
        get_template(nombre)
    except TemplateDoesNotExist:
        return
