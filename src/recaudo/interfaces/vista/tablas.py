"""Lists and their columns: what each shows, what each exports, how it sums and how it is filtered.

A list is one class. Its attributes say everything that its page needs: the words, the search and
the filters, the row header, the totals, the name of its file. Each column turns the value that SQL
gave it into what people read (`render`) and into what a file keeps (`exporta`), never HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django_filters import Filter

from recaudo.interfaces.vista import formatos, tonos
from recaudo.interfaces.vista.celdas import cabeza, escribir_fila, escritor, etiqueta, fijos
from recaudo.interfaces.vista.corrientes import corriente, exportador
from recaudo.interfaces.vista.filtros import Busqueda, Filtro, clase_de_filtro
from recaudo.interfaces.vista.hojas import Fila, Valor
from recaudo.interfaces.vista.renglones import cortable
from recaudo.interfaces.vista.tramos import EnTramos, Tramo, contar_tramos
from recaudo.kernel.money import Dinero, Tasa

POR_PAGINA = 25
MAS_POR_PAGINA = 500


class Columna(tables.Column):  # type: ignore[misc]
    """Words. `palabra` turns a code into what people read, on the screen and in the file."""

    clase: ClassVar[str] = ""

    def __init__(
        self,
        verbose_name: str | None = None,
        *,
        palabra: Callable[[Any], str] | None = None,
        corto: bool = False,
        **kwargs: Any,
    ) -> None:
        """Keep the arguments of a column; cells and header get the class of their kind.

        `corto` keeps the cell in one line on wide screens, with the whole text at hand.
        """
        clase = {"class": self.clase} if self.clase else {}
        kwargs.setdefault("attrs", {"td": dict(clase), "th": dict(clase), "tf": dict(clase)})
        self.palabra, self.corto = palabra, corto
        super().__init__(verbose_name, **kwargs)

    def render(self, value: Any) -> Any:
        """Write the value as people read it; no word is longer than its place."""
        escrito = self.palabra(value) if self.palabra else value
        if not isinstance(escrito, str):
            return escrito
        texto = cortable(escrito)
        return (
            format_html('<span class="corto" title="{}">{}</span>', escrito, texto)
            if (self.corto)
            else texto
        )

    def exporta(self, valor: Any) -> Valor:
        """Return the value for a file: a text, a number, an amount, a date or nothing."""
        if valor is None:
            return None
        return str(self.palabra(valor) if self.palabra else valor)


class ColumnaDinero(Columna):
    """Amounts: `$ 1.234,50`, tabular, to the right."""

    clase = "numero"

    def render(self, value: Any) -> SafeString:
        """Write the amount."""
        return format_html('<span class="dinero">{}</span>', formatos.escribir_dinero(value))

    def exporta(self, valor: Any) -> Valor:
        """Return the amount itself."""
        if valor is None or isinstance(valor, Dinero):
            return valor
        return Dinero.de_centavos(formatos.centavos_de(valor))


class ColumnaNumero(Columna):
    """Whole numbers to the right, thousands grouped."""

    clase = "numero"

    def render(self, value: Any) -> Any:
        """Write the number, or its words when the column has some."""
        return self.palabra(value) if self.palabra else f"{value:,}".replace(",", ".")

    def exporta(self, valor: Any) -> Valor:
        """Return the number."""
        return None if valor is None else int(valor)


class ColumnaTasa(Columna):
    """Percentages: `7,99 %`."""

    clase = "numero"

    def render(self, value: Any) -> str:
        """Write the percentage."""
        return formatos.escribir_porcentaje(_tasa(value))

    def exporta(self, valor: Any) -> Valor:
        """Return the percentage as a number."""
        return None if valor is None else _tasa(valor)


def _tasa(valor: Any) -> Tasa:
    return valor if isinstance(valor, Tasa) else Tasa(valor.normalize())


class ColumnaCodigo(Columna):
    """Numbers of documents and identifications: texts, never broken in two lines."""

    clase = "sin-corte"


class ColumnaFecha(Columna):
    """Dates as `03/12/2026`; instants with their time, in the time of Ecuador."""

    clase = "sin-corte"

    def render(self, value: Any) -> SafeString:
        """Write the date inside a `time` element."""
        visto = localtime(value) if isinstance(value, datetime) and value.tzinfo else value
        corta = formatos.escribir_fecha_corta(visto)
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), corta)

    def exporta(self, valor: Any) -> Valor:
        """Return the date."""
        return valor  # type: ignore[no-any-return]


class ColumnaPeriodo(Columna):
    """Months as `septiembre de 2026`: words, so that no spreadsheet makes a date of them."""

    def render(self, value: Any) -> str:
        """Write the month."""
        return formatos.escribir_periodo(value)

    def exporta(self, valor: Any) -> Valor:
        """Return the month in words."""
        return None if valor is None else formatos.escribir_periodo(valor)


class ColumnaEstado(Columna):
    """States as tags, the same words as everywhere. `tono` gives another word's tone."""

    repetida: ClassVar[bool] = True

    def __init__(
        self, *args: Any, tono: Callable[[Any], str] = tonos.tono_de_estado, **kwargs: Any
    ) -> None:
        """Keep how a value gets its tone."""
        kwargs.setdefault("palabra", tonos.palabra_de_estado)
        self.tono = tono
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> SafeString:
        """Write the tag."""
        return etiqueta(str(self.palabra(value) if self.palabra else value), self.tono(value))


