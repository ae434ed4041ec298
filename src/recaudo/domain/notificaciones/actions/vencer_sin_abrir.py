"""Mark the notices that waited and nobody opened."""

from datetime import date

from recaudo.domain.notificaciones.facts import NotificacionesSinAbrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("vencer_sin_abrir", Permiso.NOTIFICACION_ENVIAR, NotificacionesSinAbrir)


def vencer_sin_abrir(*, fecha: date, por: Actor) -> int:
    """This act will mark `no_abierta` what was waited for until before `fecha`, matter by matter.

    Its channel failed: notice in person or by boletas is due (COA art. 166). It opens no término.
    The fact of each kind of matter is its own, so that the room of the matter reacts to it; its
    notices carry the number of the fact (`fallo_hecho_id`). Running it again changes nothing.
    Returns how many.
    """
    esperan = Notificacion.objects.filter(
        estado=EstadoNotificacion.DEPOSITADA, abrir_hasta__lt=fecha
    )
    cuantas = 0
    for tipo in sorted(set(esperan.values_list("materia_tipo", flat=True))):
        with acto(ACTO, por=por, fecha=fecha, norma="COA art. 166") as a:
            n = esperan.filter(materia_tipo=tipo).update(
                estado=EstadoNotificacion.NO_ABIERTA, fallo_hecho_id=a.hecho_id
            )
            a.declarar(NotificacionesSinAbrir(fecha, tipo, n, a.hecho_id))
        cuantas += n
    return cuantas
