"""What this room states of comprobantes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class ComprobanteGenerado:
    """A comprobante froze chosen obligations until a date."""

    tipo: ClassVar[str] = "comprobante_generado"
    objeto_tipo: ClassVar[str] = "comprobante"

    objeto_id: int
    numero: str
    empleador_id: int
    provincia: str
    importe: Dinero
    valido_hasta: str
    obligaciones: tuple[int, ...]

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se generó el comprobante {self.numero} por {self.importe.formato()}, "
            f"válido hasta {self.valido_hasta}."
        )


@dataclass(frozen=True, slots=True)
class ComprobanteAnulado:
    """Its owner annulled it before paying: its obligations are free again."""

    tipo: ClassVar[str] = "comprobante_anulado"
    objeto_tipo: ClassVar[str] = "comprobante"

    objeto_id: int
    numero: str
    empleador_id: int
    provincia: str
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se anuló el comprobante {self.numero}. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class ComprobantesCaducados:
    """Comprobantes whose last valid day went by unpaid."""

    tipo: ClassVar[str] = "comprobantes_caducados"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    cuantos: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantos = contar(self.cuantos, "comprobante", "comprobantes")
        return f"Sin pago a tiempo: {cuantos}, que caducaron ese día."
