"""What affirming the pieces of a batch and reverting that share. Not an act."""

from typing import Final

from recaudo.domain.recaudacion.actions._recepcion import LARGO_RAZON, NORMA
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

MOTIVO: Final = "LOTE_RECONOCIDO"
DUDOSA: Final = "AGRUPADA_DUDOSA"


class LoteSinRazon(Rechazo):
    """Nothing is said of a batch without saying how it is known."""

    mensaje = "Escriba cómo se sabe, en 400 letras como máximo."
    norma = NORMA


def razon_limpia(razon: str) -> str:
    """Return a reason in one line; LoteSinRazon when it says nothing, or too much."""
    limpia = " ".join(razon.split())
    if not es_razon(limpia, hasta=LARGO_RAZON):
        raise LoteSinRazon
    return limpia
