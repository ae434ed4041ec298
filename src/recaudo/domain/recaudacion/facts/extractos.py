"""What this room states of own bank accounts and of their statements."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class CuentaBancariaRegistrada:
    """An own bank account: its statements are believed from now on."""

    tipo: ClassVar[str] = "cuenta_bancaria_registrada"
    objeto_tipo: ClassVar[str] = "cuenta_bancaria"

    objeto_id: int
    numero: str
    banco: str
    canal: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se registró la cuenta {self.numero} de {self.banco}, canal {self.canal}."


@dataclass(frozen=True, slots=True)
class ExtractoRecibido:
    """A statement was read and kept: another person confirms it."""

    tipo: ClassVar[str] = "extracto_recibido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    canal: str
    lineas: int
    creditos: Dinero

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se recibió el extracto {self.nombre} ({self.canal}), con {self.creditos.formato()} "
            "en créditos: falta que otra persona lo confirme."
        )


@dataclass(frozen=True, slots=True)
class ExtractoRetenido:
    """A statement does not enter: whose it is, or what it says, cannot be believed."""

    tipo: ClassVar[str] = "extracto_retenido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    motivo: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se retuvo el extracto {self.nombre}: {self.motivo.replace('_', ' ').lower()}."


@dataclass(frozen=True, slots=True)
class ExtractoLiberado:
    """Nothing holds a statement any more: its account is known, or it was read again."""

    tipo: ClassVar[str] = "extracto_liberado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    cuenta: str
    razon: str = ""

    def frase(self) -> str:
        """One sentence for the history tab."""
        porque = f"se registró la cuenta {self.cuenta}"
        if self.razon:
            porque = f"se leyó de nuevo y nada lo retiene. Razón: {self.razon}"
        return f"El extracto {self.nombre} ya se puede confirmar: {porque.removesuffix('.')}."


@dataclass(frozen=True, slots=True)
class ExtractoRechazado:
    """A statement was put aside before entering the books."""

    tipo: ClassVar[str] = "extracto_rechazado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se rechazó el extracto {self.nombre}. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class ExtractoImportado:
    """A bank statement entered whole: each line with its one outcome."""

    tipo: ClassVar[str] = "extracto_importado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    canal: str
    sha256: str
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    rechazadas: int
    total: Dinero
    cuadra: bool
    cargos: int = 0
    razon: str = ""

    def frase(self) -> str:
        """One sentence for the history tab."""
        sin_encadenar = f" No abre donde cerró el anterior: {self.razon}" if self.razon else ""
        return (
            f"Se asentó el extracto {self.nombre} ({self.canal}): "
            f"{contar(self.lineas, 'línea', 'líneas')}, "
            f"{self.total.formato()}; {self.por_identificar} por identificar.{sin_encadenar}"
        )
