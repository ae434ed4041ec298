"""The list of published rates and its filters."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recaudo.domain.parametros.queries import TasaVista
from recaudo.interfaces.oficina.listas import etiqueta
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.interfaces.vista.tablas import ColumnaFecha, ColumnaNumero, Tabla
from recaudo.kernel.money import Tasa

SITUACIONES = [("vigente", "Aprobada"), ("pendiente", "Por aprobar")]
MARCAS = [
    ("VERIFICADO", "Verificada"),
    ("SECUNDARIO", "Fuente secundaria"),
    ("PROVISIONAL", "Provisional"),
    ("DEMO", "DEMO: no es oficial"),
]


def escribir_tasa(tasa: Tasa) -> str:
    """Return the percentage as Ecuador writes it: `7,99 %`."""
    return f"{str(tasa).replace('.', ',')} %"


class TablaTasas(Tabla):
    """Rates, newest first."""

    desde = ColumnaFecha(verbose_name="Rige desde")
    hasta = tables.Column(verbose_name="Hasta")
    tasa = ColumnaNumero(verbose_name="Tasa anual", orderable=False)
    fuente = tables.Column(verbose_name="Fuente", orderable=False)
    estado_verificacion = tables.Column(verbose_name="Verificación")
    esta_aprobada = tables.Column(verbose_name="Situación")

    titulo = "Tasas para el interés de mora"
    vacio_titulo = "No hay tasas con esos filtros"
    vacio_texto = "Sin la tasa de un mes no se liquida interés de ese mes: la tabla se llena aquí."

    def __init__(self, *args: Any, puede_aprobar: bool, **kwargs: Any) -> None:
        """Show the link to approve only to who may approve."""
        self.puede_aprobar = puede_aprobar
        super().__init__(*args, **kwargs)

    def render_hasta(self, value: date) -> SafeString:
        """Write the last day included; the row keeps the day after."""
        ultimo = value - timedelta(days=1)
        return format_html(
            '<time datetime="{}">{}</time>', ultimo.isoformat(), escribir_fecha_corta(ultimo)
        )

    def value_hasta(self, value: date) -> str:
        """Write the last day included for the file."""
        return f"{value - timedelta(days=1):%d/%m/%Y}"

    def render_tasa(self, value: Tasa) -> str:
        """Write the percentage."""
        return escribir_tasa(value)

    def render_estado_verificacion(self, value: str) -> SafeString | str:
        """Write how sure the value is; whatever is doubtful carries a mark."""
        if value == "VERIFICADO":
            return "Verificada"
        return format_html('<span class="nota-norma">{}</span>', dict(MARCAS).get(value, value))

    def value_estado_verificacion(self, value: str) -> str:
        """Write the code for the file."""
        return value

    def render_esta_aprobada(self, value: bool, record: TasaVista) -> SafeString:
        """Write the state, and the step that is left for who may take it."""
        if value:
            return etiqueta("Aprobada", "verde")
        marca = etiqueta("Por aprobar", "amarillo")
        if not self.puede_aprobar:
            return marca
        return format_html(
            '{} <a href="{}">Aprobar<span class="govuk-visually-hidden">'
            " la tasa desde el {}</span></a>",
            marca,
            direccion("aprobar_tasa", record.id),
            escribir_fecha_corta(record.desde),
        )

    def value_esta_aprobada(self, value: bool) -> str:
        """Write the state for the file."""
        return "Aprobada" if value else "Por aprobar"


class FiltroTasas(Filtro):
    """By situation, by how sure it is, by year."""

    situacion = django_filters.ChoiceFilter(label="Situación", choices=SITUACIONES)
    marca = django_filters.ChoiceFilter(label="Verificación", choices=MARCAS)
    anio = django_filters.NumberFilter(label="Año", min_value=1990, max_value=2100)

    @property
    def qs(self) -> Sequence[TasaVista]:
        """Return the rates that pass, or all when the filters are wrong or empty."""
        elegidos = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        situacion, marca, anio = (elegidos.get(c) for c in ("situacion", "marca", "anio"))
        return [
            t
            for t in self.queryset
            if (not situacion or t.esta_aprobada == (situacion == "vigente"))
            and (not marca or t.estado_verificacion == marca)
            and (not anio or t.desde.year == anio)
        ]
