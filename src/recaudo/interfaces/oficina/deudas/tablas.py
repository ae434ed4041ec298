"""Lists of the debts and of the credits of one debtor."""

from typing import ClassVar

from django.db.models import Q

from recaudo.domain.obligaciones.catalogo import clase_de, clases
from recaudo.domain.obligaciones.states import EstadoObligacion
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


def nombre_de_clase(codigo: str) -> str:
    """Return what a class of debt is called."""
    return clase_de(codigo).nombre


def _clases() -> list[tuple[str, str]]:
    return sorted(((c.id, c.nombre) for c in clases().values()), key=lambda par: par[1])


class TablaDeudas(Tabla):
    """The debts of a debtor, of any class: first what is owed, the one due first at the head."""

    id = ColumnaCodigo("Número", linkify=lambda record: direccion("deuda", record.pk))
    clase = Columna("Qué se debe", palabra=nombre_de_clase, corto=True)
    periodo = ColumnaPeriodo("Período", default="—")
    fecha_emision = ColumnaFecha("Emitida")
    fecha_vencimiento = ColumnaFecha("Último día de pago")
    estado = ColumnaEstado("Estado")
    capital = ColumnaDinero("Capital emitido")
    saldo = ColumnaDinero("Saldo de capital")

    titulo, singular, plural, archivo = "Deudas", "deuda", "deudas", "deudas"
    totales = ("capital", "saldo")
    buscar = Busqueda("Número de planilla o deuda", codigos=["id"])
    filtros: ClassVar = {
        "clase": Opcion("Qué se debe", _clases, campo="clase"),
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoObligacion], campo="estado"
        ),
        "desde": FiltroFecha("Vence desde", campo="fecha_vencimiento"),
        "hasta": FiltroFecha("Vence hasta", campo="fecha_vencimiento", hasta=True),
    }
    vacio_titulo = "No hay deudas con esos filtros"
    vacio_texto = "Aquí están las planillas y toda otra deuda: multas, costas, cuotas…"


class TablaCreditos(Tabla):
    """The credits of a debtor: first those that something is left of."""

    id = ColumnaCodigo("Crédito", linkify=lambda record: direccion("credito", record.pk))
    fecha_pago = ColumnaFecha("Del pago del")
    importe = ColumnaDinero("Importe")
    saldo = ColumnaDinero("Queda")

    titulo, singular, plural = "Créditos a favor", "crédito", "créditos"
    archivo = "creditos-a-favor"
    totales = ("importe", "saldo")
    buscar = Busqueda("Número de crédito", codigos=["id"])
    filtros: ClassVar = {
        "cuales": Opcion("Cuáles", [("con_saldo", "Los que tienen saldo")],
                         donde={"con_saldo": Q(saldo__gt=0)}),
    }  # fmt: skip
    vacio_titulo = "No hay créditos a favor"
    vacio_texto = "Nacen de lo que sobra de un pago, y pagan otras deudas del mismo deudor."
