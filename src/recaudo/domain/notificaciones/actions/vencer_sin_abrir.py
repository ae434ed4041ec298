"""Mark the notices that waited and nobody opened."""

from datetime import date

from recaudo.domain.notificaciones.facts import NotificacionesSinAbrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("vencer_sin_abrir", Permiso.GLOSA_NOTIFICAR, NotificacionesSinAbrir)


def vencer_sin_abrir(*, fecha: date, por: Actor) -> int:
    """This act will mark `no_abierta` what was waited for until before `fecha`.

    The electronic channel failed: notice in person or by boletas is due (COA art. 166). It opens
    no término. Running it again changes nothing. Returns how many.
    """
    esperan = Notificacion.objects.filter(
        estado=EstadoNotificacion.DEPOSITADA, abrir_hasta__lt=fecha
    )
    if not esperan.exists():
        return 0
    with acto(ACTO, por=por, fecha=fecha, norma="COA art. 166") as a:
        cuantas = esperan.update(estado=EstadoNotificacion.NO_ABIERTA)
        a.declarar(NotificacionesSinAbrir(fecha, cuantas))
    return cuantas
