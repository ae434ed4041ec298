"""Who may do what to which notice."""

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso


def puede_acusar_recibo(actor: Actor, notificacion: Notificacion) -> bool:
    """Only somebody who represents the addressee today: nobody is notified by another's hand."""
    return (
        actor.puede(Permiso.NOTIFICACION_ACUSAR_RECIBO)
        and notificacion.empleador_id in actor.empleadores
    )


def puede_ver(actor: Actor, *, empleador_id: int, provincia: str) -> bool:
    """The addressee, or staff of the province (or national) who may see arrears."""
    if actor.ve_lo_propio_de(empleador_id):
        return True
    return actor.puede(Permiso.CARTERA_VER) and (actor.es_nacional or provincia in actor.provincias)


def exigir(*, permitido: bool) -> None:
    """Refuse (`SinPermiso`) when a question of this module answered no."""
    if not permitido:
        raise SinPermiso
