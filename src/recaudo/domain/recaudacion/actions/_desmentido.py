"""What proposing, approving and returning that a notice is undone share. Not an act."""

from recaudo.domain.recaudacion.actions._recepcion import LARGO_RAZON, NORMA
from recaudo.domain.recaudacion.models import DesmentidoDeAviso
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import AvisoVisto, aviso
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.security.actor import Actor
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon


class ElBancoNoLoNiega(Rechazo):
    """What the bank says does not deny that entry: the reason is said in words."""

    norma = NORMA


class DesmentidoNoExiste(Rechazo):
    """There is no proposal that waits with that number."""

    mensaje = "Esa propuesta no existe, o ya se decidió sobre ella. Vuelva a la cuenta."


class DesmienteQuienPropuso(Rechazo):
    """Four eyes: who proposes does not decide (S03)."""

    mensaje = "Decide una persona distinta de la que propuso. Pídaselo a otra."
    norma = NORMA


class DesmentidoSinRazon(Rechazo):
    """Money never leaves the books without saying why."""

    mensaje = "Escriba con qué respaldo se sabe, en 400 letras como máximo."
    norma = NORMA


def razon_limpia(razon: str) -> str:
    """Return a reason in one line; DesmentidoSinRazon when it says nothing, or too much."""
    limpia = " ".join(razon.split())
    if not es_razon(limpia, hasta=LARGO_RAZON):
        raise DesmentidoSinRazon
    return limpia


def negada_por_el_banco(linea_id: int) -> AvisoVisto:
    """Return the entry of a line that the bank denies; raises LineaNoExiste, ElBancoNoLoNiega."""
    visto = aviso(linea_id)
    if visto.impedimento:
        raise ElBancoNoLoNiega(visto.impedimento)
    return visto


def propuesta_de_otro(desmentido_id: int, por: Actor) -> DesmentidoDeAviso:
    """Lock a proposal that waits, made by somebody else. Raises as the acts that decide it."""
    fila = (
        DesmentidoDeAviso.objects.select_for_update()
        .filter(pk=desmentido_id, estado=EstadoAclaracion.PROPUESTA)
        .first()
    )
    if fila is None:
        raise DesmentidoNoExiste
    if not es_otra_persona(por, fila.propuesta_por):
        raise DesmienteQuienPropuso
    return fila
