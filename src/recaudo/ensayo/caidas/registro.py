"""The scenarios there are, and what each one answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from recaudo.ensayo.caidas.servidor import Servidor


@dataclass(slots=True)
class Resultado:
    """What was seen while things died.

    `confirmadas` are the operations of which somebody was told that they were done; `perdidas`,
    those of them that are not there; `dobles`, those that are there twice; `distintas`, what of
    the books is not what an undisturbed run leaves; `rotas`, the invariants that are broken.
    `segundos_en_volver` is the longest that whoever came after a death had to wait.
    """

    muertes: int = 0
    confirmadas: int = 0
    perdidas: int = 0
    dobles: int = 0
    distintas: list[str] = field(default_factory=list)
    rotas: list[str] = field(default_factory=list)
    segundos_en_volver: float = 0.0

    @property
    def bien(self) -> bool:
        """Whether nothing was lost, doubled nor different."""
        return not (self.perdidas or self.dobles or self.distintas or self.rotas)

    def volvio(self, segundos: float) -> None:
        """Note how long one had to wait."""
        self.segundos_en_volver = max(self.segundos_en_volver, segundos)

    def plano(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "muertes": self.muertes,
            "confirmadas": self.confirmadas,
            "perdidas": self.perdidas,
            "dobles": self.dobles,
            "distintas": self.distintas,
            "invariantes_rotas": self.rotas,
            "segundos_en_volver": f"{self.segundos_en_volver:.1f}",
        }


Escenario = Callable[[Servidor, Random, int], Resultado]
ESCENARIOS: Final[dict[str, Escenario]] = {}


def escenario(nombre: str) -> Callable[[Escenario], Escenario]:
    """Register a scenario: it takes the server, the chance of this run and how many deaths."""

    def registrar(funcion: Escenario) -> Escenario:
        ESCENARIOS[nombre] = funcion
        return funcion

    return registrar
