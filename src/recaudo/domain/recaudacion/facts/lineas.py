"""What this room states of a line of a statement: what a person said that it is."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class LineaDeclaradaPropia:
    """A line believed seen is money of its own: an officer says so."""

    tipo: ClassVar[str] = "linea_declarada_propia"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"La línea {self.linea}, por {self.importe.formato()}, se declaró dinero propio y no "
            f"repetido. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class DeclaracionDeLineaRevertida:
    """A line declared money of its own is not: another officer says so, and it left the books."""

    tipo: ClassVar[str] = "declaracion_de_linea_revertida"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se revirtió la declaración de la línea {self.linea}, por {self.importe.formato()}: "
            f"no era dinero aparte. Razón: {self.razon}"
        )
