"""Home of the office: what needs this person today."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.cartera.queries import resumen_por_estado, ultimo_dia_cerrado
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.notificaciones.queries import notificaciones_de
from recaudo.domain.parametros.queries import tasas
from recaudo.domain.recaudacion.queries import extractos, lineas_por_aclarar, valores_abiertos
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.cartera.views import dias_por_cerrar
from recaudo.interfaces.oficina.marco import (
    NO_EXISTE,
    de_la_puerta,
    direccion,
    es_personal,
    pagina,
)
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.puertas import con_sesion
from recaudo.kernel.money import Dinero

DIAS_DE_AVISO = 30
MAXIMO = 20_000


@dataclass(frozen=True, slots=True)
class Tarea:
    """One thing that waits: how many, how much, how urgent, where it is worked."""

    texto: str
    cuantos: int
    detalle: str
    url: str
    importe: Dinero | None = None
    tono: str = ""


@con_sesion
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Show what waits for the roles of who asks; whoever is not staff finds nothing here."""
    pedido = de_la_puerta(request)
    if not es_personal(pedido.actor):
        raise Http404(NO_EXISTE)
    tareas = [
        *(_de_recaudacion(pedido.hoy) if pedido.actor.puede(Permiso.RECAUDACION_VER) else []),
        *(_de_cartera(pedido.actor, pedido.hoy) if pedido.actor.puede(Permiso.CARTERA_VER) else []),
        *_de_tasas(pedido.actor, pedido.hoy),
    ]
    contexto = {
        "tareas": [t for t in tareas if t.cuantos],
        "puede_buscar": pedido.actor.puede(Permiso.EMPLEADOR_VER),
        "actos": _actos(pedido.actor),
    }
    return pagina(request, "inicio.html", contexto, seccion="inicio")


def _de_recaudacion(hoy: date) -> list[Tarea]:
    abiertos = valores_abiertos(hoy=hoy, limite=MAXIMO)
    edad = max((v.edad for v in abiertos), default=0)
    sin_cuadrar = [e for e in extractos() if not e.cuadra]
    aclarar = lineas_por_aclarar()
    return [
        Tarea(
            "Valores por identificar",
            len(abiertos),
            f"El más antiguo: {contar(edad, 'día', 'días')}",
            direccion("valores"),
            sum((v.importe for v in abiertos), Dinero.CERO),
            "rojo" if edad > DIAS_DE_AVISO else "amarillo",
        ),
        Tarea(
            "Extractos que no cuadran",
            len(sin_cuadrar),
            "Reclame al banco el archivo correcto",
            f"{direccion('extractos')}?situacion=no",
            tono="rojo",
        ),
        Tarea(
            "Líneas por aclarar con el banco",
            len(aclarar),
            "Reversos, importes ilegibles o distintos, sin fecha",
            direccion("aclarar"),
            sum((linea.importe for linea in aclarar if linea.importe), Dinero.CERO),
            "amarillo",
        ),
    ]


def _de_cartera(actor: Actor, hoy: date) -> list[Tarea]:
    alcance = actor.alcance(Permiso.CARTERA_VER)
    por_estado = resumen_por_estado(alcance)
    sin_abrir = notificaciones_de(alcance, estado="no_abierta").count()
    en_espera_url = f"{direccion('glosas')}?estado=en_espera_de_notificacion"
    nada = (0, Dinero.CERO)
    vencidas, capital_vencido = por_estado.get(EstadoGlosa.NOTIFICADA_VENCIDA.value, nada)
    en_espera, capital_en_espera = por_estado.get(EstadoGlosa.EN_ESPERA_DE_NOTIFICACION.value, nada)
    ultimo = ultimo_dia_cerrado()
    dias = Tarea(
        "Días de cartera por cerrar",
        dias_por_cerrar(hoy),
        f"Último cerrado: {ultimo:%d/%m/%Y}" if ultimo else "",
        direccion("dias"),
        tono="rojo",
    )
    return [
        dias,
        Tarea(
            "Notificaciones que nadie abrió",
            sin_abrir,
            "Proceden en persona o por boletas",
            en_espera_url,
            tono="rojo",
        ),
        Tarea(
            "Glosas que esperan notificación",
            en_espera,
            "Depositadas, sin acuse de recibo",
            en_espera_url,
            capital_en_espera,
            "amarillo",
        ),
        Tarea(
            "Glosas con el término vencido",
            vencidas,
            "Notificadas y sin pago",
            f"{direccion('glosas')}?estado=notificada_vencida",
            capital_vencido,
            "rojo",
        ),
    ]


def _de_tasas(actor: Actor, hoy: date) -> list[Tarea]:
    """Approving is for who approves; a missing rate, for who registers."""
    tareas = []
    if actor.puede(Permiso.TASA_APROBAR):
        tareas.append(
            Tarea(
                "Tasas por aprobar",
                len(tasas(pendientes=True)),
                "Sin aprobar no rigen",
                f"{direccion('tasas')}?situacion=pendiente",
                tono="amarillo",
            )
        )
    if actor.puede(Permiso.TASA_REGISTRAR):
        falta = not any(t.desde <= hoy < t.hasta for t in tasas())
        detalle = f"Sin la tasa de {hoy:%m/%Y} no se liquida el interés de ese mes"
        tareas.append(
            Tarea("Tasa de este mes", int(falta), detalle, direccion("registrar_tasa"), tono="rojo")
        )
    return tareas


def _actos(actor: Actor) -> list[tuple[str, str]]:
    """The acts this person may begin, in the words of the office."""
    posibles = (
        ("Importar un extracto", "importar_extracto", Permiso.EXTRACTO_IMPORTAR),
        ("Cerrar días de cartera", "cerrar_dia", Permiso.CARTERA_CERRAR_DIA),
        ("Registrar una tasa", "registrar_tasa", Permiso.TASA_REGISTRAR),
    )
    return [(texto, direccion(nombre)) for texto, nombre, p in posibles if actor.puede(p)]
