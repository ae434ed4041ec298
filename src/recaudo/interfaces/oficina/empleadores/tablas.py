"""Lists about employers: the registry, and what one of them has."""

from typing import ClassVar

from recaudo.domain.obligaciones.catalogo import clase_de
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.domain.organizacion.queries import cantones
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.interfaces.oficina.listas import ColumnaCanton
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.norma.catalogos import tipos_empleador


def tipo_en_palabras(codigo: str) -> str:
    """Return the kind of employer as people read it."""
    tipo = tipos_empleador().get(codigo)
    return tipo.nombre if tipo else codigo


def _tipos() -> list[tuple[str, str]]:
    return sorted(((c, t.nombre) for c, t in tipos_empleador().items()), key=lambda par: par[1])


def _cantones() -> list[tuple[str, str]]:
    """The cantons with their province, in Spanish order: two have the same name."""
    return [(c.codigo, f"{c.nombre}, {c.provincia_nombre}") for c in cantones()]


class TablaEmpleadores(Tabla):
    """Employers, in Spanish alphabetical order."""

    ruc = ColumnaCodigo("RUC", linkify=lambda record: direccion("empleador", record.ruc))
    razon_social = Columna("Nombre o razón social", order_by="clave_orden", corto=True)
    tipo_empleador = Columna("Tipo", palabra=tipo_en_palabras, corto=True)
    canton = ColumnaCanton()

    titulo, singular, plural, archivo = "Empleadores", "empleador", "empleadores", "empleadores"
    clave = "ruc"
    buscar = Busqueda("RUC o nombre", codigos=["ruc"], claves=["clave_orden"])
    filtros: ClassVar = {
        "tipo": Opcion("Tipo", _tipos, campo="tipo_empleador"),
        "canton": Opcion("Cantón", _cantones, campo="canton"),
    }
    vacio_titulo = "No hay empleadores con ese RUC o nombre"
    vacio_texto = "Escriba el comienzo del RUC o una parte del nombre; las tildes no importan."


def nombre_de_clase(codigo: str) -> str:
    """Return how a class of debt is called: Aportes, Costas y gastos de cobranza."""
    return clase_de(codigo).nombre


class TablaPlanillas(Tabla):
    """The planillas of an employer: first what is owed, oldest first."""

    id = ColumnaCodigo("Planilla", linkify=lambda record: direccion("planilla", record.pk))
    periodo = ColumnaPeriodo("Período")
    clase = Columna("Qué se debe", palabra=nombre_de_clase)
    fecha_emision = ColumnaFecha("Emitida")
    fecha_vencimiento = ColumnaFecha("Último día de pago")
    estado = ColumnaEstado("Estado")
    capital = ColumnaDinero("Capital emitido")
    saldo = ColumnaDinero("Saldo de capital")

    titulo, singular, plural, archivo = "Planillas", "planilla", "planillas", "planillas"
    totales = ("capital", "saldo")
    buscar = Busqueda("Número de planilla", codigos=["id"])
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoObligacion], campo="estado"
        ),
        "desde": FiltroFecha("Vence desde", campo="fecha_vencimiento"),
        "hasta": FiltroFecha("Vence hasta", campo="fecha_vencimiento", hasta=True),
    }
    vacio_titulo = "No hay planillas con esos filtros"
    vacio_texto = "La emisión del mes crea las planillas de cada sucursal."


class TablaComprobantes(Tabla):
    """The comprobantes of an employer, newest first."""

    numero = ColumnaCodigo(
        "Comprobante", linkify=lambda record: direccion("comprobante", record.numero)
    )
    fecha_emision = ColumnaFecha("Generado")
    valido_hasta = ColumnaFecha("Válido hasta")
    estado = ColumnaEstado("Estado")
    capital = ColumnaDinero("Capital")
    interes = ColumnaDinero("Interés")
    importe = ColumnaDinero("Total")
    por_pagar = ColumnaDinero("Por pagar")

    titulo, singular, plural = "Comprobantes de pago", "comprobante", "comprobantes"
    archivo = "comprobantes"
    totales = ("capital", "interes", "importe", "por_pagar")
    buscar = Busqueda("Número de comprobante", codigos=["numero"])
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoComprobante], campo="estado"
        ),
        "desde": FiltroFecha("Generado desde", campo="fecha_emision"),
        "hasta": FiltroFecha("Generado hasta", campo="fecha_emision", hasta=True),
    }
    vacio_titulo = "No hay comprobantes con esos filtros"
    vacio_texto = "El empleador genera sus comprobantes en el portal."
