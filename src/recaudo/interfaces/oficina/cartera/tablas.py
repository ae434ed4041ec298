"""Lists of glosas and of closed days."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.organizacion.queries import provincias
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.oficina.listas import ColumnaEmpleador
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado

EVENTOS = {
    "COMPROBANTE_CADUCADO": "Comprobantes caducados",
    "MORA": "Entraron en mora",
    "GLOSA_EMITIDA": "Glosas emitidas",
    "GLOSA_SIN_TASA": "Glosas que esperan tasa",
    "NOTIFICACION_SIN_ABRIR": "Notificaciones sin abrir",
    "TERMINO_VENCIDO": "Términos vencidos",
}
#: Column of the list of days for each kind of event: figures of the whole country.
COLUMNAS_DE_EVENTOS = {
    "caducados": "COMPROBANTE_CADUCADO",
    "mora": "MORA",
    "glosas": "GLOSA_EMITIDA",
    "sin_tasa": "GLOSA_SIN_TASA",
    "sin_abrir": "NOTIFICACION_SIN_ABRIR",
    "terminos": "TERMINO_VENCIDO",
}
COLUMNAS_NACIONALES = tuple(COLUMNAS_DE_EVENTOS)


class TablaGlosas(Tabla):
    """Glosas, newest first."""

    numero = ColumnaCodigo(
        verbose_name="Glosa", linkify=lambda record: direccion("glosa", record.numero)
    )
    empleador = ColumnaEmpleador()
    provincia = tables.Column(verbose_name="Provincia")
    fecha_emision = ColumnaFecha(verbose_name="Emitida")
    estado = ColumnaEstado(verbose_name="Estado")
    capital = ColumnaDinero(verbose_name="Capital")
    interes = ColumnaDinero(verbose_name="Interés a la emisión")

    titulo = "Glosas"
    vacio_titulo = "No hay glosas con esos filtros"
    vacio_texto = "El cierre diario emite la glosa de cada planilla cuando cumple los días de mora."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Learn the names of the provinces, once."""
        self._provincias = {p.codigo: p.nombre for p in provincias()}
        super().__init__(*args, **kwargs)

    def render_provincia(self, value: str) -> str:
        """Write the name of the province."""
        return self._provincias.get(value, value)


class FiltroGlosas(Filtro):
    """By number, state, province and date of emission."""

    texto = django_filters.CharFilter(label="Número", field_name="numero", lookup_expr="contains")
    estado = django_filters.ChoiceFilter(
        label="Estado", choices=[(e.value, palabra_de_estado(e)) for e in EstadoGlosa]
    )
    provincia = django_filters.ChoiceFilter(label="Provincia", choices=list)
    desde = django_filters.DateFilter(
        label="Emitida desde", field_name="fecha_emision", lookup_expr="gte"
    )
    hasta = django_filters.DateFilter(
        label="Emitida hasta", field_name="fecha_emision", lookup_expr="lte"
    )

    def __init__(self, data: Any, queryset: QuerySet[Any], *, alcance: Alcance) -> None:
        """Offer only the provinces within reach; one alone needs no filter."""
        super().__init__(data, queryset)
        lugares = provincias_al_alcance(alcance)
        if len(lugares) > 1:
            self.filters["provincia"].extra["choices"] = lugares
        else:
            del self.filters["provincia"]


def provincias_al_alcance(alcance: Alcance) -> list[tuple[str, str]]:
    """Return code and name of the provinces within reach."""
    return [(p.codigo, p.nombre) for p in provincias() if alcance.contiene(provincia=p.codigo)]


class TablaDias(Tabla):
    """Closed dates and what each one caused."""

    fecha = ColumnaFecha(verbose_name="Día cerrado")
    caducados = ColumnaNumero(verbose_name="Comprobantes caducados", orderable=False)
    mora = ColumnaNumero(verbose_name="Entraron en mora", orderable=False)
    glosas = ColumnaNumero(verbose_name="Glosas emitidas", orderable=False)
    sin_tasa = ColumnaNumero(verbose_name="Esperan tasa", orderable=False)
    sin_abrir = ColumnaNumero(verbose_name="Sin abrir", orderable=False)
    terminos = ColumnaNumero(verbose_name="Términos vencidos", orderable=False)

    titulo = "Días cerrados"
    en_fichas = False
    vacio_titulo = "Todavía no se cierra ningún día"
    vacio_texto = "El primer cierre empieza en la fecha de la emisión más antigua."


class FiltroDias(Filtro):
    """By date, and only those when something happened."""

    desde = django_filters.DateFilter(label="Desde")
    hasta = django_filters.DateFilter(label="Hasta")
    con_eventos = django_filters.ChoiceFilter(
        label="Qué días", choices=[("si", "Solo los que tuvieron eventos")]
    )

    @property
    def qs(self) -> Sequence[Mapping[str, Any]]:
        """Return the days that pass."""
        elegidos = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        desde, hasta = elegidos.get("desde"), elegidos.get("hasta")
        return [
            dia
            for dia in self.queryset
            if (not desde or dia["fecha"] >= desde)
            and (not hasta or dia["fecha"] <= hasta)
            and (not elegidos.get("con_eventos") or dia["hay_eventos"])
        ]


def fila_de_dia(fecha: Any, eventos: Mapping[str, int]) -> dict[str, Any]:
    """Return a closed day as a row of the list."""
    cuentas = {columna: eventos.get(codigo, 0) for columna, codigo in COLUMNAS_DE_EVENTOS.items()}
    return {"fecha": fecha, "hay_eventos": any(cuentas.values()), **cuentas}
