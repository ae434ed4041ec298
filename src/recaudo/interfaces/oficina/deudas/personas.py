"""A person: what it owes and what it has in favour, for whom reaches some of it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import FichaPersona, persona_por_identificacion
from recaudo.domain.obligaciones.queries import lista_de_deudas_de_persona
from recaudo.domain.recaudacion.queries import lista_de_creditos
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deudas.tablas import TablaCreditos, TablaDeudas
from recaudo.interfaces.oficina.marco import (
    Pedido,
    de_la_puerta,
    direccion,
    o_no_existe,
    pagina,
    pestanas_de,
)
from recaudo.interfaces.vista.listas import lista
from recaudo.interfaces.vista.piezas import Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.tablas import Tabla
from recaudo.kernel.ids import limpiar

PESTANAS = (
    ("persona", "Deudas", Permiso.PLANILLA_VER),
    ("creditos_de_persona", "Créditos a favor", Permiso.RECAUDACION_VER),
)


@exige(Permiso.PLANILLA_VER)
@require_safe
def deudas(request: HttpRequest, identificacion: str) -> HttpResponseBase:
    """Lista: the debts of a person within reach; without one, nobody is there."""
    pedido = de_la_puerta(request)
    persona = _persona(pedido, identificacion)
    suyas = lista_de_deudas_de_persona(persona.id, alcance=pedido.alcance)
    return _lista(pedido, persona, "persona", TablaDeudas, suyas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def creditos(request: HttpRequest, identificacion: str) -> HttpResponseBase:
    """Lista: the credits in favour of a person within reach."""
    pedido = de_la_puerta(request)
    persona = _persona(pedido, identificacion)
    suyos = lista_de_creditos(alcance=pedido.alcance, persona_id=persona.id)
    return _lista(pedido, persona, "creditos_de_persona", TablaCreditos, suyos)


def persona_con_deudas(identificacion: str, actor: Actor) -> FichaPersona | None:
    """Return who has that identification, when some debt or credit of it is within reach."""
    persona = persona_por_identificacion(identificacion)
    if persona is None:
        return None
    debe = lista_de_deudas_de_persona(persona.id, alcance=actor.alcance(Permiso.PLANILLA_VER))
    tiene = lista_de_creditos(alcance=actor.alcance(Permiso.RECAUDACION_VER), persona_id=persona.id)
    return persona if debe.exists() or tiene.exists() else None


def _persona(pedido: Pedido, identificacion: str) -> FichaPersona:
    return o_no_existe(
        lambda: persona_con_deudas(limpiar(identificacion), pedido.actor),
        de=pedido,
        que="la persona con identificación",
        buscado=identificacion,
        lista="empleadores",
    )


def _lista(
    pedido: Pedido,
    persona: FichaPersona,
    pestana: str,
    tabla: type[Tabla],
    filas: QuerySet[Any],
) -> HttpResponseBase:
    return lista(
        pedido,
        tabla,
        filas,
        pintar=pagina,
        plantilla="deudas/persona.html",
        contexto={
            "persona": persona,
            "pestanas": pestanas_de(
                PESTANAS, persona.identificacion, actual=pestana, actor=pedido.actor
            ),
        },
        nombre=f"{tabla.archivo}-{persona.identificacion}",
        seccion="empleadores",
        migas=(Miga("Empleadores", direccion("empleadores")), Miga(persona.nombre)),
    )
