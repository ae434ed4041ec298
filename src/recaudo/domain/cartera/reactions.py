"""What this room does when a lower room states a fact. Wired in `project/wiring.py`."""

from typing import Protocol

from recaudo.domain.cartera.actions.cancelar_glosas import cancelar_glosas
from recaudo.domain.cartera.actions.dar_por_no_notificadas import dar_por_no_notificadas
from recaudo.domain.cartera.actions.notificar_glosa import notificar_glosa
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.infra.audit.hechos import ActoAbierto


class _Hecho(Protocol):
    """Any fact: these reactions look at the tables, not at it."""


def cancelar_glosas_al_cobrar(hecho: _Hecho, acto: ActoAbierto) -> None:
    """Money came in: the glosas of the debts it paid off are cancelled (C.D. 516 art. 129)."""
    del hecho
    cancelar_glosas(causa=acto)


def notificar_glosa_al_recibir(hecho: NotificacionRecibida, acto: ActoAbierto) -> None:
    """The notice of a glosa was received: the glosa is notified (COA art. 164)."""
    if hecho.materia_tipo == "glosa":
        notificar_glosa(
            glosa_id=hecho.materia_id,
            recibida_el=hecho.recibida_el,
            vence=hecho.vence,
            causa=acto,
        )


def mover_glosas_sin_abrir(hecho: _Hecho, acto: ActoAbierto) -> None:
    """Notices waited in vain: their glosas were not notified electronically (COA art. 166)."""
    del hecho
    dar_por_no_notificadas(causa=acto)
