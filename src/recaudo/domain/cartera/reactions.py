"""What this room does when a lower room states a fact. Wired in `project/wiring.py`."""

from recaudo.domain.cartera.actions.cancelar_glosas import cancelar_glosas
from recaudo.domain.cartera.actions.dar_por_no_notificadas import dar_por_no_notificadas
from recaudo.domain.cartera.actions.notificar_glosa import notificar_glosa
from recaudo.domain.cartera.actions.revivir_glosas import revivir_glosas
from recaudo.domain.cartera.policy import MATERIA
from recaudo.domain.notificaciones.facts import (
    NotificacionesSinAbrir,
    NotificacionesSinCasillero,
    NotificacionRecibida,
)
from recaudo.domain.recaudacion.facts import (
    DeudasPagadas,
    PagosApartados,
    PagosReversados,
)
from recaudo.infra.audit.hechos import ActoAbierto


def cancelar_glosas_al_cobrar(hecho: DeudasPagadas, acto: ActoAbierto) -> None:
    """Money came in: the glosas of the debts it paid off are cancelled (C.D. 516 art. 129)."""
    cancelar_glosas(causa=acto, tabla=hecho.tabla)


def revivir_glosas_al_reversar(hecho: PagosReversados | PagosApartados, acto: ActoAbierto) -> None:
    """What a payment, undone, had cancelled: those glosas are where they were (R-REC-01)."""
    revivir_glosas(causa=acto, tabla=hecho.tabla)


def notificar_glosa_al_recibir(hecho: NotificacionRecibida, acto: ActoAbierto) -> None:
    """The notice of a glosa was received: the glosa is notified (COA art. 164)."""
    if hecho.materia_tipo == MATERIA and hecho.surte_efecto and hecho.vence is not None:
        notificar_glosa(
            glosa_id=hecho.materia_id,
            recibida_el=hecho.recibida_el,
            vence=hecho.vence,
            causa=acto,
        )


def mover_glosas_no_notificadas(
    hecho: NotificacionesSinAbrir | NotificacionesSinCasillero, acto: ActoAbierto
) -> None:
    """Nobody opened them, or there was no inbox: not notified electronically (COA art. 166)."""
    if hecho.materia_tipo == MATERIA:
        dar_por_no_notificadas(aviso=hecho.hecho_id, causa=acto)
