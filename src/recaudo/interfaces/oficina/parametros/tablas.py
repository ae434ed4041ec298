"""The list of published rates."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recaudo.domain.parametros.queries import SITUACIONES, anios_con_tasa
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaElegir,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaTasa,
    Tabla,
)

MARCAS = {
    "VERIFICADO": "Verificada",
    "SECUNDARIO": "Fuente secundaria",
    "PROVISIONAL": "Provisional",
    "DEMO": "DEMO: no es oficial",
}
PALABRAS = {codigo: texto for codigo, texto, _ in SITUACIONES}
TONOS = {"pendiente": "amarillo", "vigente": "verde", "devuelta": ""}


class ColumnaMarca(Columna):
    """How sure a value is; whatever is doubtful carries a mark."""

    def __init__(self, verbose_name: str, **kwargs: Any) -> None:
        """Write the mark in words."""
        super().__init__(verbose_name, palabra=lambda v: MARCAS.get(v, v), **kwargs)

    def render(self, value: str) -> SafeString | str:
        """Write the words, marked unless the source is the official one."""
        palabra = MARCAS.get(value, value)
        if value == "VERIFICADO":
            return palabra
        return format_html('<span class="nota-norma">{}</span>', palabra)


class TablaTasas(Tabla):
    """Rates: first those that wait for a decision, then the newest."""

    elegir = ColumnaElegir()
    desde = ColumnaFecha("Rige desde", linkify=lambda record: direccion("tasa", record.pk))
    ultimo_dia = ColumnaFecha("Hasta", order_by="hasta")
    tasa = ColumnaTasa("Tasa anual")
    fuente = Columna("Fuente", corto=True)
    estado_verificacion = ColumnaMarca("Verificación")
    situacion = ColumnaEstado(
        "Situación", palabra=lambda v: PALABRAS.get(v, v), tono=lambda v: TONOS.get(v, "")
    )

    titulo, singular, plural, archivo = "Tasas", "tasa", "tasas", "tasas"
    texto = (
        "El interés de mora se calcula con la tasa activa máxima convencional de cada mes "
        "(LSS art. 89). Una tasa registrada no se edita: otra persona la aprueba o la devuelve."
    )
    clave = "desde"
    buscar = Busqueda("Fuente", textos=["fuente"])
    filtros: ClassVar = {
        "situacion": Opcion(
            "Situación", [(c, t) for c, t, _ in SITUACIONES],
            donde={c: q for c, _, q in SITUACIONES},
        ),
        "marca": Opcion("Verificación", MARCAS.items(), campo="estado_verificacion"),
        "anio": Opcion("Año", lambda: [(str(a), str(a)) for a in anios_con_tasa()],
                       donde=lambda anio: Q(desde__year=int(anio))),
    }  # fmt: skip
    acto_de_varias = "Decidir las elegidas"
    vacio_titulo = "No hay tasas con esos filtros"
    vacio_texto = "Sin la tasa de un mes no se liquida interés de ese mes: la tabla se llena aquí."
