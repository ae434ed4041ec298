"""What is said of a document today: on its public page, and across a copy drawn today."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class EstadoPublico:
    """One state: its key, its word, its sentence, its tone, and whether it still asks for anything.

    `marca` goes across every page of a copy drawn in this state; empty: the document as issued.
    A document that asks for nothing (`pide=False`) is drawn without its deadline and without its
    instructions.
    """

    clave: str
    etiqueta: str
    texto: str
    tono: str
    pide: bool = True
    marca: str = ""

    def __post_init__(self) -> None:
        """A copy that asks for nothing says why across the page, and the other way round."""
        if self.pide == bool(self.marca):
            mensaje = "A state that asks for nothing has its mark; one that asks has none"
            raise ValueError(mensaje)


VIGENTE: Final = EstadoPublico(
    "vigente", "Vigente", "El documento es auténtico y está vigente.", "exito"
)
VENCIDO: Final = EstadoPublico(
    "vencido",
    "Vencido",
    "El documento es auténtico, pero su validez terminó: no lo use.",
    "atencion",
    pide=False,
    marca="VENCIDO",
)
REEMPLAZADO: Final = EstadoPublico(
    "reemplazado",
    "Reemplazado",
    "El documento es auténtico, pero otro lo reemplazó: no lo use.",
    "error",
    pide=False,
    marca="REEMPLAZADO",
)

__all__ = ["REEMPLAZADO", "VENCIDO", "VIGENTE", "EstadoPublico"]
