"""The small components that every page repeats, written directly: what their templates give.

A component costs four times what it writes: a frame, a stack, the words of its template. A page has
a dozen of these. Its test compares each with its template, attribute by attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, Final

from django.template import Context
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_cotton.templatetags import UnprocessableDynamicAttr
from django_cotton.templatetags._component import (
    AttrKind,
    CottonComponentNode,
    PreparedAttr,
    cotton_component,
)

from recaudo.interfaces.vista import formatos, tonos


def _texto(valor: Any) -> str:
    """Return a value as `{{ valor }}` leaves it in a page."""
    return conditional_escape(valor if isinstance(valor, str) else localize(valor))


def _dinero(*, valor: Any = None, grande: Any = False) -> str:
    clase = "dinero dinero--grande" if grande else "dinero"
    return f'<span class="{clase}">{_texto(formatos.escribir_dinero(valor))}</span>'


def _etiqueta(*, estado: Any = "", texto: Any = "", tono: Any = "") -> str:
    suyo = tono or tonos.tono_de_estado(estado)
    clase = f" etiqueta--{_texto(suyo)}" if suyo else ""
    letrero = _texto(texto or tonos.palabra_de_estado(estado))
    return f'<strong class="govuk-tag etiqueta{clase}">{letrero}</strong>'


def _entrada(entrada: Any) -> str:
    actual = ' aria-current="page"' if entrada.es_actual else ""
    return f'<li><a href="{_texto(entrada.url)}"{actual}>{_texto(entrada.texto)}</a></li>'


def _navegacion(*, entradas: Any = ()) -> str:
    return (
        '\n<nav class="navegacion" aria-label="Principal"><div class="contenedor"><ul>'
        f"{''.join(map(_entrada, entradas or ()))}</ul></div></nav>\n"
    )


def _pestanas(*, entradas: Any = (), titulo: Any = "Secciones") -> str:
    return (
        f'\n<nav class="pestanas" aria-label="{_texto(titulo)}"><ul>'
        f"{''.join(map(_entrada, entradas or ()))}</ul></nav>\n"
    )


def _migas(*, migas: Any = ()) -> str:
    pasos = "".join(
        f'<li><a href="{_texto(miga.url)}">{_texto(miga.texto)}</a></li>'
        if miga.url
        else f'<li><span aria-current="page">{_texto(miga.texto)}</span></li>'
        for miga in migas or ()
    )
    return f'\n<nav class="migas" aria-label="Ruta"><ol>{pasos}</ol></nav>\n'


#: By the name of the component. The parameters of each are the attributes it takes.
DIRECTOS: Final[Mapping[str, Callable[..., str]]] = {
    "dinero": _dinero,
    "etiqueta-estado": _etiqueta,
    "navegacion": _navegacion,
    "pestanas": _pestanas,
    "migas": _migas,
}


def componente(parser: Parser, token: Token) -> Node:
    """Compile `<c-…>`: written directly when it is one of these and has nothing inside."""
    nodo = cotton_component(parser, token)
    escribir = DIRECTOS.get(nodo.component_name)
    compilado: Node = nodo
    if escribir is not None and not nodo.only and _vacio(nodo.nodelist):
        dados = {atributo.key for atributo in nodo._prepared_attrs}  # noqa: SLF001 - its version is locked
        if dados <= signature(escribir).parameters.keys():
            compilado = Directo(nodo, escribir)
    return compilado


def _vacio(dentro: NodeList) -> bool:
    return all(isinstance(nodo, TextNode) and not nodo.s.strip() for nodo in dentro)


class Directo(Node):
    """One component in a page, without its template; what it cannot resolve goes by it."""

    def __init__(self, nodo: CottonComponentNode, escribir: Callable[..., str]) -> None:
        """Keep the component as it was compiled, and what writes it."""
        self.nodo, self.escribir = nodo, escribir
        self.atributos: list[PreparedAttr] = nodo._prepared_attrs  # noqa: SLF001 - its version is locked

    def render(self, context: Context) -> SafeString:
        """Write it."""
        try:
            dados = {atributo.key: _valor(atributo, context) for atributo in self.atributos}
        except UnprocessableDynamicAttr:
            return mark_safe(str(self.nodo.render(context)))  # noqa: S308 - a template made it
        return mark_safe(self.escribir(**dados))  # noqa: S308 - each part is escaped


def _valor(atributo: PreparedAttr, context: Context) -> Any:
    """Return what an attribute says here, as the engine of the components would."""
    if atributo.kind is AttrKind.DYNAMIC or atributo.kind is AttrKind.UNQUOTED:
        return atributo.compiled.resolve(context)
    if atributo.kind is AttrKind.ESCAPED and atributo.compiled:
        return atributo.compiled.render(context)
    return atributo.value
