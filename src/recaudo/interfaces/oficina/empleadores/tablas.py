"""Lists about employers: the registry, and what one of them has."""

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.domain.organizacion.queries import cantones
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.ids import limpiar
from recaudo.kernel.text import clave_de_orden
from recaudo.norma.catalogos import tipos_empleador


def tipo_en_palabras(codigo: str) -> str:
    """Return the kind of employer as people read it."""
    tipo = tipos_empleador().get(codigo)
    return tipo.nombre if tipo else codigo


class TablaEmpleadores(Tabla):
    """Employers, in Spanish alphabetical order."""

    ruc = ColumnaCodigo(
        verbose_name="RUC", linkify=lambda record: direccion("empleador", record.ruc)
    )
    razon_social = tables.Column(verbose_name="Nombre o razón social", order_by="clave_orden")
    tipo_empleador = tables.Column(verbose_name="Tipo")
    canton = tables.Column(verbose_name="Cantón")

    titulo = "Empleadores"
    vacio_titulo = "No hay empleadores con ese RUC o nombre"
    vacio_texto = "Escriba el comienzo del RUC o una parte del nombre; las tildes no importan."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Learn the names of the cantons, once."""
        self._cantones = {c.codigo: f"{c.nombre}, {c.provincia_nombre}" for c in cantones()}
        super().__init__(*args, **kwargs)

    def render_tipo_empleador(self, value: str) -> str:
        """Write the kind in words."""
        return tipo_en_palabras(value)

    def render_canton(self, value: str) -> str:
        """Write canton and province."""
        return self._cantones.get(value, value)


class FiltroEmpleadores(Filtro):
    """By RUC or name; accents do not matter."""

    q = django_filters.CharFilter(label="RUC o nombre", method="buscar")

    def buscar(self, filas: QuerySet[Any], _nombre: str, texto: str) -> QuerySet[Any]:
        """Keep the employers whose RUC begins so, or whose name contains it."""
        digitos = limpiar(texto)
        if digitos.isdigit():
            return filas.filter(ruc__startswith=digitos)
        return filas.filter(clave_orden__contains=clave_de_orden(texto))


class TablaPlanillas(Tabla):
    """The planillas of an employer."""

    id = ColumnaCodigo(
        verbose_name="Planilla", linkify=lambda record: direccion("planilla", record.id)
    )
    periodo = ColumnaPeriodo(verbose_name="Período", order_by=("periodo__anio", "periodo__mes"))
    fecha_emision = ColumnaFecha(verbose_name="Emitida")
    fecha_vencimiento = ColumnaFecha(verbose_name="Vence")
    estado = ColumnaEstado(verbose_name="Estado")
    capital = ColumnaDinero(verbose_name="Capital emitido")
    saldo = ColumnaDinero(verbose_name="Saldo de capital")

    titulo = "Planillas"
    vacio_titulo = "No hay planillas con esos filtros"
    vacio_texto = "La emisión del mes crea las planillas de cada sucursal."


class FiltroPlanillas(Filtro):
    """By state."""

    estado = django_filters.ChoiceFilter(
        label="Estado", choices=[(e.value, palabra_de_estado(e)) for e in EstadoObligacion]
    )

    @property
    def qs(self) -> Sequence[Any]:
        """Return the rows in that state, or all."""
        return _en_estado(self)


class TablaComprobantes(Tabla):
    """The comprobantes of an employer."""

    numero = ColumnaCodigo(
        verbose_name="Comprobante", linkify=lambda record: direccion("comprobante", record.numero)
    )
    fecha_emision = ColumnaFecha(verbose_name="Generado")
    valido_hasta = ColumnaFecha(verbose_name="Válido hasta")
    estado = ColumnaEstado(verbose_name="Estado")
    capital = ColumnaDinero(verbose_name="Capital")
    interes = ColumnaDinero(verbose_name="Interés")
    importe = ColumnaDinero(verbose_name="Total")

    titulo = "Comprobantes de pago"
    vacio_titulo = "No hay comprobantes con esos filtros"
    vacio_texto = "El empleador genera sus comprobantes en el portal."


class FiltroComprobantes(Filtro):
    """By state."""

    estado = django_filters.ChoiceFilter(
        label="Estado", choices=[(e.value, palabra_de_estado(e)) for e in EstadoComprobante]
    )

    @property
    def qs(self) -> Sequence[Any]:
        """Return the rows in that state, or all."""
        return _en_estado(self)


def _en_estado(filtro: Filtro) -> Sequence[Any]:
    elegidos = filtro.form.cleaned_data if filtro.is_bound and filtro.form.is_valid() else {}
    estado = elegidos.get("estado")
    return [fila for fila in filtro.queryset if not estado or str(fila.estado) == estado]
