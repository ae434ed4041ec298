"""Lists of the ledger: the journal, the seals."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet

from recaudo.domain.contabilidad.queries import cuantos_asientos
from recaudo.interfaces.oficina.listas import ColumnaProvincia
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.hojas import Fila
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.reports.libro import (
    COLUMNAS_DEL_DIARIO,
    NACIONAL,
    conceptos,
    filas_del_diario,
)

#: What an entry may come from, in the words of the office.
ORIGENES = {
    "emision": "Emisión",
    "extracto": "Extracto",
    "glosa": "Glosa",
    "linea_extracto": "Línea de extracto",
    "obligacion": "Deuda",
    "pago": "Pago",
    "valor_por_aplicar": "Valor por identificar",
}


def origen_en_palabras(origen: str) -> str:
    """Return what caused an entry as people read it: `Línea de extracto N.º 1215`."""
    tipo, _, numero = origen.rpartition(" ")
    return f"{ORIGENES.get(tipo, palabra_de_estado(tipo))} N.º {numero}"


def _conceptos() -> list[tuple[str, str]]:
    return [(c, palabra_de_estado(c)) for c in conceptos()]


class ColumnaLugar(ColumnaProvincia):
    """The province of an entry; those of the whole country say so."""

    def render(self, value: str) -> str:
        """Write the name."""
        return "Todo el país" if value == NACIONAL else str(super().render(value))

    def exporta(self, valor: str) -> str:
        """Return the name."""
        return self.render(valor)


class TablaDiario(Tabla):
    """Entries, newest first, with what each moves. The journal grows for ever: read by its key."""

    id = ColumnaCodigo(
        "Asiento",
        linkify=lambda record: direccion("asiento", record.lote, record.id),
        orderable=False,
    )
    fecha = ColumnaFecha("Fecha contable", orderable=False)
    concepto = Columna("Concepto", palabra=palabra_de_estado, orderable=False)
    origen = Columna("Origen", palabra=origen_en_palabras, orderable=False)
    provincia = ColumnaLugar(orderable=False)
    lote = ColumnaNumero("Lote", orderable=False)
    debe = ColumnaDinero("Debe", orderable=False)
    haber = ColumnaDinero("Haber", orderable=False)

    titulo, singular, plural, archivo = "Libro diario", "asiento", "asientos", "libro-diario"
    ventana = 1_000
    buscar = Busqueda("Número de asiento o del origen", codigos=["id", "origen_id"])
    filtros: ClassVar = {
        "desde": FiltroFecha("Desde", campo="fecha"),
        "hasta": FiltroFecha("Hasta", campo="fecha", hasta=True),
        "concepto": Opcion("Concepto", _conceptos, campo="concepto"),
    }
    vacio_titulo = "No hay asientos con esos filtros"
    vacio_texto = "Cada emisión, cobro y glosa escribe aquí su asiento."

    def valores(self) -> Iterator[Fila]:
        """Give every entry as values for a file: the legs are added by the database, once."""
        exportan = {c.name: c.column.exporta for c in self.exportables}
        for fila in filas_del_diario(self.data.data):
            con_nombre = zip(COLUMNAS_DEL_DIARIO, fila, strict=True)
            yield [exportan[n](valor) for n, valor in con_nombre if n in exportan]

    def resumir(self, filas: QuerySet[Any], *, por_pagina: int = 0) -> None:
        """Count what is filtered; the whole journal is not counted one by one."""
        if filas.query.where:
            super().resumir(filas, por_pagina=por_pagina)
        else:
            self.cuantas = cuantos_asientos()


def _huella_corta(huella: str) -> str:
    return f"{huella[:16]}…"


class ColumnaHuella(Columna):
    """A digest: its beginning on the screen, whole in the file."""

    def render(self, value: str) -> str:
        """Write the beginning."""
        return _huella_corta(value)

    def exporta(self, valor: str) -> str:
        """Return it whole."""
        return valor


class TablaSellos(Tabla):
    """Seals, newest first."""

    id = ColumnaCodigo("Sello")
    sellado_en = ColumnaFecha("Sellado")
    lote = ColumnaNumero("Lote", orderable=False)
    desde_id = ColumnaNumero("Del asiento", orderable=False)
    hasta_id = ColumnaNumero("Al asiento", orderable=False)
    asientos = ColumnaNumero("Asientos", orderable=False)
    debe = ColumnaDinero("Debe", orderable=False)
    huella = ColumnaHuella("Huella (SHA-256)", orderable=False)

    titulo, singular, plural, archivo = "Sellos del libro", "sello", "sellos", "sellos-del-libro"
    totales = ("debe",)
    buscar = Busqueda("Lote o comienzo de la huella", codigos=["lote"], textos=["huella"])
    vacio_titulo = "El libro todavía no tiene sellos"
    vacio_texto = "El cierre diario de cartera sella los asientos nuevos."
