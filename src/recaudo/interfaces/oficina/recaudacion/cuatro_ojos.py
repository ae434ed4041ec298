"""What every page has where one person proposed and another decides (S03)."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from recaudo.infra.security.actor import Actor
from recaudo.interfaces.vista.actos import Decision, Resultado


class Propuesta(Protocol):
    """Something that waits for a person other than who proposed it."""

    @property
    def propuesta_por(self) -> int | None:
        """Who proposed it."""
        ...


def aprobar_o_devolver(
    *,
    aprobar: Callable[[Any], Resultado],
    ensayar: Callable[[], tuple[str, ...]],
    devolver: Callable[[Mapping[str, Any]], Resultado],
) -> list[Decision]:
    """Return the two decisions: what approving does is rehearsed, returning asks for a reason."""
    return [
        Decision("aprobar", "Aprobar", aprobar, ensayo=ensayar),
        Decision("devolver", "Devolver la propuesta", devolver, pide_razon=True, tipo="peligro"),
    ]


def por_que_no_se_decide(actor: Actor, propuesta: Propuesta | None, *, sobre: str) -> str:
    """Say why this person does not decide it, `sobre` what; empty when it may."""
    if propuesta is None:
        return f"No hay ninguna propuesta que espere sobre {sobre}."
    if actor.id == propuesta.propuesta_por:
        return "La propuso usted: la decide otra persona de la unidad."
    return ""
