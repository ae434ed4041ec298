"""What this room does when a lower room states a fact. Wired in `project/wiring.py`."""

from recaudo.domain.copias.actions.avisar_copias import avisar_copias
from recaudo.domain.copias.actions.entregar_copias import entregar_copias
from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.recaudacion.facts import DeudasPagadas
from recaudo.infra.audit.hechos import ActoAbierto


def avisar_copias_al_recibir(hecho: NotificacionRecibida, acto: ActoAbierto) -> None:
    """The notice of some copies was received: their término runs (COA art. 165)."""
    if hecho.materia_tipo == MATERIA and hecho.vence is not None:
        avisar_copias(pedido_id=hecho.materia_id, vence=hecho.vence, causa=acto)


def entregar_copias_al_cobrar(hecho: DeudasPagadas, acto: ActoAbierto) -> None:
    """Money came in: the copies whose debt it paid off may be taken."""
    entregar_copias(causa=acto, tabla=hecho.tabla)
