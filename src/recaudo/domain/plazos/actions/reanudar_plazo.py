"""End a suspension of a deadline: the count goes on with the days that were left."""

from datetime import date

from recaudo.domain.plazos.actions._cuenta import (
    plazo_que_corre,
    reemplazar,
    suspensiones_de,
)
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.plazos.plazo import Suspension


class PlazoNoSuspendido(Rechazo):
    """No suspension of that date goes on until later."""

    mensaje = "Ese plazo no tiene una suspensión desde esa fecha que siga: no hay qué reanudar."
    norma = "COA art. 162"


def reanudar_plazo(
    *, acto: ActoAbierto, plazo_id: int, desde: date, hasta: date, motivo: str
) -> Plazo:
    """This act will end on `hasta`, its last day, the suspension that began on `desde` (COA 162).

    Open, or earlier than it was said. What another suspension still stops stays stopped (PP-17).
    It runs inside the act of whoever resumes, and carries its fact. Raises PlazoTerminado,
    PlazoNoSuspendido, SuspensionInvalida.
    """
    plazo = plazo_que_corre(plazo_id)
    suspensiones = suspensiones_de(plazo)
    sigue = next(
        (s for s in suspensiones if s.desde == desde and (s.hasta is None or s.hasta > hasta)),
        None,
    )
    if sigue is None:
        raise PlazoNoSuspendido
    otras = [s for s in suspensiones if s is not sigue]
    return reemplazar(plazo, acto, motivo=motivo, suspensiones=[*otras, Suspension(desde, hasta)])
