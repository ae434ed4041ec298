"""Reject a statement that has not entered the books."""

from datetime import date

from recaudo.domain.recaudacion.actions._recepcion import LARGO_RAZON, NORMA
from recaudo.domain.recaudacion.facts import ExtractoRechazado
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.queries import ExtractoNoExiste
from recaudo.domain.recaudacion.states import MAQUINA_EXTRACTO, EstadoExtracto
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("rechazar_extracto", Permiso.EXTRACTO_CONFIRMAR, ExtractoRechazado)


class ExtractoNoSeRechaza(Rechazo):
    """It is in the books, or was rejected before."""

    mensaje = "Solo se rechaza un extracto que aún no entra al libro."
    norma = NORMA


class RechazoSinRazon(Rechazo):
    """A file of a bank is never put aside without saying why."""

    mensaje = "Escriba la razón del rechazo, en 400 letras como máximo."
    norma = NORMA


def rechazar_extracto(*, extracto_id: int, por: Actor, hoy: date, razon: str) -> Extracto:
    """This act will put aside a statement held or to be confirmed, with its reason.

    Raises ExtractoNoExiste, ExtractoNoSeRechaza, RechazoSinRazon, SinPermiso.
    """
    por.exigir(Permiso.EXTRACTO_CONFIRMAR)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise RechazoSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        fila = Extracto.objects.select_for_update(of=("self",)).filter(pk=extracto_id).first()
        if fila is None:
            raise ExtractoNoExiste
        if ACTO.nombre not in MAQUINA_EXTRACTO.actos_desde(fila.estado):
            raise ExtractoNoSeRechaza
        Extracto.objects.filter(pk=fila.pk).update(estado=EstadoExtracto.RECHAZADO, razon=razon)
        a.declarar(ExtractoRechazado(fila.pk, fila.nombre, razon))
        fila.refresh_from_db()
    return fila
