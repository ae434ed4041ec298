"""Who may see which glosa and who may close days."""

from datetime import date

from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo


class FechaFutura(Rechazo):
    """A day that has not come cannot be closed."""

    mensaje = "Solo se cierran días que ya llegaron: indique una fecha que no sea futura."


def puede_ver_glosa(actor: Actor, *, empleador_id: int, provincia: str) -> bool:
    """The debtor, or staff who may see arrears in that province."""
    if actor.ve_lo_propio_de(empleador_id):
        return True
    return actor.puede(Permiso.CARTERA_VER) and (actor.es_nacional or provincia in actor.provincias)


def puede_pagar_glosa(actor: Actor, *, empleador_id: int) -> bool:
    """Whoever represents the debtor makes the comprobante that pays it."""
    return empleador_id in actor.empleadores and actor.puede(Permiso.COMPROBANTE_GENERAR)


def exigir_cierre(actor: Actor, *, fecha: date, hoy: date) -> None:
    """Refuse (`SinPermiso`, `FechaFutura`) who may not close, or a day that has not come."""
    if not actor.puede(Permiso.CARTERA_CERRAR_DIA):
        raise SinPermiso
    if fecha > hoy:
        raise FechaFutura
