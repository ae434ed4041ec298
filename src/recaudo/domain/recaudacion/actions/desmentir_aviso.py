"""Propose to undo what a notice told and the statement of the bank does not have."""

from datetime import date

from django.db import connection

from recaudo.domain.recaudacion.actions._desmentido import (
    DesmentidoSinRazon,
    ElBancoNoLoNiega,
    negada_por_el_banco,
    razon_limpia,
)
from recaudo.domain.recaudacion.actions._recepcion import NORMA, bloquear_importaciones
from recaudo.domain.recaudacion.facts import DesmentidoPropuesto
from recaudo.domain.recaudacion.models import DesmentidoDeAviso, LineaExtracto
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

__all__ = ["ACTO", "DesmentidoSinRazon", "ElBancoNoLoNiega", "YaSeDesmintio", "desmentir_aviso"]
ACTO = Acto("desmentir_aviso", Permiso.AVISO_DESMENTIR, DesmentidoPropuesto)


class YaSeDesmintio(Rechazo):
    """A proposal waits for another person."""

    mensaje = "Ya se propuso deshacer esa línea: otra persona debe aprobarlo o devolverlo."
    norma = NORMA


def desmentir_aviso(*, linea_id: int, por: Actor, hoy: date, razon: str) -> DesmentidoDeAviso:
    """This act will propose to undo an entry that only a notice told; another approves it (S03).

    Only what the bank itself denies: of a day whose statement proves its entries with balances, in
    none of them, and whose leaving brings the books nearer to the bank. A part stands for its
    entry. Raises LineaNoExiste, ElBancoNoLoNiega, YaSeDesmintio, DesmentidoSinRazon, SinPermiso.
    """
    por.exigir(Permiso.AVISO_DESMENTIR)
    razon = razon_limpia(razon)
    if por.id is None:
        raise SinPermiso
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        with connection.cursor() as cursor:
            bloquear_importaciones(cursor)
        visto = negada_por_el_banco(linea_id)
        if visto.propuesta is not None:
            raise YaSeDesmintio
        entrada = LineaExtracto.objects.get(pk=visto.linea.id).entrada or Dinero.CERO
        fila = DesmentidoDeAviso.objects.create(
            linea_id=visto.linea.id, importe=entrada, razon=razon, propuesta_por=por.id,
            propuesta_por_nombre=por.nombre, propuesta_el=hoy, hecho_id=a.hecho_id,
        )  # fmt: skip
        a.declarar(
            DesmentidoPropuesto(
                visto.linea.extracto_id, visto.linea.numero, fila.pk, abs(entrada), razon
            )
        )
    return fila
