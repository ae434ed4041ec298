"""Who may do what to which notice."""

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso


def puede_acusar_recibo(actor: Actor, notificacion: Notificacion) -> bool:
    """Only somebody who represents the addressee today: nobody is notified by another's hand."""
    alcance = actor.alcance(Permiso.NOTIFICACION_ACUSAR_RECIBO)
    return alcance.contiene(empleador_id=notificacion.empleador_id)


def exigir(*, permitido: bool) -> None:
    """Refuse (`SinPermiso`) when a question of this module answered no."""
    if not permitido:
        raise SinPermiso
