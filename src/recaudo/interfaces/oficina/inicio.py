"""Home of the office: what waits for this person today, and nobody else's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.cartera.queries import lista_de_glosas, ultimo_dia_cerrado
from recaudo.domain.parametros.queries import hay_tasa_para, lista_de_tasas
from recaudo.domain.recaudacion.queries import (
    cola_de_valores,
    lineas_por_aclarar,
    lista_de_cargos,
    lista_de_extractos,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.cartera.tablas import TablaGlosas
from recaudo.interfaces.oficina.cartera.views import dias_por_cerrar
from recaudo.interfaces.oficina.marco import (
    NO_EXISTE,
    Pedido,
    de_la_puerta,
    direccion,
    es_personal,
    pagina,
)
from recaudo.interfaces.oficina.parametros.tablas import TablaTasas
from recaudo.interfaces.oficina.recaudacion.cola import TablaValores
from recaudo.interfaces.oficina.recaudacion.tablas import (
    TablaCargos,
    TablaExtractos,
    TablaPorAclarar,
)
from recaudo.interfaces.vista.piezas import Enlace, Fila
from recaudo.interfaces.vista.puertas import con_sesion
from recaudo.interfaces.vista.tablas import Tabla
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import ultima_auditoria

DIAS_DE_AVISO = 30
SEMANA = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tarea:
    """One thing that waits: how many, how much, how urgent, and the list that has exactly those."""

    texto: str
    cuantos: int
    detalle: str
    url: str
    importe: Dinero | None = None
    tono: str = "amarillo"


@con_sesion
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Show what waits for the roles of who asks; whoever is not staff finds nothing here."""
    pedido = de_la_puerta(request)
    if not es_personal(pedido.actor):
        raise Http404(NO_EXISTE)
    puede = pedido.actor.puede
    tareas = [
        *(_de_valores(pedido) if puede(Permiso.VALOR_APLICAR) else []),
        *(_de_extractos(pedido) if puede(Permiso.EXTRACTO_IMPORTAR) else []),
        *(_de_cierre(pedido) if puede(Permiso.CARTERA_CERRAR_DIA) else []),
        *(_de_glosas(pedido) if puede(Permiso.NOTIFICACION_ENVIAR) else []),
        *_de_tasas(pedido.actor, pedido.hoy),
    ]
    audita = puede(Permiso.AUDITORIA_EJECUTAR)
    contexto = {
        "tareas": [t for t in tareas if t.cuantos],
        "actos": _actos(pedido.actor),
        "audita": audita,
        "auditoria": ultima_auditoria() if audita else None,
        "consultas": _consultas(pedido.actor),
        "de_consola": _de_consola(pedido.actor),
    }
    return pagina(request, "inicio.html", contexto, seccion="inicio")


def contada(
    texto: str,
    tabla: type[Tabla],
    filas: QuerySet[Any],
    lugar: str,
    consulta: Mapping[str, str],
    detalle: str,
    *,
    suma: str = "",
    tono: str = "amarillo",
) -> Tarea:
    """Return a task counted by the very list that it opens: same rows, same filters, same sum."""
    hecha = tabla(filas.none())
    hecha.resumir(tabla.filtro(consulta, filas).qs)
    url = f"{direccion(lugar)}?{urlencode(consulta)}" if consulta else direccion(lugar)
    return Tarea(texto, hecha.cuantas, detalle, url, hecha.sumas.get(suma), tono)


def _de_valores(pedido: Pedido) -> list[Tarea]:
    cola = cola_de_valores(hoy=pedido.hoy)
    viejos = {"edad": str(DIAS_DE_AVISO + 1)}
    exactos = {"sugerencia": "exacto"}
    partes = (TablaValores, cola, "valores")
    return [
        contada("Valores por identificar", *partes, {}, "Dinero sin dueño", suma="importe"),
        contada("Valores de más de 30 días", *partes, viejos, "Los más antiguos primero",
                suma="importe", tono="rojo"),
        contada("Valores con una sugerencia exacta", *partes, exactos,
                "Se aplican varios con una sola razón", suma="importe"),
    ]  # fmt: skip


def _de_extractos(pedido: Pedido) -> list[Tarea]:
    partes = (TablaExtractos, lista_de_extractos(), "extractos")
    return [
        contada("Extractos por confirmar", *partes, {"situacion": "por_confirmar"},
                "Los confirma quien no los importó"),
        contada("Extractos retenidos", *partes, {"situacion": "retenido"},
                "Nada de ellos entró al libro", tono="rojo"),
        contada("Extractos que no cuadran", *partes, {"situacion": "no_cuadra"},
                "Reclame al banco el archivo correcto", suma="total", tono="rojo"),
        contada("Líneas por aclarar con el banco", TablaPorAclarar, lineas_por_aclarar(), "aclarar",
                {}, "Reversos, lo que se cree ya visto y lo que no se puede leer", suma="movido"),
        contada("Débitos del banco por aclarar", TablaCargos, lista_de_cargos(hoy=pedido.hoy),
                "cargos", {}, "Uno dice qué fueron y otro lo aprueba", suma="falta"),
    ]  # fmt: skip


