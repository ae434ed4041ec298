"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class _DelDia:
    """What happened to many things on one business date."""

    objeto_tipo: ClassVar[str] = "dia"
    fecha: date

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()


@dataclass(frozen=True, slots=True)
class ObligacionesEnMora(_DelDia):
    """Debts whose last day to pay went by."""

    tipo: ClassVar[str] = "ObligacionesEnMora"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"{self.cuantas} obligaciones entraron en mora el {self.fecha:%d/%m/%Y}."


@dataclass(frozen=True, slots=True)
class GlosasEmitidas(_DelDia):
    """Glosas emitted by the close; amounts in USD."""

    tipo: ClassVar[str] = "GlosasEmitidas"
    cuantas: int
    capital: Dinero
    interes: Dinero

    def frase(self) -> str:
        """Say it to a person."""
        return (
            f"Se emitieron {self.cuantas} glosas por {self.capital.formato()} de capital "
            f"y {self.interes.formato()} de interés."
        )


@dataclass(frozen=True, slots=True)
class GlosasSinTasa(_DelDia):
    """Glosas that waited because the rate of a month is missing or not approved."""

    tipo: ClassVar[str] = "GlosasSinTasa"
    cuantas: int
    motivo: str

    def frase(self) -> str:
        """Say it to a person."""
        return f"{self.cuantas} glosas esperan la tasa de interés. {self.motivo}"


@dataclass(frozen=True, slots=True)
class GlosaNotificada:
    """The employer received the glosa: the término to pay or challenge runs."""

    tipo: ClassVar[str] = "GlosaNotificada"
    objeto_tipo: ClassVar[str] = "glosa"
    glosa_id: int
    numero: str
    empleador_id: int
    provincia: str
    recibida_el: date
    vence: date

    @property
    def objeto_id(self) -> int:
        """The glosa."""
        return self.glosa_id

    def frase(self) -> str:
        """Say it to a person."""
        return (
            f"La glosa {self.numero} quedó notificada el {self.recibida_el:%d/%m/%Y}; "
            f"el término vence el {self.vence:%d/%m/%Y}."
        )


@dataclass(frozen=True, slots=True)
class TerminosVencidos(_DelDia):
    """Glosas whose término ended the day before, without payment."""

    tipo: ClassVar[str] = "TerminosVencidos"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"Venció el término de {self.cuantas} glosas sin que se pagaran."


@dataclass(frozen=True, slots=True)
class GlosasCanceladas(_DelDia):
    """Glosas whose debt was paid in full."""

    tipo: ClassVar[str] = "GlosasCanceladas"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"El pago de la deuda canceló {self.cuantas} glosas."


@dataclass(frozen=True, slots=True)
class DiaDeCarteraCerrado(_DelDia):
    """A business date was closed, once and for ever."""

    tipo: ClassVar[str] = "DiaDeCarteraCerrado"
    eventos: dict[str, int]

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se cerró la cartera del {self.fecha:%d/%m/%Y}."


@dataclass(frozen=True, slots=True)
class ComprobantesCaducados(_DelDia):
    """Comprobantes whose last valid day went by unpaid."""

    tipo: ClassVar[str] = "ComprobantesCaducados"
    cuantos: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"Caducaron {self.cuantos} comprobantes que no se pagaron a tiempo."
