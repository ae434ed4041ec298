"""The inbox as a list: what waits to be opened first, then what runs, then the rest."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import CharField, Q, QuerySet
from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.cartera.queries import RECIBIDA, SIN_ABRIR, con_la_glosa_del_aviso
from recaudo.domain.notificaciones.queries import (
    NotificacionVista,
    lista_de_avisos,
    terminos_de_avisos,
    vence_si_se_recibe,
    vistas,
)
from recaudo.domain.plazos.queries import PlazoVisto
from recaudo.infra.preparadas import ListaPreparada, Pedida, mostrado
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.portal.columnas import ColumnaPlazo, PlazoDeFila
from recaudo.interfaces.portal.contexto import Peticion, lo_propio
from recaudo.interfaces.portal.plazos import restantes_de_termino
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    Tabla,
)
from recaudo.interfaces.vista.tonos import tono_de_estado


def direccion_de_aviso(record: Any) -> str:
    """Return where a notice leads: first to its reception, then to what it brings."""
    if record.recibida_el is None:
        return reverse("portal:recibir", args=[record.ruc, record.pk])
    if record.glosa:
        return reverse("portal:glosa", args=[record.ruc, record.glosa])
    return reverse("portal:aviso", args=[record.ruc, record.pk])


def tono_de_aviso(situacion: str) -> str:
    """Return the tone of what a notice is: one not opened asks for attention."""
    propios = {SIN_ABRIR: "amarillo", RECIBIDA: "azul"}
    return propios.get(situacion) or tono_de_estado(situacion)


class TablaAvisos(Tabla):
    """Notices of one employer, the most urgent first."""

    asunto = Columna("Asunto", linkify=direccion_de_aviso)
    depositada_el = ColumnaFecha("En su casillero desde")
    recibida_el = ColumnaFecha("Recibida", default="—")
    vence = ColumnaPlazo("Último día para pagar o impugnar")
    situacion = ColumnaEstado("Estado", tono=tono_de_aviso)
    valor = ColumnaDinero("Valor al emitirse")

    titulo, singular, plural = "Notificaciones", "notificación", "notificaciones"
    archivo = "notificaciones"
    clave = "asunto"
    corta = True
    buscar = Busqueda("Asunto, o número de glosa", con_guiones=["glosa"], textos=["asunto"])
    filtros: ClassVar = {
        "estado": Opcion(
            "Estado",
            [("sin_abrir", "Sin abrir"), ("recibida", "Recibidas")],
            donde={"sin_abrir": Q(recibida_el=None), "recibida": Q(recibida_el__isnull=False)},
        ),
        "que": Opcion(
            "Qué",
            [("glosas", "Glosas"), ("otras", "Otras notificaciones")],
            donde={"glosas": Q(materia_tipo="glosa"), "otras": ~Q(materia_tipo="glosa")},
        ),
        "vence_desde": FiltroFecha("Vence desde", campo="vence"),
        "vence_hasta": FiltroFecha("Vence hasta", campo="vence", hasta=True),
    }
    vacio_titulo = "No hay notificaciones que mostrar"
    vacio_texto = "Si aplicó filtros, quítelos. Lo que le notifiquen aparece aquí, con su término."


def _avisos(empleador: Any, alcanzado: Any, ruc: Any, hoy: Any) -> QuerySet[Any]:
    avisos = lista_de_avisos(empleador, alcance=Alcance.de_un_empleador(alcanzado), hoy=hoy)
    filas: QuerySet[Any] = con_la_glosa_del_aviso(avisos).annotate(ruc=mostrado(ruc, CharField()))
    return filas


_AVISOS = ListaPreparada(_avisos)


def avisos_de(request: Peticion, quien: FichaEmpleador) -> Pedida[Any]:
    """Return the inbox of an employer, with what each notice brings once it was received."""
    alcanzado = quien.id if lo_propio(request).contiene(empleador_id=quien.id) else None
    return _AVISOS.de(empleador=quien.id, alcanzado=alcanzado, ruc=quien.ruc, hoy=request.hoy)


def poner_plazos(filas: Sequence[Any], *, hoy: date) -> None:
    """Put on the notices of a page the deadline of each: the one that runs, or that would."""
    avisos = vistas(filas)
    terminos = terminos_de_avisos([a for a in avisos if a.materia_tipo == "glosa"], hoy=hoy)
    for fila, aviso in zip(filas, avisos, strict=True):
        termino = terminos.get(aviso.materia_id) if aviso.materia_tipo == "glosa" else None
        fila.plazo = _plazo(aviso, termino, asunto_vivo=fila.pide, hoy=hoy)


def _plazo(
    aviso: NotificacionVista, termino: PlazoVisto | None, *, asunto_vivo: bool, hoy: date
) -> PlazoDeFila | None:
    if not asunto_vivo:
        return None
    if aviso.recibida_el is None:
        vence = vence_si_se_recibe(aviso, hoy=hoy)
        return PlazoDeFila(vence, si_hoy=True) if vence is not None else None
    if termino is None or termino.vence is None:
        return None
    quedan = restantes_de_termino(termino.vence, termino.restantes, hoy=hoy)
    return PlazoDeFila(termino.vence, quedan)
