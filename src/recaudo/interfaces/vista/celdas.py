"""The cells of a list, written: its head, the tags, one row after another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from inspect import signature
from types import FunctionType, MethodType
from typing import Any, Final, NamedTuple

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils.html import conditional_escape, escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

Escritor = Callable[[Any], Any]


class Fijo(NamedTuple):
    """What a column writes the same in every visit: its heading, the order it offers, its cells."""

    encabezado: str
    letrero: str
    orden: str
    celda: str


#: By the class of the list, its columns and their order: words of the code, nothing that was read.
_FIJOS: Final[dict[Hashable, tuple[Fijo, ...]]] = {}
_CUANTOS: Final = 512


def fijos(tabla: tables.Table) -> tuple[Fijo, ...]:
    """Return the fixed part of each column, in their order. `before_render` comes first."""
    ordenada = tuple(tabla.order_by or ())
    clave = (type(tabla), tuple(tabla.columns.names()), ordenada, tabla.orderable)
    hechos = _FIJOS.get(clave)
    if hechos is None:
        hechos = tuple(_fijo(columna) for columna in tabla.columns)
        if len(ordenada) < 2 and len(_FIJOS) < _CUANTOS:  # an address may ask for any orders
            _FIJOS[clave] = hechos
    return hechos


def _fijo(columna: tables.columns.BoundColumn) -> Fijo:
    atributos = columna.attrs
    clase = atributos["th"].get("class")
    partes = ['<th scope="col"']
    if clase:
        partes.append(f' class="{conditional_escape(clase)}"')
    if columna.is_ordered:
        sentido = "descending" if columna.order_by_alias.is_descending else "ascending"
        partes.append(f' aria-sort="{sentido}"')
    return Fijo(
        f"{''.join(partes)}>",
        conditional_escape(columna.header),
        str(columna.order_by_alias.next) if columna.orderable else "",
        atributos["td"].as_html(),
    )


def cabeza(tabla: tables.Table, consulta: QueryDict) -> SafeString:
    """Return the headings of a list; those that order it lead to the same address, so ordered."""
    partes, pedido = [], dict(consulta.lists())
    for fijo in fijos(tabla):
        letrero = fijo.letrero
        if fijo.orden:
            orden = {**pedido, tabla.prefixed_order_by_field: fijo.orden}
            letrero = f'<a href="{escape("?" + urlencode(orden, doseq=True))}">{letrero}</a>'
        partes.append(f"\n    {fijo.encabezado}{letrero}</th>")
    return mark_safe("".join(partes))  # noqa: S308 - each part is escaped


def etiqueta(texto: str, tono: str) -> SafeString:
    """Return a tag with its tone."""
    clase = f" etiqueta--{tono}" if tono else ""
    return format_html('<strong class="govuk-tag etiqueta{}">{}</strong>', clase, texto)


def escribir_fila(fila: Any, columnas: Sequence[tuple[Escritor, str, bool]]) -> str:
    """Return the cells of one row: of each column its writer, its attributes, if it is the key."""
    return "".join(
        f'<th scope="row" {atributos}>{conditional_escape(escribir(fila))}</th>'
        if es_clave
        else f"<td {atributos}>{conditional_escape(escribir(fila))}</td>"
        for escribir, atributos, es_clave in columnas
    )


def escritor(tabla: tables.Table, columna: tables.columns.BoundColumn) -> Escritor:
    """Return what writes the cells of a column.

    The engine asks at every cell what the functions of its column take; here it is asked once.
    """
    toma, enlace = _parametros(columna.render), columna.link
    toma_enlace = _parametros(enlace.url) if enlace and callable(enlace.url) else None
    con_a = enlace is not None and (toma_enlace is None or enlace.attrs)
    if toma is None or con_a or _de_lista_cerrada(tabla, str(columna.accessor)):
        return lambda fila: fila.get_cell(columna.name)

    def escribir(fila: Any) -> Any:
        valor = columna.accessor.resolve(fila.record, quiet=True)
        if valor in columna.column.empty_values:
            return columna.default
        dado = {
            "value": valor,
            "record": fila.record,
            "column": columna.column,
            "bound_column": columna,
            "bound_row": fila,
            "table": tabla,
        }
        escrito = columna.render(**{nombre: dado[nombre] for nombre in toma})
        if toma_enlace is None:
            return escrito
        url = enlace.url(**{nombre: dado[nombre] for nombre in toma_enlace})
        return escrito if url is None else format_html('<a href="{}">{}</a>', url, escrito)

    return escribir


def _parametros(funcion: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return the names that a function takes; None when it takes whatever it is given."""
    if isinstance(funcion, MethodType) and isinstance(funcion.__func__, FunctionType):
        suyos = _de_funcion(funcion.__func__)
        return None if suyos is None else suyos[1:]
    return _de_funcion(funcion)


@lru_cache(maxsize=512)
def _de_funcion(funcion: Callable[..., Any]) -> tuple[str, ...] | None:
    parametros = signature(funcion).parameters.values()
    if any(p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in parametros):
        return None
    return tuple(p.name for p in parametros)


def _de_lista_cerrada(tabla: tables.Table, campo: str) -> bool:
    """Whether the model of the rows gives its own words to that field."""
    try:
        return bool(tabla.data.model._meta.get_field(campo).choices)  # noqa: SLF001 - Django's API
    except (AttributeError, FieldDoesNotExist):
        return False
