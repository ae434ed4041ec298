"""What every proof of a reception does, whoever brings it. Not an act: the acts open theirs."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Now

from recaudo.domain.notificaciones.canales.protocolo import canal_de
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.notificaciones.materias import LoQueAbre, materia_de
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.domain.plazos.actions.abrir_plazo import PlazoPedido, abrir_plazo
from recaudo.domain.plazos.queries import PlazoGuardado
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.verificacion import huella_del_contenido
from recaudo.kernel.refusals import Rechazo

ORIGEN: Final = "notificacion"


class RecepcionAnteriorAlDeposito(Rechazo):
    """Nobody receives before the deposit."""

    mensaje = "La recepción no puede ser anterior al día en que se envió la notificación."
    norma = "COA art. 164"


def exigir_recepcion(
    notificacion: Notificacion, *, recibida: date, prueba: Mapping[str, str]
) -> None:
    """Refuse a reception without the proof of its channel, or before it was sent."""
    canal_de(notificacion.canal).exigir_prueba(prueba)
    if recibida < notificacion.depositada_el:
        raise RecepcionAnteriorAlDeposito


def escribir_recepcion(
    a: ActoAbierto, notificacion: Notificacion, *, recibida: date, prueba: Mapping[str, str]
) -> PlazoGuardado | None:
    """Keep the proof and, when it is the first of its matter and addressee, open its deadline.

    The first notice that is received takes effect; a later one, by whatever channel, is kept with
    its proof and moves no deadline. Returns the deadline it opened, or None.
    """
    legal = canal_de(notificacion.canal).notificado_el(
        recibida=recibida, cantones=frozenset(notificacion.cantones), prueba=prueba
    )
    ya_corre = _ya_corre(notificacion)
    surte_efecto = not _de_la_misma(notificacion).filter(surte_efecto=True).exists()
    Notificacion.objects.filter(pk=notificacion.pk).update(
        estado=EstadoNotificacion.RECIBIDA,
        recibida_el=legal,
        recibida_en=Now(),
        recibida_por=a.por.id,
        surte_efecto=surte_efecto,
        prueba={
            **{clave: str(valor) for clave, valor in prueba.items()},
            "quien": a.por.nombre,
            "usuario": a.por.id,
            "recibida_el": recibida.isoformat(),
            "contenido_sha256": huella_del_contenido(notificacion.documento_id),
        },
    )
    abre = None if ya_corre else materia_de(notificacion.materia_tipo).abre
    plazo = None if abre is None else _abrir(a, notificacion, abre, legal)
    a.declarar(
        NotificacionRecibida(
            notificacion_id=notificacion.pk,
            destinatario_tipo=notificacion.destinatario_tipo,
            destinatario_id=notificacion.destinatario_id,
            provincia=notificacion.provincia,
            materia_tipo=notificacion.materia_tipo,
            materia_id=notificacion.materia_id,
            recibida_el=legal,
            surte_efecto=surte_efecto,
            vence=None if plazo is None else plazo.ultimo_dia,
        )
    )
    return plazo


def _ya_corre(notificacion: Notificacion) -> bool:
    """Whether a notice of the matter, to this addressee or another, already opened its deadline."""
    return Notificacion.objects.filter(
        materia_tipo=notificacion.materia_tipo,
        materia_id=notificacion.materia_id,
        surte_efecto=True,
    ).exists()


def _de_la_misma(notificacion: Notificacion) -> QuerySet[Notificacion]:
    return Notificacion.objects.filter(
        materia_tipo=notificacion.materia_tipo,
        materia_id=notificacion.materia_id,
        destinatario_tipo=notificacion.destinatario_tipo,
        destinatario_id=notificacion.destinatario_id,
    )


def _abrir(
    a: ActoAbierto, notificacion: Notificacion, abre: LoQueAbre, legal: date
) -> PlazoGuardado:
    return abrir_plazo(
        acto=a,
        pedido=PlazoPedido(
            regla=abre.regla,
            materia=(notificacion.materia_tipo, notificacion.materia_id),
            origen=(ORIGEN, notificacion.pk),
            desde=legal,
            cantones=frozenset(notificacion.cantones),
            efecto=abre.efecto,
        ),
    )
