"""The registry of employers, and one employer whole: what it owes, has, paid, and its history."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador, empleador_por_ruc, visible_to
from recaudo.domain.cartera.queries import lista_de_glosas
from recaudo.domain.obligaciones.queries import lista_de_obligaciones
from recaudo.domain.organizacion.queries import canton, cantones
from recaudo.domain.recaudacion.queries import (
    CreditoVisto,
    creditos_con_saldo,
    lista_de_comprobantes,
    lista_de_creditos,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.cartera.tablas import TablaGlosas
from recaudo.interfaces.oficina.deuda import deuda_de
from recaudo.interfaces.oficina.deudas.tablas import TablaCreditos, TablaDeudas
from recaudo.interfaces.oficina.empleadores.tablas import (
    TablaComprobantes,
    TablaEmpleadores,
    tipo_en_palabras,
)
from recaudo.interfaces.oficina.historia import historia_de_empleador
from recaudo.interfaces.oficina.listas import con_empleador
from recaudo.interfaces.oficina.marco import (
    Pedido,
    de_la_puerta,
    direccion,
    o_no_existe,
    pagina,
    pestanas_de,
)
from recaudo.interfaces.vista.listas import lista
from recaudo.interfaces.vista.piezas import Fila, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.tablas import Tabla

PESTANAS = (
    ("empleador", "Saldo", Permiso.EMPLEADOR_VER),
    ("deudas_de_empleador", "Planillas y deudas", Permiso.PLANILLA_VER),
    ("comprobantes_de_empleador", "Comprobantes", Permiso.RECAUDACION_VER),
    ("creditos_de_empleador", "Créditos", Permiso.RECAUDACION_VER),
    ("glosas_de_empleador", "Glosas", Permiso.CARTERA_VER),
    ("historia_de_empleador", "Historia", Permiso.EMPLEADOR_VER),
)


@exige(Permiso.EMPLEADOR_VER)
@require_safe
def lista_de_empleadores(request: HttpRequest) -> HttpResponseBase:
    """Lista: the employers within reach, by RUC or name."""
    suyos = visible_to(de_la_puerta(request).alcance).order_by("clave_orden")
    return lista(request, TablaEmpleadores, suyos, pintar=pagina, seccion="empleadores")


@exige(Permiso.EMPLEADOR_VER)
@require_safe
def deuda(request: HttpRequest, ruc: str) -> HttpResponse:
    """Ficha: what the employer owes today, with interest, each amount with its reasons."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    consolidada = deuda_de(empleador.id, alcance=pedido.alcance, hoy=pedido.hoy)
    lugares = {c.codigo: f"{c.nombre}, {c.provincia_nombre}" for c in cantones()}
    sucursales = [
        {"codigo": s.codigo, "nombre": s.nombre, "lugar": lugares.get(s.canton, s.canton)}
        for s in empleador.sucursales
    ]
    primero = min((d.obligacion.fecha_vencimiento for d in consolidada.lineas), default=pedido.hoy)
    contexto = {
        "deuda": consolidada,
        "sucursales": sucursales,
        "primero": primero,
        "restantes": (primero - pedido.hoy).days,
        "creditos": _a_favor(pedido.actor, empleador),
    }
    return _ficha(pedido, empleador, "empleador", contexto)


