"""Base of every list: caption, order in the headers, numbers to the right, readable at 320 px."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from recaudo.interfaces.vista import formatos, tonos

POR_PAGINA = 25
MAS_POR_PAGINA = 500


class ColumnaDinero(tables.Column):  # type: ignore[misc]
    """Amounts: `$ 1.234,50`, tabular, to the right. `con_total` adds the sum of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the arguments of a column; cells and header get the class `numero`."""
        kwargs.setdefault("attrs", {"td": {"class": "numero"}, "th": {"class": "numero"},
                                    "tf": {"class": "numero"}})  # fmt: skip
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> SafeString:
        """Write the amount."""
        return format_html('<span class="dinero">{}</span>', formatos.escribir_dinero(value))

    def value(self, value: Any) -> str:
        """Write the amount for exports: plain digits with a point."""
        centavos = formatos.centavos_de(value)
        return f"{'-' if centavos < 0 else ''}{abs(centavos) // 100}.{abs(centavos) % 100:02d}"


class ColumnaNumero(tables.Column):  # type: ignore[misc]
    """Whole numbers to the right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the arguments of a column; cells and header get the class `numero`."""
        kwargs.setdefault("attrs", {"td": {"class": "numero"}, "th": {"class": "numero"},
                                    "tf": {"class": "numero"}})  # fmt: skip
        super().__init__(*args, **kwargs)


class ColumnaCodigo(tables.Column):  # type: ignore[misc]
    """Numbers of documents and identifications: words, never broken in two lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the arguments of a column; cells do not wrap on wide screens."""
        kwargs.setdefault("attrs", {"td": {"class": "sin-corte"}})
        super().__init__(*args, **kwargs)


class ColumnaFecha(tables.Column):  # type: ignore[misc]
    """Dates as `03/12/2026`, instants with their time."""

    def render(self, value: Any) -> SafeString:
        """Write the date inside a `time` element."""
        corta = formatos.escribir_fecha_corta(value)
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), corta)


class ColumnaPeriodo(tables.Column):  # type: ignore[misc]
    """Months as `septiembre de 2026`."""

    def render(self, value: Any) -> str:
        """Write the month."""
        return formatos.escribir_periodo(value)


class ColumnaEstado(tables.Column):  # type: ignore[misc]
    """States as tags, the same words as everywhere."""

    def render(self, value: Any) -> SafeString:
        """Write the tag."""
        tono = tonos.tono_de_estado(value)
        clase = f" etiqueta--{tono}" if tono else ""
        palabra = tonos.palabra_de_estado(value)
        return format_html('<strong class="govuk-tag etiqueta{}">{}</strong>', clase, palabra)


class Tabla(tables.Table):  # type: ignore[misc]
    """Base table. `titulo` is the caption; `vacio_titulo` and `vacio_texto` say why it is empty.

    Narrow screens show each row as a card unless `en_fichas = False`, which scrolls instead.
    """

    titulo = "Lista"
    en_fichas = True
    vacio_titulo = "No hay nada que mostrar"
    vacio_texto = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Use Spanish names in the URL; a subclass needs no `Meta` of ours."""
        kwargs.setdefault("template_name", "vista/tabla.html")
        kwargs.setdefault("order_by_field", "orden")
        kwargs.setdefault("page_field", "pagina")
        kwargs.setdefault("per_page_field", "por_pagina")
        super().__init__(*args, **kwargs)

    def paginate(
        self,
        paginator_class: Any = Paginator,
        per_page: int | None = None,
        page: Any = 1,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Cut the rows in pages; a size that cannot be is the usual one, a page the nearest."""
        cuantas = per_page if per_page in range(1, MAS_POR_PAGINA + 1) else POR_PAGINA
        super().paginate(paginator_class, cuantas, 1, *args, **kwargs)
        self.page = self.paginator.get_page(page)

    def before_render(self, request: Any) -> None:
        """Let each cell carry the name of its column, which narrow screens show beside it."""
        for columna in self.columns.columns.values():
            celda = columna.column.attrs.setdefault("td", {})
            celda["data-columna"] = columna.header

    @property
    def filas_escritas(self) -> SafeString:
        """The rows of this page, written. The attributes of a column are the same in all of them.

        The engine would ask for them, and for its own, at each cell.
        """
        columnas = [(c.name, c.attrs["td"].as_html()) for c in self.columns]
        return mark_safe(  # noqa: S308 - each cell is escaped
            "\n".join(f"<tr>{_celdas(fila, columnas)}</tr>" for fila in self.paginated_rows)
        )


def _celdas(fila: Any, columnas: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f"<td {atributos}>{conditional_escape(fila.get_cell(nombre))}</td>"
        for nombre, atributos in columnas
    )
