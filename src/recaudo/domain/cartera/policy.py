"""Who may see which glosa and who may close days; what a notice of a glosa is."""

from datetime import date
from typing import Final

from recaudo.domain.notificaciones.materias import LoQueAbre, Materia
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.plazos.reglas import regla_de_plazo

MATERIA: Final = "glosa"
#: What `notificaciones` needs to know of a glosa (C.D. 516 art. 129).
NOTICIA_DE_GLOSA: Final = Materia(
    tipo=MATERIA,
    nombre="glosa",
    permiso_ver=Permiso.CARTERA_VER,
    abre=LoQueAbre(regla_de_plazo("pagar_o_impugnar"), "vencer_terminos"),
)


class FechaFutura(Rechazo):
    """A day that has not come cannot be closed."""

    mensaje = "Solo se cierran días que ya llegaron: indique una fecha que no sea futura."


def exigir_cierre(actor: Actor, *, fecha: date, hoy: date) -> None:
    """Refuse (`SinPermiso`, `FechaFutura`) who may not close, or a day that has not come."""
    if not actor.puede(Permiso.CARTERA_CERRAR_DIA):
        raise SinPermiso
    if fecha > hoy:
        raise FechaFutura
