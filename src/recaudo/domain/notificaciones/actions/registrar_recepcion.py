"""Register that a notice was delivered: the proof that somebody of the office brings."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from recaudo.domain.notificaciones.actions._recepcion import (
    bloquear,
    escribir_recepcion,
    exigir_recepcion,
)
from recaudo.domain.notificaciones.canales.protocolo import canal_de
from recaudo.domain.notificaciones.facts import NotificacionRecibida, RecepcionRegistrada
from recaudo.domain.notificaciones.policy import exigir, puede_registrar
from recaudo.domain.notificaciones.states import MAQUINA
from recaudo.domain.plazos.queries import PlazoGuardado
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto(
    "registrar_recepcion",
    Permiso.NOTIFICACION_ENVIAR,
    NotificacionRecibida,
    RecepcionRegistrada,
)


class RecepcionFutura(Rechazo):
    """What has not happened cannot be proven."""

    mensaje = "La recepción no puede ser posterior a hoy: escriba el día en que ocurrió."
    norma = "COA art. 164"


def registrar_recepcion(
    *, notificacion_id: int, recibida: date, prueba: Mapping[str, str], por: Actor, hoy: date
) -> PlazoGuardado | None:
    """This act will record a reception that did not happen on the portal (COA arts. 165 to 168).

    `recibida` is the day it happened, `prueba` what the channel asks for. The channel says on which
    day that notifies; the first reception of a matter opens its término. A day to come is waited
    for (`surtir_efecto`), and then this returns None. Refuses SinPermiso (out of
    reach, or a channel that only the addressee acknowledges), RecepcionFutura, PruebaIncompleta,
    RecepcionAnteriorAlDeposito, NotificacionNoExiste.
    """
    with transaction.atomic():
        notificacion = bloquear(notificacion_id)
        canal = canal_de(notificacion.canal)
        exigir(permitido=puede_registrar(por, notificacion) and not canal.acusa_el_destinatario)
        if recibida > hoy:
            raise RecepcionFutura
        MAQUINA.paso(ACTO.nombre, notificacion.estado)
        exigir_recepcion(notificacion, recibida=recibida, prueba=prueba)
        with acto(ACTO, por=por, fecha=hoy, norma=canal.norma) as a:
            return escribir_recepcion(a, notificacion, recibida=recibida, prueba=prueba)
