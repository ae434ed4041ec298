"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PlazosVencidos:
    """Deadlines whose last day was before the date that closes; `efectos`: how many of each."""

    tipo: ClassVar[str] = "plazos_vencidos"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    efectos: dict[str, int]

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantos = sum(self.efectos.values())
        que = "Venció 1 plazo" if cuantos == 1 else f"Vencieron {cuantos} plazos"
        return f"{que} sin que nadie actuara."
