"""The list of planillas of one employer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import CharField, QuerySet
from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador, codigo_de_sucursal
from recaudo.domain.cartera.queries import con_la_glosa_de_la_deuda
from recaudo.domain.obligaciones.queries import lista_de_obligaciones
from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.infra.preparadas import ListaPreparada, Pedida, mostrado
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.portal.columnas import ColumnaGlosa, ColumnaPlazo, PlazoDeFila
from recaudo.interfaces.portal.contexto import Peticion
from recaudo.interfaces.portal.glosas import glosa_de_cada_deuda
from recaudo.interfaces.portal.plazos import restantes
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado


class TablaPlanillas(Tabla):
    """Planillas of one employer: first what is owed, the one due first."""

    periodo = ColumnaPeriodo(
        "Período", linkify=lambda record: reverse("portal:planilla", args=[record.ruc, record.pk])
    )
    codigo_sucursal = Columna("Sucursal")
    fecha_vencimiento = ColumnaPlazo("Último día de pago")
    estado = ColumnaEstado("Estado")
    glosa = ColumnaGlosa("Glosa", default="—", orderable=False)
    capital = ColumnaDinero("Emitido")
    saldo = ColumnaDinero("Por pagar, sin interés")

    titulo, singular, plural, archivo = "Planillas", "planilla", "planillas", "planillas"
    clave = "periodo"
    corta = True
    totales = ("capital", "saldo")
    buscar = Busqueda("Sucursal o número de planilla", codigos=["id"], textos=["codigo_sucursal"])
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoObligacion], campo="estado"
        ),
        "desde": FiltroFecha("Vence desde", campo="fecha_vencimiento"),
        "hasta": FiltroFecha("Vence hasta", campo="fecha_vencimiento", hasta=True),
    }
    vacio_titulo = "No hay planillas que mostrar"
    vacio_texto = (
        "Si aplicó filtros, quítelos. La planilla de un mes se emite al mes siguiente, con las "
        "novedades que haya reportado."
    )


def _planillas(empleador: Any, alcanzado: Any, ruc: Any) -> QuerySet[Any]:
    filas = (
        lista_de_obligaciones(empleador, alcance=Alcance.de_un_empleador(alcanzado))
        .filter(materia_tipo__in=("", "planilla"))  # empty: the mass, born of its planilla
        .annotate(codigo_sucursal=codigo_de_sucursal("sucursal_id"), ruc=mostrado(ruc, CharField()))
    )
    return con_la_glosa_de_la_deuda(filas)


_PLANILLAS = ListaPreparada(_planillas)


def planillas_de(quien: FichaEmpleador, *, alcance: Alcance) -> Pedida[Any]:
    """Return the planillas of an employer with its sucursal and its glosa, what is owed first."""
    alcanzado = quien.id if alcance.contiene(empleador_id=quien.id) else None
    return _PLANILLAS.de(empleador=quien.id, alcanzado=alcanzado, ruc=quien.ruc)


def poner_plazos(request: Peticion, quien: FichaEmpleador, filas: Sequence[Any]) -> None:
    """Put on the planillas of a page how many days are left to pay each, and its glosa."""
    glosas = glosa_de_cada_deuda(request, quien, [fila.pk for fila in filas if fila.glosa])
    for fila in filas:
        vence, se_debe = fila.fecha_vencimiento, fila.estado in VIVAS
        fila.plazo = PlazoDeFila(vence, restantes(vence, hoy=request.hoy) if se_debe else None)
        fila.en_glosa = glosas.get(fila.pk)
