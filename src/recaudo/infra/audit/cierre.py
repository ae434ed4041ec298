"""What the daily close does, in which order, and what the end of each deadline causes.

Each room adds its steps and effects; `project.wiring` lists them.

A step is an act of its room, `paso(fecha=, por=)`, that does what a business date brings and
answers how many things it touched: a number, a mapping of kinds to numbers, or something that has
`eventos()`. It must change nothing when it is called again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.security.actor import Actor
from recaudo.kernel.refusals import Rechazo


class ActoDeCierre(Protocol):
    """An act that the close can call for a business date."""

    def __call__(self, *, fecha: date, por: Actor) -> Any:
        """Do what that date brings."""
        ...


@dataclass(frozen=True, slots=True)
class PasoDeCierre:
    """One step: the kind of event it is counted as, the act, and how people call that event.

    `otros` are the words of the further kinds of events that the act causes.
    """

    evento: str
    hacer: ActoDeCierre | Callable[..., Any]
    palabras: str
    otros: Mapping[str, str] = field(default_factory=dict)

    def cerrar(self, *, fecha: date, por: Actor) -> Mapping[str, int]:
        """Run the act and return how many events of each kind it caused; none is left out."""
        hecho = self.hacer(fecha=fecha, por=por)
        if isinstance(hecho, int):
            return {self.evento: hecho} if hecho else {}
        eventos = hecho if isinstance(hecho, Mapping) else hecho.eventos()
        return {tipo: n for tipo, n in eventos.items() if n}


class EfectoDePlazo(Protocol):
    """What happens when deadlines end: an act, a consequence of `causa`, over a temporary table."""

    def __call__(self, *, tabla: str, causa: ActoAbierto) -> int:
        """Move what those deadlines move and return how many things moved.

        `tabla` has (plazo_id, materia_tipo, materia_id, parte_tipo, parte_id, regla, vence).
        """
        ...


class EfectoDesconocido(Rechazo):
    """Nobody said what happens when such a deadline ends."""

    mensaje = "No está dicho qué pasa al vencer ese plazo: conéctelo en project/wiring.py."


_EFECTOS: dict[str, EfectoDePlazo] = {}


def conectar_efecto(nombre: str, efecto: EfectoDePlazo) -> None:
    """Say what happens when the deadlines opened with that name end. Only `project.wiring` does."""
    _EFECTOS[nombre] = efecto


def efectos_de_plazo() -> Mapping[str, EfectoDePlazo]:
    """Return every effect by its name, for the documentation and its test."""
    return dict(_EFECTOS)


def efecto_de_plazo(nombre: str) -> EfectoDePlazo:
    """Return the effect of that name; EfectoDesconocido when there is none."""
    exigir_efecto(nombre)
    return _EFECTOS[nombre]


def exigir_efecto(nombre: str) -> None:
    """Refuse (EfectoDesconocido) a name that nothing is wired to."""
    if nombre not in _EFECTOS:
        raise EfectoDesconocido


_PASOS: list[PasoDeCierre] = []


def conectar_cierre(*pasos: PasoDeCierre) -> None:
    """Set what a close does, in this order. Only `project.wiring` calls it, once, with all."""
    _PASOS[:] = pasos


def pasos_de_cierre() -> tuple[PasoDeCierre, ...]:
    """Return the steps of a close, in their order."""
    return tuple(_PASOS)


def palabras_de_eventos() -> Mapping[str, str]:
    """Return how people call each kind of event of a close, in the order of its steps."""
    palabras: dict[str, str] = {}
    for paso in _PASOS:
        palabras |= {paso.evento: paso.palabras, **paso.otros}
    return palabras


__all__ = [
    "ActoDeCierre",
    "EfectoDePlazo",
    "EfectoDesconocido",
    "PasoDeCierre",
    "conectar_cierre",
    "conectar_efecto",
    "efecto_de_plazo",
    "efectos_de_plazo",
    "exigir_efecto",
    "palabras_de_eventos",
    "pasos_de_cierre",
]
