"""The search bar of a list: drawn once for every visit whose address asks for nothing.

Nine of ten visits of a list search for nothing, and its bar is then the same for everybody who is
offered the same choices: it depends on the class of the list, its columns and those choices. No
row, no person and no address is in what is kept; the address of the page is put in at each visit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from recaudo.interfaces.vista.filtros import Filtro

PLANTILLA: Final = "vista/_barra.html"
#: Stands for the address of the page in what is kept; no address and no word can hold it.
_RUTA: Final = "\x00ruta\x00"
_CUANTAS: Final = 256
_GUARDADAS: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()

Opciones = Mapping[str, Sequence[tuple[str, str]]]


def barra(
    request: HttpRequest, tabla: Any, filtro: Callable[[], Filtro], opciones: Opciones | None
) -> SafeString:
    """Return the bar of a list: its search, its filters, its orders, and what is applied."""
    if request.GET:
        return _dibujar(filtro(), tabla, request.path)
    clave = _clave(tabla, opciones)
    partes = _GUARDADAS.get(clave)
    if partes is None:
        partes = tuple(_dibujar(filtro(), tabla, _RUTA).split(_RUTA))
        _GUARDADAS[clave] = partes
        if len(_GUARDADAS) > _CUANTAS:
            _GUARDADAS.popitem(last=False)
    return mark_safe(conditional_escape(request.path).join(partes))  # noqa: S308 - a template made it


def _dibujar(filtro: Filtro, tabla: Any, ruta: str) -> SafeString:
    return render_to_string(PLANTILLA, {"filtro": filtro, "tabla": tabla, "ruta": ruta})


def _clave(tabla: Any, opciones: Opciones | None) -> Hashable:
    """Return all that the bar shows when nothing is asked: the list, its columns, the choices."""
    clase = type(tabla)
    de_quien_mira = tuple((n, tuple(map(tuple, o))) for n, o in (opciones or {}).items())
    del_momento = tuple(
        (nombre, tuple(map(tuple, escogibles())))
        for nombre, filtro in clase.filtros.items()
        if callable(escogibles := filtro.extra.get("choices"))
    )
    return clase, tuple(tabla.exclude), de_quien_mira, del_momento
