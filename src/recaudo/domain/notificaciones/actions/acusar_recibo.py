"""Acknowledge reception of a notice: the proof, and the término it opens."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.notificaciones.models import Notificacion, Termino
from recaudo.domain.notificaciones.policy import exigir, puede_acusar_recibo
from recaudo.domain.notificaciones.queries import REGLAS, ReglaDeTermino
from recaudo.domain.notificaciones.states import MAQUINA, EstadoNotificacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.documents.verificacion import huella_del_contenido
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import DiaInhabil
from recaudo.norma.plazos.termino import Termino as TerminoContado

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
) -> Termino:
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
            return Termino.objects.get(notificacion=notificacion, reemplaza_a__isnull=True)
        MAQUINA.paso(ACTO.nombre, notificacion.estado)
        _exigir_prueba(prueba)
        if hoy < notificacion.depositada_el:
            raise RecepcionAnteriorAlDeposito
        regla = REGLAS[notificacion.materia_tipo]
        contado = regla.contar(
            notificado=hoy,
            cantones=frozenset(notificacion.cantones),
            calendario=cargar_calendario(),
            parametros=cargar_parametros(),
        )
        with acto(ACTO, por=por, fecha=hoy, norma="COA art. 164") as a:
            termino = _escribir(a, notificacion, contado, regla, prueba)
    return termino


def _escribir(
    a: ActoAbierto,
    notificacion: Notificacion,
    contado: TerminoContado,
    regla: ReglaDeTermino,
    prueba: Mapping[str, str],
) -> Termino:
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
    termino = Termino.objects.create(
        materia_tipo=notificacion.materia_tipo,
        materia_id=notificacion.materia_id,
        regla=regla.nombre,
        notificacion=notificacion,
        notificado_el=contado.notificado,
        dias=contado.dias,
        vence=contado.vence,
        vence_min=contado.vence_min,
        cantones=sorted(contado.cantones),
        habiles=[dia.isoformat() for dia in contado.habiles],
        inhabiles=_dias(contado.inhabiles),
        dudosos=_dias(contado.dudosos),
        calendario_version=contado.calendario_version,
        norma=regla.norma,
        estado_verificacion=contado.estado_verificacion,
        hecho_id=a.hecho_id,
    )
    a.declarar(
        NotificacionRecibida(
            notificacion_id=notificacion.pk,
            empleador_id=notificacion.empleador_id,
            provincia=notificacion.provincia,
            materia_tipo=notificacion.materia_tipo,
            materia_id=notificacion.materia_id,
            recibida_el=a.fecha,
            vence=contado.vence,
        )
    )
    return termino


def _dias(dias: tuple[DiaInhabil, ...]) -> list[dict[str, str]]:
    return [{"fecha": dia.fecha.isoformat(), "motivo": dia.motivo} for dia in dias]


def _exigir_prueba(prueba: Mapping[str, str]) -> None:
    if not all(str(prueba.get(clave, "")).strip() for clave in PRUEBA_MINIMA):
        raise PruebaIncompleta
