"""Acknowledge reception of a notice: the proof, and the deadline it opens."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from recaudo.domain.notificaciones.actions._recepcion import (
    ORIGEN,
    NotificacionNoExiste,
    RecepcionAnteriorAlDeposito,
    bloquear,
    escribir_recepcion,
    exigir_recepcion,
)
from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta, canal_de
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.notificaciones.policy import exigir, puede_acusar_recibo
from recaudo.domain.notificaciones.states import MAQUINA, EstadoNotificacion
from recaudo.domain.plazos.queries import PlazoGuardado, plazo_abierto_por
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("acusar_recibo", Permiso.NOTIFICACION_ACUSAR_RECIBO, NotificacionRecibida)


def acusar_recibo(
    *, notificacion_id: int, por: Actor, hoy: date, prueba: Mapping[str, str]
) -> PlazoGuardado | None:
    """This act will record that the addressee received the notice and open its término (COA 164).

    `hoy` is the local civil date; the channel says on which day that notifies, and the término runs
    from the next business day (COA 158) over the calendar of both cantons (COA 159). `prueba` says
    from where it was opened; who, when and the digest of the content are added here. Receiving
    again changes nothing and returns the same término. Refuses SinPermiso (also for a channel that
    the addressee does not acknowledge by himself), PruebaIncompleta, RecepcionAnteriorAlDeposito,
    NotificacionNoExiste.
    """
    with transaction.atomic():
        notificacion = bloquear(notificacion_id)
        exigir(
            permitido=puede_acusar_recibo(por, notificacion)
            and canal_de(notificacion.canal).acusa_el_destinatario
        )
        if notificacion.estado == EstadoNotificacion.RECIBIDA:
            return plazo_abierto_por(ORIGEN, notificacion.pk)
        MAQUINA.paso(ACTO.nombre, notificacion.estado)
        exigir_recepcion(notificacion, recibida=hoy, prueba=prueba)
        norma = canal_de(notificacion.canal).norma
        with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
            return escribir_recepcion(a, notificacion, recibida=hoy, prueba=prueba)


__all__ = [
    "NotificacionNoExiste",
    "PruebaIncompleta",
    "RecepcionAnteriorAlDeposito",
    "acusar_recibo",
]