def _de_cierre(pedido: Pedido) -> list[Tarea]:
    ultimo = ultimo_dia_cerrado()
    return [
        Tarea(
            "Días de cartera por cerrar",
            dias_por_cerrar(pedido.hoy),
            f"Último cerrado: {ultimo:%d/%m/%Y}" if ultimo else "",
            direccion("cerrar_dia"),
            tono="rojo",
        )
    ]


def _de_glosas(pedido: Pedido) -> list[Tarea]:
    suyas = lista_de_glosas(pedido.actor.alcance(Permiso.CARTERA_VER))
    partes = (TablaGlosas, suyas, "glosas")
    en_espera = {"estado": "en_espera_de_notificacion"}
    semana = {"estado": "notificada", "vence_hasta": f"{pedido.hoy + SEMANA:%d/%m/%Y}"}
    return [
        contada("Glosas cuyo término vence en 7 días", *partes, semana, "Notificadas y sin pago",
                suma="capital", tono="rojo"),
        contada("Glosas por notificar por otro canal", *partes,
                {"estado": "no_notificada_electronicamente"},
                "En persona o por boletas: nadie abrió el aviso, o el deudor no tiene casillero",
                suma="capital", tono="rojo"),
        contada("Glosas en el casillero, sin acuse", *partes, {**en_espera, "aviso": "depositada"},
                "Se espera su recepción", suma="capital"),
        contada("Glosas con el término vencido", *partes, {"estado": "notificada_vencida"},
                "Notificadas y sin pago", suma="capital", tono="rojo"),
    ]  # fmt: skip


def _de_tasas(actor: Actor, hoy: date) -> list[Tarea]:
    """Approving is for who approves; a missing rate, for who registers."""
    tareas = []
    partes = (TablaTasas, lista_de_tasas(), "tasas")
    if actor.puede(Permiso.TASA_APROBAR):
        por_aprobar = {"situacion": "pendiente"}
        tareas.append(contada("Tasas por aprobar", *partes, por_aprobar, "Sin aprobar no rigen"))
    if actor.puede(Permiso.TASA_REGISTRAR):
        devueltas = {"situacion": "devuelta", "anio": str(hoy.year)}
        tareas.append(contada("Tasas devueltas este año", *partes, devueltas, "Con su razón"))
        falta = not hay_tasa_para(hoy)
        detalle = f"Sin la tasa de {hoy:%m/%Y} no se liquida el interés de ese mes"
        url = direccion("registrar_tasa")
        tareas.append(Tarea("Tasa de este mes", int(falta), detalle, url, tono="rojo"))
    return tareas


def _actos(actor: Actor) -> list[Enlace]:
    """The acts this person may begin, in the words of the office."""
    posibles = (
        ("Importar un extracto", "importar_extracto", Permiso.EXTRACTO_IMPORTAR),
        ("Cerrar días de cartera", "cerrar_dia", Permiso.CARTERA_CERRAR_DIA),
        ("Registrar una tasa", "registrar_tasa", Permiso.TASA_REGISTRAR),
    )
    return [Enlace(texto, direccion(n)) for texto, n, p in posibles if actor.puede(p)]


def _consultas(actor: Actor) -> list[Enlace]:
    """The lists that this person may search."""
    posibles = (
        ("Empleadores", "empleadores", Permiso.EMPLEADOR_VER),
        ("Glosas", "glosas", Permiso.CARTERA_VER),
        ("Extractos", "extractos", Permiso.RECAUDACION_VER),
        ("Valores por identificar", "valores", Permiso.RECAUDACION_VER),
        ("Libro diario", "diario", Permiso.LIBRO_VER),
        ("Sellos del libro", "sellos", Permiso.LIBRO_VER),
        ("Tasas", "tasas", Permiso.RECAUDACION_VER),
    )
    return [Enlace(texto, direccion(n)) for texto, n, p in posibles if actor.puede(p)]


def _de_consola(actor: Actor) -> list[Fila]:
    """What this person may do that has no page in this version: the order that does it."""
    posibles = (
        ("Registrar un empleador", "recaudo empleadores registrar", Permiso.EMPLEADOR_REGISTRAR),
        ("Emitir las planillas de un mes", "recaudo planillas emitir", Permiso.PLANILLAS_EMITIR),
        ("Comprobar los invariantes del libro", "recaudo auditoria", Permiso.AUDITORIA_EJECUTAR),
        ("Abrir cuentas y dar roles", "recaudo cuentas", Permiso.USUARIOS_ADMINISTRAR),
    )
    return [Fila(que, orden) for que, orden, p in posibles if actor.puede(p)]
