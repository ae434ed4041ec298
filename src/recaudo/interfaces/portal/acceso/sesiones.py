"""«Sesiones abiertas»: where a person is inside, since when, and how to end one or the others."""

from typing import Any, ClassVar

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.infra.security.entrada import olvidar_aparatos
from recaudo.infra.security.models import Sesion
from recaudo.infra.security.sesiones import huella_de, sesiones_de, terminar_sesiones
from recaudo.interfaces.portal.contexto import Peticion, pagina, pagina_de_acto
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.filtros import Busqueda, Opcion
from recaudo.interfaces.vista.formatos import contar, escribir_fecha_corta
from recaudo.interfaces.vista.listas import lista
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import con_sesion
from recaudo.interfaces.vista.tablas import Columna, ColumnaEstado, ColumnaFecha, Tabla

ESTA, OTRA = "esta", "otra"
PALABRAS = {ESTA: "Es la que usa ahora", OTRA: "En otro navegador"}
#: Said in the page of the act: whoever closes what he does not know has somebody inside.
CONSEJO = "Si no la reconoce, pida que le cambien la clave: quien la abrió la sabe."


class TablaDeSesiones(Tabla):
    """The open sessions of a person, the last used first."""

    aparato = Columna(
        "Navegador", linkify=lambda record: reverse("cerrar_sesion", args=[record.pk])
    )
    cual = ColumnaEstado(
        "Cuál es",
        palabra=lambda cual: PALABRAS[cual],
        tono=lambda cual: "verde" if cual == ESTA else "gris",
    )
    origen = Columna("Dirección")
    desde = ColumnaFecha("Abierta desde")
    ultimo_uso = ColumnaFecha("Último uso")

    titulo, singular, plural = "Sesiones abiertas", "sesión abierta", "sesiones abiertas"
    archivo = "sesiones-abiertas"
    clave = "aparato"
    buscar = Busqueda("Navegador o dirección", textos=["aparato", "origen"])
    filtros: ClassVar = {
        "cual": Opcion("Cuál es", list(PALABRAS.items()), donde={c: Q(cual=c) for c in PALABRAS}),
    }
    vacio_titulo = "No hay sesiones con esos filtros"
    vacio_texto = "Quite los filtros para verlas todas."


@con_sesion
@require_safe
def abiertas(request: Peticion) -> HttpResponseBase:
    """Lista: where this person is inside."""
    otras = Enlace("Cerrar las demás", reverse("cerrar_otras"))
    return lista(request, TablaDeSesiones, _las_suyas(request), actos=[otras], pintar=pagina)


@con_sesion
@require_http_methods(METODOS)
def cerrar(request: Peticion, sesion_id: int) -> HttpResponse:
    """Acto: end one session; that of another person is as if it were not."""
    suya = _las_suyas(request).filter(pk=sesion_id).first()
    if suya is None:
        que = "la sesión"
        raise NoHallado(
            que, sesion_id, donde="La buscamos entre sus sesiones abiertas.",
            consejos=("Puede que ya haya terminado.",),
            salidas=[Enlace("Ver sus sesiones abiertas", reverse("sesiones"))],
        )  # fmt: skip
    es_esta = suya.cual == ESTA
    quien = request.actor.id or 0

    def hacer(_: Any) -> Resultado:
        terminar_sesiones(quien, sesion_id=suya.pk)
        return Resultado(f"Cerró la sesión de {suya.aparato}.", reverse("sesiones"))

    return acto_de_pantalla(
        request,
        titulo=f"Cerrar la sesión de {suya.aparato}",
        decisiones=[Decision("cerrar", "Cerrar esa sesión", hacer)],
        filas=[
            Fila("Dirección", suya.origen),
            Fila("Abierta desde", escribir_fecha_corta(suya.desde)),
            Fila("Último uso", escribir_fecha_corta(suya.ultimo_uso)),
        ],
        efecto=["En ese navegador habrá que ingresar otra vez.", CONSEJO],
        impedimento="Es la que usa ahora: ciérrela con «Cerrar sesión»." if es_esta else "",
        cancelar=reverse("sesiones"),
        pintar=pagina_de_acto,
        migas=_migas("Cerrar"),
    )


@con_sesion
@require_http_methods(METODOS)
def cerrar_otras(request: Peticion) -> HttpResponse:
    """Acto: end every session but this one, and forget where one entered before."""
    quien = request.actor.id or 0
    otras = _las_suyas(request).filter(cual=OTRA).count()
    cuantas = contar(otras, "sesión", "sesiones")

    def hacer(_: Any) -> Resultado:
        terminar_sesiones(quien, excepto=request.session.session_key)
        olvidar_aparatos(quien)
        return Resultado(f"Cerró sus demás sesiones: {cuantas}.", reverse("sesiones"))

    return acto_de_pantalla(
        request,
        titulo="Cerrar las demás sesiones",
        decisiones=[Decision("cerrar", "Cerrar las demás", hacer)],
        efecto=[
            f"Se cierran {cuantas}; esta sigue abierta.",
            "Sus navegadores y lugares conocidos se olvidan hasta que vuelva a ingresar en ellos.",
        ],
        cancelar=reverse("sesiones"),
        pintar=pagina_de_acto,
        migas=_migas("Cerrar las demás"),
    )


def _las_suyas(request: Peticion) -> QuerySet[Any, Any]:
    """Return the open sessions of who asks, each said to be this one or another."""
    esta = huella_de(request.session.session_key)
    suyas: QuerySet[Sesion] = sesiones_de(request.actor.id or 0)
    return suyas.annotate(
        cual=Case(When(huella=esta, then=Value(ESTA)), default=Value(OTRA),
                  output_field=CharField())
    )  # fmt: skip


def _migas(texto: str) -> tuple[Miga, ...]:
    return (Miga("Sesiones abiertas", reverse("sesiones")), Miga(texto))
