"""The list of the orders of copies."""

from typing import ClassVar

from recaudo.domain.copias.states import EstadoCopia
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, Opcion
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)


class TablaCopias(Tabla):
    """Orders of copies, the newest first."""

    id = ColumnaCodigo("Pedido", linkify=lambda record: direccion("pedido_de_copias", record.pk))
    ruc = ColumnaCodigo("RUC")
    pedido_el = ColumnaFecha("Pedido el")
    fojas = ColumnaNumero("Fojas")
    valor = ColumnaDinero("Valor")
    estado = ColumnaEstado("Estado")

    titulo, singular, plural, archivo = "Copias", "pedido", "pedidos", "copias"
    clave = "id"
    totales = ("valor",)
    buscar = Busqueda("RUC", codigos=["ruc"])
    filtros: ClassVar = {
        "estado": Opcion("Estado", [(e.value, e.palabra) for e in EstadoCopia], campo="estado")
    }
    vacio_titulo = "No hay pedidos de copias con esos filtros"
    vacio_texto = "Un pedido se liquida cuando el abogado lo presenta."
