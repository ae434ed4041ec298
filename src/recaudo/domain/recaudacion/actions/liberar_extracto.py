"""Let go of a statement that was held, once what held it is mended."""

from datetime import date

from django.db import connection

from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    bloquear_importaciones,
    cabecera_de,
    motivo_de_retencion,
)
from recaudo.domain.recaudacion.actions.confirmar_extracto import ConfirmaQuienImporto
from recaudo.domain.recaudacion.batches.lectura import leer_de_nuevo
from recaudo.domain.recaudacion.facts import ExtractoLiberado
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import RETENCIONES, ExtractoNoExiste
from recaudo.domain.recaudacion.states import MAQUINA_EXTRACTO, EstadoExtracto
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("liberar_extracto", Permiso.EXTRACTO_CONFIRMAR, ExtractoLiberado)


class ExtractoNoEstaRetenido(Rechazo):
    """Only what is held can be let go."""

    mensaje = "Ese extracto no está retenido: no hay nada que liberar."
    norma = NORMA


class LiberacionSinRazon(Rechazo):
    """What was held is never let go without saying what was mended."""

    mensaje = "Escriba qué se corrigió, en 400 letras como máximo."
    norma = NORMA


class SigueRetenido(Rechazo):
    """Read again today, it is held for the same reason, or for another one."""

    norma = NORMA


def liberar_extracto(*, extracto_id: int, por: Actor, hoy: date, razon: str) -> Extracto:
    """This act will let a held statement be confirmed, if nothing holds it today (S03).

    The kept bytes are read and judged again as if they came now: what contradicts itself stays
    held, whatever the reason written. Raises ExtractoNoExiste, ExtractoNoEstaRetenido,
    LiberacionSinRazon, ConfirmaQuienImporto, SigueRetenido, SinPermiso.
    """
    por.exigir(Permiso.EXTRACTO_CONFIRMAR)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise LiberacionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        with connection.cursor() as cursor:
            bloquear_importaciones(cursor)
        fila = Extracto.objects.select_for_update(of=("self",)).filter(pk=extracto_id).first()
        if fila is None:
            raise ExtractoNoExiste
        if ACTO.nombre not in MAQUINA_EXTRACTO.actos_desde(fila.estado):
            raise ExtractoNoEstaRetenido
        if not es_otra_persona(por, fila.recibido_por_id):
            raise ConfirmaQuienImporto
        leido = leer_de_nuevo(fila)
        retencion, cuenta = motivo_de_retencion(leido)
        if retencion or cuenta is None:
            msg = f"Sigue retenido: {RETENCIONES[retencion].lower()}. Pida al banco otro archivo."
            raise SigueRetenido(msg)
        Extracto.objects.filter(pk=fila.pk).update(
            estado=EstadoExtracto.POR_CONFIRMAR, retencion="", cuenta=cuenta, canal=cuenta.canal,
            contradice_a=None, contradice_por=None, **cabecera_de(leido),
        )  # fmt: skip
        a.declarar(ExtractoLiberado(fila.pk, fila.nombre, cuenta.numero, razon))
        fila.refresh_from_db()
    return fila
