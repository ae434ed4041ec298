"""The list of planillas and its filters."""

from dataclasses import dataclass
from datetime import date

import django_filters
import django_tables2 as tables
from django.urls import reverse

from recaudo.domain.obligaciones.queries import ObligacionVista
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.interfaces.vista.filtros import Filas, Filtro
from recaudo.interfaces.vista.tablas import (
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo


@dataclass(frozen=True, slots=True)
class FilaPlanilla:
    """One row; USD, without interest."""

    id: int
    periodo: Periodo | None
    sucursal: str
    fecha_vencimiento: date
    estado: str
    total: Dinero
    saldo: Dinero
    url: str

    @classmethod
    def de(cls, o: ObligacionVista, sucursal: str, ruc: str) -> "FilaPlanilla":
        """Build the row of a planilla's debt."""
        return cls(
            o.id, o.periodo, sucursal, o.fecha_vencimiento, o.estado.value, o.capital, o.saldo,
            reverse("portal:planilla", args=[ruc, o.id]),
        )  # fmt: skip


class TablaPlanillas(Tabla):
    """Planillas of one employer."""

    periodo = ColumnaPeriodo(verbose_name="Período", linkify=lambda record: record.url)
    sucursal = tables.Column(verbose_name="Sucursal")
    fecha_vencimiento = ColumnaFecha(verbose_name="Último día de pago")
    estado = ColumnaEstado(verbose_name="Estado")
    total = ColumnaDinero(verbose_name="Emitido")
    saldo = ColumnaDinero(verbose_name="Por pagar, sin interés")
    titulo = "Sus planillas"
    vacio_titulo = "No hay planillas que mostrar"
    vacio_texto = "Si aplicó filtros, quítelos. Las planillas de un mes se emiten al mes siguiente."


class FiltroPlanillas(Filtro):
    """State, year and sucursal; each lives in the address. The rows are in memory."""

    estado = django_filters.ChoiceFilter(
        label="Estado", choices=[(e.value, palabra_de_estado(e)) for e in EstadoObligacion]
    )
    anio = django_filters.NumberFilter(label="Año")
    sucursal = django_filters.CharFilter(label="Sucursal")

    def filter_queryset(self, queryset: Filas) -> Filas:
        """Keep the rows that meet every filter that was filled in and understood."""
        d = {clave: valor for clave, valor in self.form.cleaned_data.items() if valor}
        return Filas(
            fila
            for fila in queryset
            if d.get("estado", fila.estado) == fila.estado
            and d.get("anio", fila.periodo.anio) == fila.periodo.anio
            and d.get("sucursal", fila.sucursal).strip().zfill(4) == fila.sucursal
        )
