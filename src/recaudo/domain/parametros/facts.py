"""What this room states."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TasaRegistrada:
    """An officer entered a published rate; it is not in force yet."""

    tipo: ClassVar[str] = "tasa_registrada"
    objeto_tipo: ClassVar[str] = "tasa_publicada"

    objeto_id: int
    desde: str
    hasta: str
    tasa: str
    fuente: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se registró la tasa máxima convencional de {self.tasa} % desde {self.desde} hasta "
            f"antes de {self.hasta}. Fuente: {self.fuente}."
        )


@dataclass(frozen=True, slots=True)
class TasaAprobada:
    """Another officer approved it: from now on interest is computed with it."""

    tipo: ClassVar[str] = "tasa_aprobada"
    objeto_tipo: ClassVar[str] = "tasa_publicada"

    objeto_id: int
    desde: str
    hasta: str
    tasa: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se aprobó la tasa de {self.tasa} % desde {self.desde} hasta antes de {self.hasta}."


@dataclass(frozen=True, slots=True)
class TasaDevuelta:
    """An officer returned it with a reason: it never ruled, and its months take another."""

    tipo: ClassVar[str] = "tasa_devuelta"
    objeto_tipo: ClassVar[str] = "tasa_publicada"

    objeto_id: int
    desde: str
    hasta: str
    tasa: str
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se devolvió la tasa de {self.tasa} % desde {self.desde} hasta antes de "
            f"{self.hasta}. Razón: {self.razon}"
        )
