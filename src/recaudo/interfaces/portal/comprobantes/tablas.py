"""The list of comprobantes of one employer."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.recaudacion.queries import (
    ComprobanteResumido,
    ComprobanteVisto,
    lista_de_comprobantes,
)
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.preparadas import ListaPreparada, Pedida, mostrado
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado

GENERADO, CADUCADO = EstadoComprobante.GENERADO.value, EstadoComprobante.CADUCADO.value


def estado_visible(visto: ComprobanteResumido | ComprobanteVisto, hoy: date) -> str:
    """Return the state people should read: one that can no longer be paid is *caducado*."""
    if visto.estado == GENERADO and not visto.esta_vigente(hoy):
        return CADUCADO
    return visto.estado


class TablaComprobantes(Tabla):
    """Comprobantes of one employer, newest first."""

    numero = ColumnaCodigo(
        "Número",
        linkify=lambda record: reverse("portal:comprobante", args=[record.ruc, record.numero]),
    )
    fecha_emision = ColumnaFecha("Generado")
    valido_hasta = ColumnaFecha("Válido hasta")
    estado_de_hoy = ColumnaEstado("Estado")
    importe = ColumnaDinero("Total")
    por_pagar = ColumnaDinero("Por pagar")

    titulo, singular, plural = "Comprobantes", "comprobante", "comprobantes"
    archivo = "comprobantes"
    clave = "numero"
    corta = True
    totales = ("importe", "por_pagar")
    buscar = Busqueda("Número de comprobante", codigos=["numero"])
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado", [(e.value, palabra_de_estado(e)) for e in EstadoComprobante],
            campo="estado_de_hoy",
        ),
        "desde": FiltroFecha("Generado desde", campo="fecha_emision"),
        "hasta": FiltroFecha("Generado hasta", campo="fecha_emision", hasta=True),
    }  # fmt: skip
    vacio_titulo = "No hay comprobantes que mostrar"
    vacio_texto = "Si aplicó filtros, quítelos. Cuando genere uno, aparecerá aquí con su estado."


def _comprobantes(empleador: Any, alcanzado: Any, ruc: Any, hoy: Any) -> QuerySet[Any]:
    vencido = When(estado=GENERADO, valido_hasta__lt=hoy, then=Value(CADUCADO))
    suyos = lista_de_comprobantes(empleador, alcance=Alcance.de_un_empleador(alcanzado))
    return suyos.annotate(
        estado_de_hoy=Case(vencido, default=F("estado")), ruc=mostrado(ruc, CharField())
    )


_COMPROBANTES = ListaPreparada(_comprobantes)


def comprobantes_del(quien: FichaEmpleador, *, alcance: Alcance, hoy: date) -> Pedida[Any]:
    """Return the comprobantes of an employer; *caducado* from the day after, before the close."""
    alcanzado = quien.id if alcance.contiene(empleador_id=quien.id) else None
    return _COMPROBANTES.de(empleador=quien.id, alcanzado=alcanzado, ruc=quien.ruc, hoy=hoy)
