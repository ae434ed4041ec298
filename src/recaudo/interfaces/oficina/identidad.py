"""Who the debtor is, when the officer may know it."""

from recaudo.domain.afiliacion.queries import (
    EmpleadorDesconocido,
    FichaEmpleador,
    ficha_de_empleador,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso


def empleador_o_nada(empleador_id: int | None, actor: Actor) -> FichaEmpleador | None:
    """Return the employer's ficha, or None when it is out of the actor's reach."""
    if empleador_id is None:
        return None
    try:
        return ficha_de_empleador(empleador_id, alcance=actor.alcance(Permiso.EMPLEADOR_VER))
    except EmpleadorDesconocido:
        return None
