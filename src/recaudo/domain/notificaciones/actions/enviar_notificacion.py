"""Send one notice by a channel."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.db.models.functions import Now

from recaudo.domain.notificaciones.canales.protocolo import SIN_CASILLERO, Canal, canal_de
from recaudo.domain.notificaciones.facts import NotificacionEnviada, NotificacionFallida
from recaudo.domain.notificaciones.materias import Destinatario, materia_de
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.policy import tienen_casillero
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto(
    "enviar_notificacion", Permiso.NOTIFICACION_ENVIAR, NotificacionEnviada, NotificacionFallida
)


class NotificacionEnCurso(Rechazo):
    """An attempt by the same channel still waits for its answer, or for its legal date."""

    norma = "COA art. 164"


class YaNotificado(Rechazo):
    """The addressee was notified of that matter: another notice would move nothing."""

    norma = "COA art. 164"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envio:
    """What is sent to whom, about what. `cantones`: addressee's and office's (COA 159)."""

    destinatario_tipo: Destinatario
    destinatario_id: int
    provincia: str
    cantones: frozenset[str]
    materia_tipo: str
    materia_id: int
    asunto: str
    documento_id: int
    canal: str


def enviar_notificacion(*, envio: Envio, por: Actor, hoy: date) -> Notificacion:
    """This act will send a document to its addressee by a channel (COA arts. 164 to 168).

    It notifies nobody yet: only the proof of its reception does. Sent again after a failed attempt
    it is another attempt of the same channel. For whom has no inbox the
    attempt is born failed, with its reason (COA art. 166): another channel is due. Refuses
    NotificacionEnCurso, YaNotificado; raises CanalDesconocido, MateriaDesconocida.
    """
    canal, materia = canal_de(envio.canal), materia_de(envio.materia_tipo)
    llega = not canal.acusa_el_destinatario or envio.destinatario_tipo in tienen_casillero()
    with acto(ACTO, por=por, fecha=hoy, norma=canal.norma) as a:
        notificacion = Notificacion.objects.create(
            destinatario_tipo=envio.destinatario_tipo,
            destinatario_id=envio.destinatario_id,
            provincia=envio.provincia,
            cantones=sorted(envio.cantones),
            materia_tipo=materia.tipo,
            materia_id=envio.materia_id,
            asunto=envio.asunto,
            documento_id=envio.documento_id,
            canal=canal.codigo,
            intento=_siguiente_intento(envio),
            depositada_el=hoy,
            depositada_en=Now(),
            hecho_id=a.hecho_id,
            **_como_nace(a.hecho_id, None if llega else SIN_CASILLERO, canal, envio, hoy),
        )
        comun: dict[str, Any] = {
            "notificacion_id": notificacion.pk,
            "destinatario_tipo": envio.destinatario_tipo,
            "destinatario_id": envio.destinatario_id,
            "provincia": envio.provincia,
            "materia_tipo": materia.tipo,
            "materia_id": envio.materia_id,
            "canal": canal.nombre,
            "intento": notificacion.intento,
        }
        a.declarar(
            NotificacionEnviada(**comun, asunto=envio.asunto)
            if llega
            else NotificacionFallida(**comun, motivo=SIN_CASILLERO.rstrip("."))
        )
    return notificacion


def _como_nace(
    hecho_id: int, motivo: str | None, canal: Canal, envio: Envio, hoy: date
) -> dict[str, Any]:
    """Return the state of a new attempt: sent and waited for, or failed and why."""
    if motivo is None:
        espera = canal.espera_hasta(desde=hoy, cantones=envio.cantones)
        return {"estado": EstadoNotificacion.DEPOSITADA, "abrir_hasta": espera}
    return {
        "estado": EstadoNotificacion.FALLIDA,
        "motivo_fallo": motivo,
        "fallo_hecho_id": hecho_id,
    }


def _siguiente_intento(envio: Envio) -> int:
    """Return the number of this attempt, from 1. Two at once: the database refuses the second."""
    anteriores = Notificacion.objects.filter(
        materia_tipo=envio.materia_tipo,
        materia_id=envio.materia_id,
        destinatario_tipo=envio.destinatario_tipo,
        destinatario_id=envio.destinatario_id,
    )
    if anteriores.filter(surte_efecto=True).exists():
        mensaje = f"El destinatario ya fue notificado: {envio.asunto}. No se le notifica otra vez."
        raise YaNotificado(mensaje)
    suyos = anteriores.filter(canal=envio.canal)
    if (surtira := suyos.filter(estado=EstadoNotificacion.POR_SURTIR).first()) is not None:
        mensaje = (
            f"Ya consta la notificación por ese medio: {envio.asunto}. Se tendrá por hecha el "
            f"{surtira.surtira_el:%d/%m/%Y}: espere a ese día."
        )
        raise NotificacionEnCurso(mensaje)
    if suyos.filter(estado=EstadoNotificacion.DEPOSITADA).exists():
        mensaje = (
            f"Ya hay una notificación en curso por ese medio: {envio.asunto}. Espere su respuesta "
            "o registre que falló."
        )
        raise NotificacionEnCurso(mensaje)
    return (suyos.aggregate(n=Max("intento"))["n"] or 0) + 1


__all__ = ["Destinatario", "Envio", "NotificacionEnCurso", "YaNotificado", "enviar_notificacion"]
