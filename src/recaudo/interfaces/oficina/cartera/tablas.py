"""Lists of glosas and of closed days."""

from collections.abc import Mapping
from typing import ClassVar

from recaudo.domain.afiliacion.queries import que_coinciden
from recaudo.domain.cartera.queries import AVISOS, CON_EVENTOS, EVENTOS_DEL_DIA, TRAMOS_DE_GLOSAS
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.infra.audit.cierre import palabras_de_eventos
from recaudo.interfaces.oficina.listas import ColumnaEmpleador, ColumnaProvincia, ColumnaRuc
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado


def _otros(eventos: Mapping[str, int]) -> str:
    """Write what closing a day caused beyond the kinds that have a column: every step is seen."""
    palabras = palabras_de_eventos()
    otros = {c: n for c, n in sorted(eventos.items()) if c not in EVENTOS_DEL_DIA.values()}
    return "; ".join(f"{palabras.get(c, c)}: {n}" for c, n in otros.items()) or "—"


class TablaGlosas(Tabla):
    """Glosas: first those whose término ends first, then those nobody opened, then the rest."""

    numero = ColumnaCodigo("Glosa", linkify=lambda record: direccion("glosa", record.numero))
    ruc = ColumnaRuc()
    empleador = ColumnaEmpleador()
    provincia = ColumnaProvincia()
    fecha_emision = ColumnaFecha("Emitida")
    estado = ColumnaEstado("Estado")
    vence = ColumnaFecha("Vence el término", default="—")
    capital = ColumnaDinero("Capital")
    interes = ColumnaDinero("Interés a la emisión")

    titulo, singular, plural, archivo = "Glosas", "glosa", "glosas", "glosas"
    clave = "numero"
    totales = ("capital", "interes")
    tramos = TRAMOS_DE_GLOSAS
    buscar = Busqueda(
        "Número de glosa, RUC o nombre", con_guiones=["numero"],
        empleador="empleador_id", empleadores=que_coinciden,
    )  # fmt: skip
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoGlosa], campo="estado"
        ),
        "aviso": Opcion("Notificación", [(c, t) for c, t, _ in AVISOS],
                        donde={c: q for c, _, q in AVISOS}),
        "provincia": Opcion("Provincia", campo="provincia"),
        "desde": FiltroFecha("Emitida desde", campo="fecha_emision"),
        "hasta": FiltroFecha("Emitida hasta", campo="fecha_emision", hasta=True),
        "vence_desde": FiltroFecha("Vence desde", campo="vence"),
        "vence_hasta": FiltroFecha("Vence hasta", campo="vence", hasta=True),
    }  # fmt: skip
    vacio_titulo = "No hay glosas con esos filtros"
    vacio_texto = "El cierre diario emite la glosa de cada planilla cuando cumple los días de mora."


class TablaDias(Tabla):
    """Closed dates and what each one caused, newest first."""

    fecha = ColumnaFecha("Día cerrado")
    caducados = ColumnaNumero("Comprobantes caducados")
    mora = ColumnaNumero("Entraron en mora")
    glosas = ColumnaNumero("Glosas emitidas")
    sin_tasa = ColumnaNumero("Esperan tasa")
    sin_abrir = ColumnaNumero("Sin abrir")
    terminos = ColumnaNumero("Términos vencidos")
    otros = Columna("Otros", accessor="eventos", palabra=_otros, orderable=False)

    titulo, singular, plural = "Días cerrados", "día cerrado", "días cerrados"
    archivo = "dias-cerrados"
    filtros: ClassVar = {
        "desde": FiltroFecha("Desde", campo="fecha"),
        "hasta": FiltroFecha("Hasta", campo="fecha", hasta=True),
        "con_eventos": Opcion(
            "Qué días", [("si", "Solo los que tuvieron eventos")], donde={"si": CON_EVENTOS}
        ),
    }  # fmt: skip
    vacio_titulo = "Todavía no se cierra ningún día"
    vacio_texto = "El primer cierre empieza en la fecha de la emisión más antigua."
