"""What this room states of a line of a statement: what a person said that it is."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class LineaDeclaradaPropia:
    """A line believed seen is money of its own: an officer says so."""

    tipo: ClassVar[str] = "linea_declarada_propia"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"La línea {self.linea}, por {self.importe.formato()}, se declaró dinero propio y no "
            f"repetido. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class DeclaracionDeLineaRevertida:
    """A line declared money of its own is not: another officer says so, and it left the books."""

    tipo: ClassVar[str] = "declaracion_de_linea_revertida"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se revirtió la declaración de la línea {self.linea}, por {self.importe.formato()}: "
            f"no era dinero aparte. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class DesmentidoPropuesto:
    """An officer says that the bank's statement does not have what a notice told."""

    tipo: ClassVar[str] = "desmentido_propuesto"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    desmentido: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se propuso deshacer la línea {self.linea}, por {self.importe.formato()}: el extracto "
            f"del banco no la tiene. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class AvisoDesmentido:
    """What a notice told left the books: two people said that the bank does not have it."""

    tipo: ClassVar[str] = "aviso_desmentido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    desmentido: int
    importe: Dinero
    cobros: int
    pagados_con_otro: int = 0

    def frase(self) -> str:
        """One sentence for the history tab."""
        otros = contar(self.pagados_con_otro, "comprobante se pagó", "comprobantes se pagaron")
        fin = f" {otros} con el dinero que esperaba." if self.pagados_con_otro else ""
        return (
            f"Se deshizo la línea {self.linea}, por {self.importe.formato()}, con "
            f"{contar(self.cobros, 'cobro', 'cobros')}: el banco no la contabilizó.{fin}"
        )


@dataclass(frozen=True, slots=True)
class DesmentidoDevuelto:
    """What was proposed about a notice was not accepted."""

    tipo: ClassVar[str] = "desmentido_devuelto"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    desmentido: int
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se devolvió la propuesta sobre la línea {self.linea}. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class LoteAfirmado:
    """An officer affirmed which entries are the pieces of one told whole."""

    tipo: ClassVar[str] = "lote_afirmado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    piezas: tuple[int, ...]
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se reconoció que la línea {self.linea}, por {self.importe.formato()}, es "
            f"{contar(len(self.piezas), 'movimiento', 'movimientos')} que otro mensaje trajo "
            f"aparte. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class LoteRevertido:
    """What was affirmed of a batch is not so: another officer says it."""

    tipo: ClassVar[str] = "lote_revertido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se revirtió lo reconocido de la línea {self.linea}, por {self.importe.formato()}: no "
            f"eran sus piezas. Razón: {self.razon}"
        )
