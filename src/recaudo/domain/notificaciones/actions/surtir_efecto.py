"""Notices whose proof came before their legal date take effect on it."""

from datetime import date
from typing import Final

from django.db import transaction

from recaudo.domain.notificaciones.actions._recepcion import surtir
from recaudo.domain.notificaciones.canales.protocolo import canal_de
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import MAQUINA, EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO: Final = Acto("surtir_efecto", Permiso.NOTIFICACION_ENVIAR, NotificacionRecibida)


def surtir_efecto(*, fecha: date, por: Actor) -> int:
    """This act will hold notified, on `fecha`, what the law holds notified by then (COA art. 168).

    Their proof is kept since it was registered. Each is an act of its own, in the order of its
    legal date: the first of a matter and addressee opens its deadline, from that date. What another
    channel notified meanwhile counts, and this one is only kept. Again, it changes nothing. Returns
    how many.
    """
    with transaction.atomic():
        esperan = Notificacion.objects.filter(
            estado=EstadoNotificacion.POR_SURTIR, surtira_el__lte=fecha
        )
        llegaron = list(esperan.select_for_update().order_by("surtira_el", "pk"))
        for notificacion in llegaron:
            MAQUINA.paso(ACTO.nombre, notificacion.estado)
            norma = canal_de(notificacion.canal).norma
            with acto(ACTO, por=por, fecha=fecha, norma=norma) as a:
                surtir(a, notificacion, legal=notificacion.surtira_el or fecha)
    return len(llegaron)
