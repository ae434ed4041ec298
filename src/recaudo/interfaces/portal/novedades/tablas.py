"""The list of the files of events that an employer sent."""

from typing import Any, ClassVar

from django.db.models import CharField, Q, QuerySet
from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador, archivos_visibles
from recaudo.infra.preparadas import ListaPreparada, Pedida, mostrado
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaFecha,
    ColumnaNumero,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.norma.novedades.avisos import TipoNovedad


def nombre_de_tipo(codigo: str) -> str:
    """Return the name an employer knows a kind of event by."""
    return TipoNovedad(codigo).nombre.capitalize()


class TablaArchivos(Tabla):
    """Files of events of one employer, newest first."""

    nombre = Columna(
        "Archivo",
        linkify=lambda record: reverse("portal:archivo", args=[record.ruc, record.pk]),
    )
    tipo = Columna("Tipo", palabra=nombre_de_tipo)
    periodo = ColumnaPeriodo("Período")
    recibido_el = ColumnaFecha("Recibido")
    procesado_por = Columna("Lo envió")
    aceptadas = ColumnaNumero("Registradas")
    rechazadas = ColumnaNumero("Por corregir")

    titulo, singular, plural = "Novedades", "archivo", "archivos"
    archivo = "novedades"
    texto = (
        "Entradas, salidas, sueldos nuevos, extras y días no laborados de sus trabajadores, "
        "en archivos por lotes."
    )
    clave = "nombre"
    corta = True
    buscar = Busqueda("Nombre del archivo o quién lo envió", textos=["nombre", "procesado_por"])
    filtros: ClassVar = {
        "tipo": Opcion("Tipo", [(t.value, nombre_de_tipo(t)) for t in TipoNovedad], campo="tipo"),
        "resultado": Opcion(
            "Resultado",
            [("por_corregir", "Con líneas por corregir"), ("completo", "Entró todo")],
            donde={"por_corregir": Q(rechazadas__gt=0), "completo": Q(rechazadas=0)},
        ),
        "desde": FiltroFecha("Recibido desde", campo="recibido_el"),
        "hasta": FiltroFecha("Recibido hasta", campo="recibido_el", hasta=True),
    }
    vacio_titulo = "No hay archivos de novedades que mostrar"
    vacio_texto = (
        "Si aplicó filtros, quítelos. Cuando cargue un archivo, verá aquí qué líneas entraron y "
        "cuáles hay que corregir."
    )


def _archivos(empleador: Any, alcanzado: Any, ruc: Any) -> QuerySet[Any]:
    suyos = archivos_visibles(Alcance.de_un_empleador(alcanzado)).filter(empleador_id=empleador)
    return suyos.annotate(ruc=mostrado(ruc, CharField()))


_ARCHIVOS = ListaPreparada(_archivos)


def archivos_de(quien: FichaEmpleador, *, alcance: Alcance) -> Pedida[Any]:
    """Return the files of an employer, newest first."""
    alcanzado = quien.id if alcance.contiene(empleador_id=quien.id) else None
    return _ARCHIVOS.de(empleador=quien.id, alcanzado=alcanzado, ruc=quien.ruc)
