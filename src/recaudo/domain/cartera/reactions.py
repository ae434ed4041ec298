"""What this room does when a lower room states a fact. Wired in `project/wiring.py`."""

from datetime import date
from typing import Protocol

from recaudo.domain.cartera.batches.cancelar_glosas import cancelar_glosas_pagadas
from recaudo.domain.cartera.facts import GlosaNotificada, GlosasCanceladas
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.infra.audit.hechos import ActoAbierto


class _Hecho(Protocol):
    """Any fact: these reactions look at the tables, not at it."""


def cancelar_glosas_al_cobrar(hecho: _Hecho, acto: ActoAbierto) -> None:
    """Money came in: the glosas of the debts it paid off are cancelled (C.D. 516 art. 129)."""
    del hecho
    cuantas = cancelar_glosas_pagadas()
    if cuantas:
        acto.declarar(GlosasCanceladas(acto.fecha, cuantas))


def notificar_glosa_al_recibir(hecho: NotificacionRecibida, acto: ActoAbierto) -> None:
    """The notice of a glosa was received: the glosa is notified (COA art. 164).

    A glosa already paid stays as it is: the reception is kept and its término too.
    """
    if hecho.materia_tipo != "glosa":
        return
    glosa = Glosa.objects.select_for_update().get(pk=hecho.materia_id)
    if glosa.estado != EstadoGlosa.EN_ESPERA_DE_NOTIFICACION:
        return
    Glosa.objects.filter(pk=glosa.pk).update(estado=EstadoGlosa.NOTIFICADA)
    acto.declarar(_notificada(glosa, recibida_el=hecho.recibida_el, vence=hecho.vence))


def _notificada(glosa: Glosa, *, recibida_el: date, vence: date) -> GlosaNotificada:
    return GlosaNotificada(
        glosa_id=glosa.pk,
        numero=glosa.numero,
        empleador_id=glosa.empleador_id,
        provincia=glosa.provincia,
        recibida_el=recibida_el,
        vence=vence,
    )
