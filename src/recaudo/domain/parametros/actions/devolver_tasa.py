"""Return a rate that was registered wrong, so that the right one can be registered."""

from datetime import date
from typing import Final

from django.db.models.functions import Now

from recaudo.domain.parametros.actions.aprobar_tasa import TasaInexistente, TasaYaAprobada
from recaudo.domain.parametros.facts import TasaDevuelta
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO: Final = Acto("devolver_tasa", Permiso.TASA_APROBAR, TasaDevuelta)
LARGO_RAZON: Final = 300


class TasaYaDevuelta(Rechazo):
    """Somebody returned it before."""

    mensaje = "La tasa ya se devolvió. Registre la tasa correcta de esos meses."


class DevolucionSinRazon(Rechazo):
    """Whoever registered it must know what to correct."""

    mensaje = "Escriba la razón de la devolución, en 300 caracteres como máximo."


def devolver_tasa(*, tasa_id: int, razon: str, por: Actor, hoy: date) -> TasaPublicada:
    """This act will return a rate that waits for approval (LSS art. 89): its months are free again.

    The row stays, with its reason, and never rules. Raises DevolucionSinRazon, TasaInexistente,
    TasaYaAprobada, TasaYaDevuelta, SinPermiso.
    """
    por.exigir(Permiso.TASA_APROBAR)
    escrita = razon.strip()
    if not es_razon(escrita, hasta=LARGO_RAZON):
        raise DevolucionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma="LSS art. 89") as a:
        fila = TasaPublicada.objects.select_for_update(of=("self",)).filter(pk=tasa_id).first()
        if fila is None:
            raise TasaInexistente
        if fila.aprobada_en is not None:
            raise TasaYaAprobada
        if fila.devuelta_en is not None:
            raise TasaYaDevuelta
        TasaPublicada.objects.filter(pk=tasa_id).update(
            devuelta_por=por.id, devuelta_en=Now(), razon_devolucion=escrita
        )
        fila.refresh_from_db()
        a.declarar(
            TasaDevuelta(
                fila.pk, fila.desde.isoformat(), fila.hasta.isoformat(),
                str(fila.tasa.normalize()), escrita,
            )
        )  # fmt: skip
    return fila
