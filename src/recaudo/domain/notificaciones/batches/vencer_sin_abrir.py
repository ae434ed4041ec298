"""Mark the notices that waited and nobody opened."""

from datetime import date

from recaudo.domain.notificaciones.facts import NotificacionesSinAbrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso


def vencer_sin_abrir(*, fecha: date, por: Actor) -> int:
    """Mark `no_abierta` what was waited for until before `fecha`, the date that closes.

    The electronic channel failed: notice in person or by boletas is due (COA art. 166). It opens
    no término. Running it again changes nothing. Returns how many.
    """
    esperan = Notificacion.objects.filter(
        estado=EstadoNotificacion.DEPOSITADA, abrir_hasta__lt=fecha
    )
    if not esperan.exists():
        return 0
    with acto(Permiso.GLOSA_NOTIFICAR, por=por, fecha=fecha, norma="COA art. 166") as a:
        cuantas = esperan.update(estado=EstadoNotificacion.NO_ABIERTA)
        a.declarar(NotificacionesSinAbrir(fecha, cuantas))
    return cuantas
