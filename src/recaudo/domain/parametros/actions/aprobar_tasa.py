"""Approve a rate that another officer entered."""

from datetime import date

from django.db.models.functions import Now

from recaudo.domain.parametros.facts import TasaAprobada
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.policy import exigir_cuatro_ojos
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("aprobar_tasa", Permiso.TASA_APROBAR, TasaAprobada)


class TasaInexistente(Rechazo):
    """There is no such rate."""

    mensaje = "No existe esa tasa. Vuelva a la tabla de tasas y elija una de la lista."


class TasaYaAprobada(Rechazo):
    """It was approved before."""

    mensaje = "La tasa ya está aprobada. No hace falta hacer nada más."


class TasaDevueltaAntes(Rechazo):
    """It was returned: it can only be registered again."""

    mensaje = "La tasa se devolvió y no se puede aprobar. Pida que registren la tasa correcta."


def aprobar_tasa(*, tasa_id: int, por: Actor, hoy: date) -> TasaPublicada:
    """This act will put a registered rate in force (LSS art. 89; four eyes).

    Raises TasaInexistente, TasaYaAprobada, TasaDevueltaAntes, MismaPersona, SinPermiso.
    """
    with acto(ACTO, por=por, fecha=hoy, norma="LSS art. 89") as a:
        fila = TasaPublicada.objects.select_for_update(of=("self",)).filter(pk=tasa_id).first()
        if fila is None:
            raise TasaInexistente
        exigir_cuatro_ojos(registrada_por=fila.registrada_por, por=por)
        if fila.aprobada_en is not None:
            raise TasaYaAprobada
        if fila.devuelta_en is not None:
            raise TasaDevueltaAntes
        TasaPublicada.objects.filter(pk=tasa_id).update(aprobada_por=por.id, aprobada_en=Now())
        fila.refresh_from_db()
        a.declarar(
            TasaAprobada(
                fila.pk, fila.desde.isoformat(), fila.hasta.isoformat(), str(fila.tasa.normalize())
            )
        )
    return fila
