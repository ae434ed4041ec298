"""Suspend a deadline: days that do not count."""

from datetime import date

from recaudo.domain.plazos.actions._cuenta import (
    plazo_que_corre,
    reemplazar,
    suspensiones_de,
)
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.norma.plazos.plazo import Suspension


def suspender_plazo(
    *, acto: ActoAbierto, plazo_id: int, desde: date, hasta: date | None, motivo: str
) -> Plazo:
    """This act will replace a running deadline by one that does not count those days (COA 162).

    Both ends are suspended; without `hasta` nothing ends until `reanudar_plazo`. What was counted
    before stays counted (PP-17). It runs inside the act of whoever suspends, and carries its fact.
    Raises PlazoTerminado, SuspensionInvalida.
    """
    plazo = plazo_que_corre(plazo_id)
    todas = [*suspensiones_de(plazo), Suspension(desde, hasta)]
    return reemplazar(plazo, acto, motivo=motivo, suspensiones=todas)
