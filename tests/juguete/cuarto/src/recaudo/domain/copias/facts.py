"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class CopiasLiquidadas:
    """An order was settled: its debt was born and its document frozen; `valor` in USD."""

    tipo: ClassVar[str] = "copias_liquidadas"
    objeto_tipo: ClassVar[str] = "copia"
    objeto_id: int
    empleador_id: int
    provincia: str
    fojas: int
    valor: Dinero

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se liquidaron copias de {self.fojas} fojas por {self.valor.formato()}."


@dataclass(frozen=True, slots=True)
class CopiasAvisadas:
    """The lawyer who asked for them knows what they cost and until when to pay."""

    tipo: ClassVar[str] = "copias_avisadas"
    objeto_tipo: ClassVar[str] = "copia"
    objeto_id: int
    vence: date

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se avisó el valor de las copias; se paga hasta el {self.vence:%d/%m/%Y}."


@dataclass(frozen=True, slots=True)
class CopiasRetiradas:
    """Whoever asked for them took them."""

    tipo: ClassVar[str] = "copias_retiradas"
    objeto_tipo: ClassVar[str] = "copia"
    objeto_id: int
    provincia: str

    def frase(self) -> str:
        """Say it to a person."""
        return "Se entregaron las copias en el mostrador."


@dataclass(frozen=True, slots=True)
class _DelDia:
    """What many orders suffered on one day."""

    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    cuantas: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def _dicho(self, que: str) -> str:
        return f"{que}: {contar(self.cuantas, 'pedido de copias', 'pedidos de copias')}."


@dataclass(frozen=True, slots=True)
class CopiasImpagas(_DelDia):
    """Their término ended and nobody paid."""

    tipo: ClassVar[str] = "copias_impagas"

    def frase(self) -> str:
        """Say it to a person."""
        return self._dicho("Venció el término sin pago")


@dataclass(frozen=True, slots=True)
class CopiasCerradas(_DelDia):
    """The close did with the unpaid ones what the norm of that date says."""

    tipo: ClassVar[str] = "copias_cerradas"
    hacia: str

    def frase(self) -> str:
        """Say it to a person."""
        return self._dicho(f"Pasó a «{self.hacia}»")


@dataclass(frozen=True, slots=True)
class CopiasEntregables(_DelDia):
    """They were paid: whoever asked may take them."""

    tipo: ClassVar[str] = "copias_entregables"

    def frase(self) -> str:
        """Say it to a person."""
        return self._dicho("Se pagó")
