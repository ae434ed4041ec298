"""The fact of an audit that ran."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class AuditoriaEjecutada:
    """The audit ran: how far it saw and what it found."""

    tipo: ClassVar[str] = "auditoria_ejecutada"
    objeto_tipo: ClassVar[str] = "libro"
    desde_hecho: int
    hasta_hecho: int
    invariantes: int
    violaciones: int
    rotos: tuple[str, ...]

    @property
    def objeto_id(self) -> int:
        """The last fact it saw."""
        return self.hasta_hecho

    def frase(self) -> str:
        """Say it to a person."""
        if not self.violaciones:
            return f"Se comprobaron {self.invariantes} invariantes: ninguno está roto."
        return (
            f"Se comprobaron {self.invariantes} invariantes: "
            f"{contar(self.violaciones, 'violación', 'violaciones')} en {', '.join(self.rotos)}."
        )
