"""The facts this room states."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class ObligacionRegistrada:
    """A debt of some class was born, with its receivable; amounts in USD."""

    tipo: ClassVar[str] = "obligacion_registrada"
    objeto_tipo: ClassVar[str] = "obligacion"

    objeto_id: int
    clase: str
    nombre: str
    empleador_id: int | None
    persona_id: int | None
    provincia: str
    materia_tipo: str
    materia_id: int
    capital: Dinero

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se registró una deuda de {self.nombre.lower()} por {self.capital.formato()}."
