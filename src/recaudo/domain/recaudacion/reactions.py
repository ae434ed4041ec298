"""What this room does when a fact is stated. Wired in `project/wiring.py`."""

from recaudo.domain.recaudacion.actions._avisar_reversos import avisar_reversos
from recaudo.domain.recaudacion.facts import PagosReversados
from recaudo.infra.audit.hechos import ActoAbierto


def avisar_al_reversar(hecho: PagosReversados, acto: ActoAbierto) -> None:
    """The bank took the money back: each employer finds a notice in its inbox (R-REC-01)."""
    del hecho
    avisar_reversos(acto)