@exige(Permiso.PLANILLA_VER)
@require_safe
def deudas(request: HttpRequest, ruc: str) -> HttpResponseBase:
    """Lista: the debts of an employer within reach, planillas and the rest: what is owed first."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    suyas = lista_de_obligaciones(empleador.id, alcance=pedido.alcance)
    return _lista(pedido, empleador, "deudas_de_empleador", TablaDeudas, suyas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def creditos(request: HttpRequest, ruc: str) -> HttpResponseBase:
    """Lista: the credits in favour of an employer, those with balance first."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    suyos = lista_de_creditos(alcance=pedido.alcance, empleador_id=empleador.id)
    return _lista(pedido, empleador, "creditos_de_empleador", TablaCreditos, suyos)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def comprobantes(request: HttpRequest, ruc: str) -> HttpResponseBase:
    """Lista: the comprobantes of an employer, newest first."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    suyos = lista_de_comprobantes(empleador.id, alcance=pedido.alcance)
    return _lista(pedido, empleador, "comprobantes_de_empleador", TablaComprobantes, suyos)


@exige(Permiso.CARTERA_VER)
@require_safe
def glosas_del_empleador(request: HttpRequest, ruc: str) -> HttpResponseBase:
    """Lista: the glosas of an employer within reach."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    suyas = con_empleador(lista_de_glosas(pedido.alcance), pedido.actor).filter(
        empleador_id=empleador.id
    )
    return _lista(
        pedido, empleador, "glosas_de_empleador", TablaGlosas, suyas,
        excluir=("empleador", "provincia"), opciones={"provincia": []},
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER)
@require_safe
def historia(request: HttpRequest, ruc: str) -> HttpResponse:
    """Ficha: what happened to the employer, newest first."""
    pedido = de_la_puerta(request)
    empleador = _empleador(pedido, ruc)
    sucesos = historia_de_empleador(empleador.id, actor=pedido.actor)
    return _ficha(pedido, empleador, "historia_de_empleador", {"sucesos": sucesos})


def _a_favor(actor: Actor, empleador: FichaEmpleador) -> list[CreditoVisto]:
    """Its credits that something is left of, for whom reads collection; no one else is told."""
    alcance = actor.alcance(Permiso.RECAUDACION_VER)
    if alcance.vacio:
        return []
    return creditos_con_saldo(alcance=alcance, empleador_id=empleador.id, persona_id=None)


def _empleador(pedido: Pedido, ruc: str) -> FichaEmpleador:
    return o_no_existe(
        lambda: empleador_por_ruc(ruc, alcance=pedido.actor.alcance(Permiso.EMPLEADOR_VER)),
        de=pedido,
        que="el empleador con RUC",
        buscado=ruc,
        lista="empleadores",
    )


def _ficha(
    pedido: Pedido, empleador: FichaEmpleador, pestana: str, contexto: dict[str, Any]
) -> HttpResponse:
    plantilla = {"empleador": "deuda.html", "historia_de_empleador": "historia.html"}[pestana]
    return pagina(
        pedido,
        f"empleadores/{plantilla}",
        {**_de_la_ficha(pedido.actor, empleador, pestana), **contexto},
        seccion="empleadores",
        migas=_migas(empleador),
    )


def _lista(
    pedido: Pedido,
    empleador: FichaEmpleador,
    pestana: str,
    tabla: type[Tabla],
    filas: QuerySet[Any],
    **mas: Any,
) -> HttpResponseBase:
    return lista(
        pedido,
        tabla,
        filas,
        pintar=pagina,
        plantilla="empleadores/lista.html",
        contexto=_de_la_ficha(pedido.actor, empleador, pestana),
        seccion="empleadores",
        nombre=f"{tabla.archivo}-{empleador.ruc}",
        **mas,
    )


def _migas(empleador: FichaEmpleador) -> tuple[Miga, ...]:
    return (Miga("Empleadores", direccion("empleadores")), Miga(empleador.razon_social))


def _de_la_ficha(actor: Actor, empleador: FichaEmpleador, pestana: str) -> dict[str, Any]:
    lugar = canton(empleador.canton)
    return {
        "empleador": empleador,
        "identidad_empleador": [
            Fila("Tipo", tipo_en_palabras(empleador.tipo_empleador)),
            Fila("Domicilio", f"{lugar.nombre}, {lugar.provincia_nombre}"),
            Fila("Sucursales", len(empleador.sucursales)),
            Fila("Correo", empleador.correo or "No registra"),
        ],
        "pestanas": pestanas_de(PESTANAS, empleador.ruc, actual=pestana, actor=actor),
    }
