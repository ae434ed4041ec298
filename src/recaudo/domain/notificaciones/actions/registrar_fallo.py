"""Register that an attempt to notify failed."""

from datetime import date

from django.db import transaction

from recaudo.domain.notificaciones.actions._recepcion import bloquear
from recaudo.domain.notificaciones.canales.protocolo import canal_de
from recaudo.domain.notificaciones.facts import NotificacionFallida
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.policy import exigir, puede_registrar
from recaudo.domain.notificaciones.states import MAQUINA, EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("registrar_fallo", Permiso.NOTIFICACION_ENVIAR, NotificacionFallida)
LARGO_MOTIVO = 300


class FalloSinMotivo(Rechazo):
    """A failed attempt says why: it is never a notification, and the next one depends on it."""

    mensaje = "Escriba por qué no se pudo notificar, en 300 letras como máximo."
    norma = "COA art. 164"


def registrar_fallo(*, notificacion_id: int, motivo: str, por: Actor, hoy: date) -> Notificacion:
    """This act will close an attempt that reached nobody, with its reason; no término runs.

    The room of the matter reacts to the fact: another attempt, another channel. Refuses SinPermiso,
    FalloSinMotivo, NotificacionNoExiste, and an attempt that already ended.
    """
    dicho = motivo.strip()
    if not es_razon(dicho, hasta=LARGO_MOTIVO):
        raise FalloSinMotivo
    with transaction.atomic():
        notificacion = bloquear(notificacion_id)
        exigir(permitido=puede_registrar(por, notificacion))
        MAQUINA.paso(ACTO.nombre, notificacion.estado)
        with acto(ACTO, por=por, fecha=hoy, norma=canal_de(notificacion.canal).norma) as a:
            Notificacion.objects.filter(pk=notificacion.pk).update(
                estado=EstadoNotificacion.FALLIDA, motivo_fallo=dicho, fallo_hecho_id=a.hecho_id
            )
            a.declarar(
                NotificacionFallida(
                    notificacion_id=notificacion.pk,
                    destinatario_tipo=notificacion.destinatario_tipo,
                    destinatario_id=notificacion.destinatario_id,
                    provincia=notificacion.provincia,
                    materia_tipo=notificacion.materia_tipo,
                    materia_id=notificacion.materia_id,
                    canal=notificacion.canal,
                    intento=notificacion.intento,
                    motivo=dicho,
                )
            )
        notificacion.refresh_from_db()
    return notificacion
