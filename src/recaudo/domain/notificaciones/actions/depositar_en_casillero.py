"""Put one document in an employer's electronic inbox."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Now

from recaudo.domain.notificaciones.facts import NotificacionDepositada
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import MAQUINA
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.casillero import espera_de_recepcion

ACTO = Acto("depositar_en_casillero", Permiso.GLOSA_NOTIFICAR, NotificacionDepositada)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envio:
    """What is put at the disposal of whom. `cantones`: debtor's and office's (COA 159)."""

    empleador_id: int
    provincia: str
    cantones: frozenset[str]
    materia_tipo: str
    materia_id: int
    asunto: str
    documento_id: int


def depositar_en_casillero(*, envio: Envio, por: Actor, hoy: date) -> Notificacion:
    """This act will put a document in the employer's electronic inbox (COA art. 164).

    It notifies nobody yet: only the acknowledgement of reception does. It also counts until when
    reception is waited for. The same matter is deposited once; again, the database refuses.
    """
    MAQUINA.paso(ACTO.nombre, None)
    espera = espera_de_recepcion(
        depositada=hoy,
        cantones=envio.cantones,
        calendario=cargar_calendario(),
        parametros=cargar_parametros(),
    )
    with acto(ACTO, por=por, fecha=hoy, norma="COA art. 164") as a:
        notificacion = Notificacion.objects.create(
            empleador_id=envio.empleador_id,
            provincia=envio.provincia,
            cantones=sorted(envio.cantones),
            materia_tipo=envio.materia_tipo,
            materia_id=envio.materia_id,
            asunto=envio.asunto,
            documento_id=envio.documento_id,
            canal="CASILLERO",
            depositada_el=hoy,
            depositada_en=Now(),
            abrir_hasta=espera.vence,
            hecho_id=a.hecho_id,
        )
        a.declarar(
            NotificacionDepositada(
                notificacion_id=notificacion.pk,
                empleador_id=envio.empleador_id,
                provincia=envio.provincia,
                materia_tipo=envio.materia_tipo,
                materia_id=envio.materia_id,
                asunto=envio.asunto,
                abrir_hasta=espera.vence,
            )
        )
    return notificacion
