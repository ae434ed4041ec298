"""What this room states of the debits of the bank."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class AclaracionPropuesta:
    """An officer says what a debit of the bank was: another decides."""

    tipo: ClassVar[str] = "aclaracion_propuesta"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    destino: str
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se propuso qué fue el débito: {self.destino.lower()}, por "
            f"{self.importe.formato()}. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class AclaracionAprobada:
    """A debit of the bank was cleared up: its money left the account where it waited."""

    tipo: ClassVar[str] = "aclaracion_aprobada"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    destino: str
    importe: Dinero
    pagos: int

    def frase(self) -> str:
        """One sentence for the history tab."""
        deshechos = f" Se deshizo {contar(self.pagos, 'cobro', 'cobros')}." if self.pagos else ""
        return f"Se aclaró {self.importe.formato()} del débito: {self.destino.lower()}.{deshechos}"


@dataclass(frozen=True, slots=True)
class AclaracionDevuelta:
    """What was proposed about a debit was not accepted."""

    tipo: ClassVar[str] = "aclaracion_devuelta"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se devolvió la propuesta sobre el débito. Razón: {self.razon}"
