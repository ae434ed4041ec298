"""Acknowledge reception of a notice: the proof, and the término it opens."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.policy import exigir, puede_acusar_recibo
from recaudo.domain.notificaciones.queries import ABRE
from recaudo.domain.notificaciones.states import MAQUINA, EstadoNotificacion
from recaudo.domain.plazos.actions.abrir_plazo import PlazoPedido, abrir_plazo
from recaudo.domain.plazos.queries import PlazoGuardado, plazo_abierto_por
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.documents.verificacion import huella_del_contenido
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.plazos.reglas import regla_de_plazo

ACTO = Acto("acusar_recibo", Permiso.NOTIFICACION_ACUSAR_RECIBO, NotificacionRecibida)


class PruebaIncompleta(Rechazo):
    """A reception without its proof is no notification."""

    mensaje = "Falta la constancia de recepción: desde qué dirección y con qué programa se abrió."
    norma = "COA art. 164"


class RecepcionAnteriorAlDeposito(Rechazo):
    """Nobody receives before the deposit."""

    mensaje = "La recepción no puede ser anterior al día en que se puso en el casillero."
    norma = "COA art. 164"


PRUEBA_MINIMA: Final = ("ip", "agente")


def acusar_recibo(
    *, notificacion_id: int, por: Actor, hoy: date, prueba: Mapping[str, str]
) -> PlazoGuardado:
    """This act will record that the addressee received the notice and open its término (COA 164).

    `hoy` is the local civil date, the legal date of the notification; the término runs from the
    next business day (COA 158) over the calendar of both cantons (COA 159), and is never edited.
    `prueba` says from where it was opened (`ip`, `agente`); who, when and the digest of the
    content are added here. Receiving again changes nothing and returns the same término.
    Refuses SinPermiso, PruebaIncompleta, RecepcionAnteriorAlDeposito. USD: none.
    """
    with transaction.atomic():
        notificacion = Notificacion.objects.select_for_update().get(pk=notificacion_id)
        exigir(permitido=puede_acusar_recibo(por, notificacion))
        if notificacion.estado == EstadoNotificacion.RECIBIDA:
            return plazo_abierto_por("notificacion", notificacion.pk)
        MAQUINA.paso(ACTO.nombre, notificacion.estado)
        _exigir_prueba(prueba)
        if hoy < notificacion.depositada_el:
            raise RecepcionAnteriorAlDeposito
        with acto(ACTO, por=por, fecha=hoy, norma="COA art. 164") as a:
            return _recibir(a, notificacion, prueba)


def _recibir(
    a: ActoAbierto, notificacion: Notificacion, prueba: Mapping[str, str]
) -> PlazoGuardado:
    constancia = {
        **{clave: str(valor) for clave, valor in prueba.items()},
        "quien": a.por.nombre,
        "usuario": a.por.id,
        "recibida_el": a.fecha.isoformat(),
        "contenido_sha256": huella_del_contenido(notificacion.documento_id),
    }
    Notificacion.objects.filter(pk=notificacion.pk).update(
        estado=EstadoNotificacion.RECIBIDA,
        recibida_el=a.fecha,
        recibida_en=Now(),
        recibida_por=a.por.id,
        prueba=constancia,
    )
    abre = ABRE[notificacion.materia_tipo]
    plazo = abrir_plazo(
        acto=a,
        pedido=PlazoPedido(
            regla=regla_de_plazo(abre.regla),
            materia=(notificacion.materia_tipo, notificacion.materia_id),
            origen=("notificacion", notificacion.pk),
            desde=a.fecha,
            cantones=frozenset(notificacion.cantones),
            efecto=abre.efecto,
        ),
    )
    a.declarar(
        NotificacionRecibida(
            notificacion_id=notificacion.pk,
            empleador_id=notificacion.empleador_id,
            provincia=notificacion.provincia,
            materia_tipo=notificacion.materia_tipo,
            materia_id=notificacion.materia_id,
            recibida_el=a.fecha,
            vence=plazo.ultimo_dia,
        )
    )
    return plazo


def _exigir_prueba(prueba: Mapping[str, str]) -> None:
    if not all(str(prueba.get(clave, "")).strip() for clave in PRUEBA_MINIMA):
        raise PruebaIncompleta
