"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


def _glosas(cuantas: int, una: str, varias: str) -> str:
    """Say how many glosas, in singular when it is one."""
    return f"{una} 1 glosa" if cuantas == 1 else f"{varias} {cuantas} glosas"


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

    tipo: ClassVar[str] = "obligaciones_en_mora"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "obligación", "obligaciones")
        return f"En mora desde el {self.fecha:%d/%m/%Y}: {cuantas}."


@dataclass(frozen=True, slots=True)
class GlosasEmitidas(_DelDia):
    """Glosas emitted by the close; amounts in USD."""

    tipo: ClassVar[str] = "glosas_emitidas"
    cuantas: int
    capital: Dinero
    interes: Dinero

    def frase(self) -> str:
        """Say it to a person."""
        que = _glosas(self.cuantas, "Se emitió", "Se emitieron")
        return (
            f"{que} por {self.capital.formato()} de capital y {self.interes.formato()} de interés."
        )


@dataclass(frozen=True, slots=True)
class GlosasSinTasa(_DelDia):
    """Glosas that waited for a rule of interest: no approved rate, or two rules that differ."""

    tipo: ClassVar[str] = "glosas_sin_tasa"
    cuantas: int
    motivo: str

    def frase(self) -> str:
        """Say it to a person."""
        quienes = "1 glosa espera" if self.cuantas == 1 else f"{self.cuantas} glosas esperan"
        return f"{quienes} para emitirse. {self.motivo}"


@dataclass(frozen=True, slots=True)
class GlosaNotificada:
    """The debtor received the glosa: the término to pay or challenge runs."""

    tipo: ClassVar[str] = "glosa_notificada"
    objeto_tipo: ClassVar[str] = "glosa"
    glosa_id: int
    numero: str
    empleador_id: int | None
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
class GlosasNoNotificadas(_DelDia):
    """Glosas whose electronic notice reached nobody: another channel is due."""

    tipo: ClassVar[str] = "glosas_no_notificadas"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        que = (
            "1 glosa no se notificó"
            if self.cuantas == 1
            else f"{self.cuantas} glosas no se notificaron"
        )
        return f"{que} por el casillero: corresponde notificar en persona o por boletas."


@dataclass(frozen=True, slots=True)
class TerminosVencidos(_DelDia):
    """Glosas whose término ended the day before, without payment."""

    tipo: ClassVar[str] = "terminos_vencidos"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"{_glosas(self.cuantas, 'Venció el término de', 'Venció el término de')} sin pago."


@dataclass(frozen=True, slots=True)
class GlosasCanceladas(_DelDia):
    """Glosas whose debt was paid in full."""

    tipo: ClassVar[str] = "glosas_canceladas"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"{_glosas(self.cuantas, 'El pago de la deuda cerró', 'Los pagos cerraron')}."


@dataclass(frozen=True, slots=True)
class GlosasRevividas(_DelDia):
    """Glosas cancelled by a payment that the bank took back."""

    tipo: ClassVar[str] = "glosas_revividas"
    cuantas: int

    def frase(self) -> str:
        """Say it to a person."""
        return f"{_glosas(self.cuantas, 'El reverso revivió', 'Los reversos revivieron')}."


@dataclass(frozen=True, slots=True)
class DiaDeCarteraCerrado(_DelDia):
    """A business date was closed, once and for ever."""

    tipo: ClassVar[str] = "dia_de_cartera_cerrado"
    eventos: dict[str, int]

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se cerró la cartera del {self.fecha:%d/%m/%Y}."


@dataclass(frozen=True, slots=True)
class RegistrosSellados:
    """What never changes of every table was sealed, up to what was kept."""

    tipo: ClassVar[str] = "registros_sellados"
    objeto_tipo: ClassVar[str] = "sello_de_filas"
    sellos: int
    filas: int
    huella: str

    @property
    def objeto_id(self) -> str:
        """All of them: what each seal covers is in its row."""
        return "todos"

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se sellaron {contar(self.filas, 'registro', 'registros')}."
