"""Lists about employers: the registry, and what one of them has."""

from typing import ClassVar

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
