"""What the daily close does, in which order: each room adds its step, `project.wiring` lists them.

A step is an act of its room, `paso(fecha=, por=)`, that does what a business date brings and
answers how many things it touched: a number, a mapping of kinds to numbers, or something that has
`eventos()`. It must change nothing when it is called again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from recaudo.infra.security.actor import Actor


class ActoDeCierre(Protocol):
    """An act that the close can call for a business date."""

    def __call__(self, *, fecha: date, por: Actor) -> Any:
        """Do what that date brings."""
        ...


@dataclass(frozen=True, slots=True)
class PasoDeCierre:
    """One step: the kind of event it is counted as, and the act."""

    evento: str
    hacer: ActoDeCierre | Callable[..., Any]

    def cerrar(self, *, fecha: date, por: Actor) -> Mapping[str, int]:
        """Run the act and return how many events of each kind it caused; none is left out."""
        hecho = self.hacer(fecha=fecha, por=por)
        if isinstance(hecho, int):
            return {self.evento: hecho} if hecho else {}
        eventos = hecho if isinstance(hecho, Mapping) else hecho.eventos()
        return {tipo: n for tipo, n in eventos.items() if n}


_PASOS: list[PasoDeCierre] = []


def conectar_cierre(*pasos: PasoDeCierre) -> None:
    """Set what a close does, in this order. Only `project.wiring` calls it, once, with all."""
    _PASOS[:] = pasos


def pasos_de_cierre() -> tuple[PasoDeCierre, ...]:
    """Return the steps of a close, in their order."""
    return tuple(_PASOS)


__all__ = ["ActoDeCierre", "PasoDeCierre", "conectar_cierre", "pasos_de_cierre"]
