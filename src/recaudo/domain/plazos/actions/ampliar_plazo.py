"""Extend a término, once, before it ends."""

from recaudo.domain.plazos.actions._cuenta import (
    plazo_que_corre,
    reemplazar,
    suspensiones_de,
)
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.plazo import ampliar


class PlazoNoAmpliable(Rechazo):
    """It was extended before, or its last day went by."""

    mensaje = "El término ya se amplió una vez, o ya venció: no se puede ampliar."
    norma = "COA art. 161"


def ampliar_plazo(*, acto: ActoAbierto, plazo_id: int, extra: int, motivo: str) -> Plazo:
    """This act will replace a running término by one with `extra` more days (COA art. 161).

    By up to half, once, before it ends; the earlier row stays. It runs inside the act of whoever
    decides, and carries its fact. Raises PlazoTerminado, PlazoNoAmpliable, AmpliacionExcesiva.
    """
    plazo = plazo_que_corre(plazo_id)
    previos = Plazo.objects.filter(
        materia_tipo=plazo.materia_tipo, materia_id=plazo.materia_id, regla=plazo.regla,
        parte_tipo=plazo.parte_tipo, parte_id=plazo.parte_id,
    )  # fmt: skip
    if len(set(previos.values_list("cantidad", flat=True))) > 1 or (
        plazo.vence is not None and acto.fecha > plazo.vence
    ):
        raise PlazoNoAmpliable
    cantidad = ampliar(plazo.cantidad, extra=extra, en=plazo.desde, parametros=cargar_parametros())
    return reemplazar(
        plazo, acto, motivo=motivo, cantidad=cantidad, suspensiones=suspensiones_de(plazo)
    )
