"""Lists of the ledger: the trial balance, the journal, the seals."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.reports.libro import asientos, conceptos


class TablaDiario(Tabla):
    """Entries, newest first."""

    id = ColumnaCodigo(
        verbose_name="Asiento", linkify=lambda record: direccion("asiento", record.lote, record.pk)
    )
    fecha = ColumnaFecha(verbose_name="Fecha contable")
    concepto = tables.Column(verbose_name="Concepto")
    origen_tipo = tables.Column(verbose_name="Origen", orderable=False)
    provincia = tables.Column(verbose_name="Provincia", orderable=False)
    lote = ColumnaNumero(verbose_name="Lote", orderable=False)

    titulo = "Libro diario"
    vacio_titulo = "No hay asientos con esos filtros"
    vacio_texto = "Cada emisión, cobro y glosa escribe aquí su asiento."

    def render_concepto(self, value: str) -> str:
        """Write the concept as a sentence begins."""
        return palabra_de_estado(value)

    def render_origen_tipo(self, value: str, record: Any) -> str:
        """Write what caused the entry."""
        return f"{value} {record.origen_id}"


class FiltroDiario(Filtro):
    """By accounting date and concept."""

    desde = django_filters.DateFilter(label="Desde", method="ignorar")
    hasta = django_filters.DateFilter(label="Hasta", method="ignorar")
    concepto = django_filters.ChoiceFilter(label="Concepto", method="ignorar", choices=list)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the concepts that the ledger has."""
        super().__init__(*args, **kwargs)
        self.filters["concepto"].extra["choices"] = [(c, palabra_de_estado(c)) for c in conceptos()]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Ask the report for what the URL says."""
        del queryset
        return asientos(**{k: v for k, v in self.form.cleaned_data.items() if v})


class TablaSellos(Tabla):
    """Seals, newest first."""

    id = ColumnaCodigo(verbose_name="Sello")
    sellado_en = ColumnaFecha(verbose_name="Sellado")
    lote = ColumnaNumero(verbose_name="Lote", orderable=False)
    desde_id = ColumnaNumero(verbose_name="Del asiento", orderable=False)
    hasta_id = ColumnaNumero(verbose_name="Al asiento", orderable=False)
    asientos = ColumnaNumero(verbose_name="Asientos", orderable=False)
    debe = ColumnaDinero(verbose_name="Debe", orderable=False)
    huella = tables.Column(verbose_name="Huella (SHA-256)", orderable=False)

    titulo = "Sellos del libro"
    vacio_titulo = "El libro todavía no tiene sellos"
    vacio_texto = "El cierre diario de cartera sella los asientos nuevos."

    def render_huella(self, value: str) -> str:
        """Show the beginning; the file carries it whole."""
        return f"{value[:16]}…"

    def value_huella(self, value: str) -> str:
        """Write the whole digest for the file."""
        return value


class FiltroSellos(Filtro):
    """By lote."""

    lote = django_filters.NumberFilter(label="Lote", field_name="lote")
