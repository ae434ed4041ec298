"""Who may see which glosa and who may close days."""

from datetime import date

from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo


class FechaFutura(Rechazo):
    """A day that has not come cannot be closed."""

    mensaje = "Solo se cierran días que ya llegaron: indique una fecha que no sea futura."


def exigir_cierre(actor: Actor, *, fecha: date, hoy: date) -> None:
    """Refuse (`SinPermiso`, `FechaFutura`) who may not close, or a day that has not come."""
    if not actor.puede(Permiso.CARTERA_CERRAR_DIA):
        raise SinPermiso
    if fecha > hoy:
        raise FechaFutura
