"""What approving and returning a proposal about a debit share."""

from recaudo.domain.recaudacion.actions._recepcion import NORMA
from recaudo.domain.recaudacion.models import AclaracionDeCargo
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.security.actor import Actor
from recaudo.kernel.refusals import Rechazo


class AclaracionNoExiste(Rechazo):
    """There is no proposal that waits with that number."""

    mensaje = "Esa propuesta no existe, o ya se decidió sobre ella. Vuelva a la lista."


class ApruebaQuienPropuso(Rechazo):
    """Four eyes: who proposes does not decide (S03)."""

    mensaje = "Decide una persona distinta de la que propuso. Pídaselo a otra."
    norma = NORMA


def propuesta_por_otra_persona(aclaracion_id: int, por: Actor) -> AclaracionDeCargo:
    """Lock a proposal that waits, made by somebody else. Raises as the acts that decide it."""
    fila = (
        AclaracionDeCargo.objects.select_for_update()
        .filter(pk=aclaracion_id, estado=EstadoAclaracion.PROPUESTA)
        .first()
    )
    if fila is None:
        raise AclaracionNoExiste
    if not es_otra_persona(por, fila.propuesta_por):
        raise ApruebaQuienPropuso
    return fila
