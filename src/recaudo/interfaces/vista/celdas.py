"""The cells of a list, written: the tags, one row after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import signature
from typing import Any

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

Escritor = Callable[[Any], Any]


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