class ColumnaElegir(tables.Column):  # type: ignore[misc]
    """A tick box for each row, for an act over several (`acto_de_varias`); not in the file."""

    def __init__(self, **kwargs: Any) -> None:
        """Use the key of the row."""
        kwargs.setdefault("attrs", {"td": {"class": "elegir"}, "th": {"class": "elegir"}})
        super().__init__("Elegir", accessor="pk", orderable=False, exclude_from_export=True,
                         **kwargs)  # fmt: skip

    def render(self, value: Any, record: Any, table: Any) -> SafeString:
        """Write the box, named by the row header of its row."""
        nombre = getattr(record, table.clave, value)
        return format_html(
            '<input type="checkbox" class="casilla" name="elegido" value="{}" form="elegidas" '
            'aria-label="Elegir {}"{}>',
            value,
            formatos.escribir_fecha_corta(nombre) if isinstance(nombre, date) else nombre,
            mark_safe(" checked") if str(value) in table.elegidos else "",
        )


class Tabla(tables.Table):  # type: ignore[misc]
    """A list. Subclasses give its columns, its words, its filters and what it sums.

    `buscar` is the search that is always visible; `filtros` are beside it, all over SQL. `clave` is
    the column that names the row (its header). `totales` are the amounts added up over everything
    filtered. `archivo` names its files. Narrow screens show each row as a card, unless
    `en_fichas = False`, which scrolls instead.
    `ancha` lets it scroll on narrow desks too. `acto_de_varias` is the button of the act over
    ticked rows. A list that grows for ever has a `ventana`: so many rows in numbered pages, and the
    older ones from the key of the last (`antes`), never by counting; `hacia_delante` when its rows
    go from the first to the last (`despues`). A `corta` one is of one employer, and most of the
    time fits in its first page: it is counted and added up from the rows themselves. `tramos` tells
    an order of urgency in parts, so that a page of a large list sorts only its own part.
    """

    titulo: ClassVar[str] = "Lista"
    singular: ClassVar[str] = "elemento"
    plural: ClassVar[str] = "elementos"
    archivo: ClassVar[str] = "lista"
    texto: ClassVar[str] = ""
    clave: ClassVar[str] = ""
    totales: ClassVar[Sequence[str]] = ()
    buscar: ClassVar[Busqueda | None] = None
    filtros: ClassVar[Mapping[str, Filter]] = {}
    acto_de_varias: ClassVar[str] = ""
    en_fichas: ClassVar[bool] = True
    ancha: ClassVar[bool] = False
    ventana: ClassVar[int] = 0
    hacia_delante: ClassVar[bool] = False
    corta: ClassVar[bool] = False
    tramos: ClassVar[Sequence[Tramo]] = ()
    vacio_titulo: ClassVar[str] = "No hay nada que mostrar"
    vacio_texto: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Use Spanish names in the URL; a subclass needs no `Meta` of ours."""
        kwargs.setdefault("template_name", "vista/tabla.html")
        kwargs.setdefault("order_by_field", "orden")
        kwargs.setdefault("page_field", "pagina")
        kwargs.setdefault("per_page_field", "por_pagina")
        self.cuantas = 0
        self.sumas: dict[str, Dinero] = {}
        self.elegidos: frozenset[str] = frozenset()
        self.permisos: frozenset[str] = frozenset()  # of who looks: a cell offers what he may do
        self.pedido = False  # whether the address asks for an order
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

    @classmethod
    def filtro(
        cls,
        datos: Mapping[str, Any] | None,
        filas: QuerySet[Any],
        opciones: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> Filtro:
        """Return the filters of this list over those rows, as the address says.

        `opciones` are the choices of the filters that depend on who asks; a filter left with one
        choice or none is not offered.
        """
        esta: Any = cls
        return clase_de_filtro(esta)(datos or None, filas, opciones=opciones or {})

    @classmethod
    def contar(cls, filas: QuerySet[Any], consulta: Mapping[str, str]) -> int:
        """Return how many rows the list shows at that address: the counter that links to it."""
        return int(cls.filtro(consulta, filas).qs.count())

    def resumir(self, filas: QuerySet[Any], *, por_pagina: int = 0) -> None:
        """Count and add up everything filtered, in one question to the database.

        In none, when the list is `corta` and all its rows fit in one page: they are read already.
        """
        if isinstance(self.data.data, list) or (
            self.corta and por_pagina and self._caben(por_pagina)
        ):
            return
        sumas: dict[str, Any] = {f"suma_{campo}": Sum(campo) for campo in self.totales}
        por_tramo = {} if self.pedido else contar_tramos(self.tramos)
        hallado = filas.order_by().aggregate(cuantas=Count("pk"), **sumas, **por_tramo)
        self.cuantas = hallado["cuantas"]
        if por_tramo:
            cuantas = [hallado[nombre] for nombre in por_tramo]
            self.data.data = EnTramos(self.data.data, self.tramos, cuantas)
        self.sumas = {c: hallado[f"suma_{c}"] or Dinero.CERO for c in self.totales}

    def _caben(self, por_pagina: int) -> bool:
        """Read one page and one row more; say whether that was everything, and then add it up."""
        leidas = list(self.data.data[: por_pagina + 1])
        if len(leidas) > por_pagina:
            return False
        self.poner(leidas)
        return True

    def poner(self, todas: list[Any]) -> None:
        """Take all the rows of the list, read already: count them and add them up."""
        self.data.data = todas
        self.cuantas = self.data._length = len(todas)  # noqa: SLF001 - else it asks the database
        for campo in self.totales:
            valores = [getattr(fila, campo) for fila in todas]
            centavos = (formatos.centavos_de(v) for v in valores if v is not None)
            self.sumas[campo] = Dinero.de_centavos(sum(centavos))

    def ordenar(self, pedido: Sequence[str]) -> None:
        """Order as the address asks, else as the rows come; equal rows always in the same order.

        What names no column of the list asks for nothing.
        """
        conocidos = [p for p in pedido if p.removeprefix("-") in self.columns.names()]
        if conocidos:
            self.order_by = conocidos
            self.pedido = bool(self.order_by)
        filas = getattr(self.data, "data", None)
        if isinstance(filas, QuerySet):
            self.data.data = filas.order_by(*filas.query.order_by, "-pk")

    @property
    def ordenes(self) -> list[tuple[str, str, bool]]:
        """The orders that may be chosen: value, words, whether it is the one now."""
        actual = str(self.order_by[0]) if self.order_by else ""
        return [
            (valor, f"{columna.header}, {sentido}", valor == actual)
            for columna in self.columns
            if columna.orderable
            for valor, sentido in (
                (columna.name, "de menor a mayor"),
                (f"-{columna.name}", "de mayor a menor"),
            )
        ]

    @property
    def exportables(self) -> list[tables.columns.BoundColumn]:
        """The columns that a file has: those of the screen, those only for it, and no boxes."""
        return [c for c in self.columns.iterall() if not c.column.exclude_from_export]

    def encabezados(self) -> list[str]:
        """Return the headings of the file."""
        return [str(c.header) for c in self.exportables]

    def valores(self) -> Iterator[Fila]:
        """Give every row as values for a file, read from SQL as a stream."""
        columnas = self.exportables
        caminos = [str(c.accessor).replace(".", "__") for c in columnas]
        exportan = [exportador(c.column) for c in columnas]
        for fila in corriente(self.data.data, caminos):
            yield [exporta(valor) for exporta, valor in zip(exportan, fila, strict=True)]

    def before_render(self, request: Any) -> None:
        """Let each cell carry the name of its column, which narrow screens show beside it."""
        for columna in self.columns.columns.values():
            celda = columna.column.attrs.setdefault("td", {})
            celda["data-columna"] = columna.header
        self.cabeza = cabeza(self, request.GET)

    @property
    def filas_escritas(self) -> SafeString:
        """The rows of this page, written; the attributes of a column are the same in all."""
        clave = self.clave or next((c.name for c in self.columns), "")
        columnas = [
            (escritor(self, c), fijo.celda, c.name == clave)
            for c, fijo in zip(self.columns, fijos(self), strict=True)
        ]
        return mark_safe(  # noqa: S308 - each cell is escaped
            "\n".join(f"<tr>{escribir_fila(fila, columnas)}</tr>" for fila in self.paginated_rows)
        )

    @property
    def pie(self) -> SafeString:
        """The totals of everything filtered, under their columns; empty when nothing is summed."""
        if not self.sumas:
            return SafeString("")
        celdas, primera = [], True
        for columna in self.columns:
            if columna.name in self.sumas:
                suma = formatos.escribir_dinero(self.sumas[columna.name])
                celdas.append(
                    format_html(
                        '<td class="numero" data-columna="{}"><span class="dinero">{}</span></td>',
                        "Total" if columna.header == "Total" else f"Total: {columna.header}",
                        suma,
                    )
                )
            else:
                celdas.append(mark_safe("<td>Total</td>") if primera else mark_safe("<td></td>"))
            primera = False
        return mark_safe(f"<tfoot><tr>{''.join(celdas)}</tr></tfoot>")  # noqa: S308 - escaped
