"""How far the people of the tests see."""

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso

P = Permiso
LECTURAS = (
    P.EMPLEADOR_VER_LO_PROPIO, P.EMPLEADOR_VER, P.PLANILLA_VER, P.RECAUDACION_VER, P.CARTERA_VER,
)  # fmt: skip


def ve(actor: Actor, *permisos: Permiso) -> Alcance:
    """Return how far somebody sees: with those permissions, or with any that only reads."""
    return actor.alcance(*(permisos or LECTURAS))
