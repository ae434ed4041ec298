"""The benchmarks there are, and what each one answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Medida:
    """What a benchmark measured: rows, wall seconds, and the floor's for the same rows.

    `detalle` are further figures (memory, CPU seconds, load, parts) that the command prints too.
    """

    filas: int
    segundos: float
    piso_segundos: float
    detalle: Mapping[str, object] = field(default_factory=dict)

    def plano(self, nombre: str) -> dict[str, Any]:
        """Return the keys of the contract, numbers as text with their decimals."""
        return {
            "nombre": nombre,
            "filas": self.filas,
            "segundos": f"{self.segundos:.3f}",
            "filas_por_segundo": f"{self.filas / self.segundos:.0f}",
            "piso_segundos": f"{self.piso_segundos:.3f}",
            "razon_al_piso": f"{self.segundos / self.piso_segundos:.1f}",
            **self.detalle,
        }


@dataclass(frozen=True, slots=True)
class Medicion:
    """One benchmark: its name, what it does, the function (scale) → measure, its usual scale."""

    nombre: str
    ayuda: str
    funcion: Callable[[float], Medida]
    escala: float = 1.0


MEDICIONES: dict[str, Medicion] = {}


def medicion(
    nombre: str, *, escala: float = 1.0
) -> Callable[[Callable[[float], Medida]], Callable[[float], Medida]]:
    """Register a benchmark under a name; its docstring's first line is its help in Spanish.

    The function takes the scale (1 = the country) and returns a Medida; `escala` is the one it has
    when none is asked for.
    """

    def registrar(funcion: Callable[[float], Medida]) -> Callable[[float], Medida]:
        ayuda = (funcion.__doc__ or "").strip().splitlines()[0]
        MEDICIONES[nombre] = Medicion(nombre, ayuda, funcion, escala)
        return funcion

    return registrar
