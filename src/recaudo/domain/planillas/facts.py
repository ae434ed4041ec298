"""The facts this room states."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.period import Periodo, PeriodoIlegible
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class PlanillasEmitidas:
    """One batch of planillas was emitted, with its debts, distribution and entries.

    `lote` is 0 in ordinary traffic. `muestra` lines were computed again by the scalar rule and
    `diferencias` of them did not agree. `emitido` is in USD as text.
    """

    tipo: ClassVar[str] = "planillas_emitidas"
    objeto_tipo: ClassVar[str] = "emision"
    periodo: str
    lote: int
    planillas: int
    lineas: int
    emitido: str
    muestra: int
    diferencias: int
    empleador_id: int | None = None

    @property
    def objeto_id(self) -> str:
        """The period and the lot."""
        return f"{self.periodo}/{self.lote}"

    def frase(self) -> str:
        """Say it to a person."""
        mes = _mes(self.periodo)
        return (
            f"Emisión de {mes}: {contar(self.planillas, 'planilla', 'planillas')} por "
            f"{self.emitido} dólares, con "
            f"{contar(self.lineas, 'trabajador', 'trabajadores')}; "
            f"{contar(self.muestra, 'línea recalculada', 'líneas recalculadas')}, "
            f"{contar(self.diferencias, 'diferencia', 'diferencias')}."
        )


def _mes(periodo: str) -> str:
    """Return the month in words; what is no month, as it came."""
    try:
        return Periodo.de_texto(periodo).en_palabras
    except PeriodoIlegible:
        return periodo
