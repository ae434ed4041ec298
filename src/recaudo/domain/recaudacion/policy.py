"""Who may do which act on which object. Missing and forbidden answer the same."""

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso


def representa(actor: Actor, empleador_id: int) -> bool:
    """Tell whether the actor acts for that employer."""
    return empleador_id in actor.empleadores


def puede_generar(actor: Actor, empleador_id: int) -> bool:
    """Only who represents the employer makes comprobantes for it."""
    return actor.puede(Permiso.COMPROBANTE_GENERAR) and representa(actor, empleador_id)


def puede_anular(actor: Actor, empleador_id: int) -> bool:
    """Only who represents the employer annuls its comprobantes (R-ANU-02)."""
    return actor.puede(Permiso.COMPROBANTE_ANULAR) and representa(actor, empleador_id)


def puede_ver_comprobante(actor: Actor, empleador_id: int) -> bool:
    """Its owner, or an officer who sees collection in the whole country."""
    if actor.puede(Permiso.RECAUDACION_VER):
        return True
    return actor.ve_lo_propio_de(empleador_id)
