"""The facts this room states."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class LibroSellado:
    """Everything posted until now was sealed."""

    tipo: ClassVar[str] = "libro_sellado"
    objeto_tipo: ClassVar[str] = "sello_libro"
    sellos: int
    asientos: int
    huella: str

    @property
    def objeto_id(self) -> str:
        """The first letters of the last seal."""
        return self.huella[:16] or "-"

    def frase(self) -> str:
        """Say it to a person."""
        asientos = contar(self.asientos, "asiento", "asientos")
        return f"Se sellaron en el libro {asientos}, en {contar(self.sellos, 'tramo', 'tramos')}."
