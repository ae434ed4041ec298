"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class NotificacionDepositada:
    """A document was put in an employer's electronic inbox."""

    tipo: ClassVar[str] = "notificacion_depositada"
    objeto_tipo: ClassVar[str] = "notificacion"
    notificacion_id: int
    empleador_id: int
    provincia: str
    materia_tipo: str
    materia_id: int
    asunto: str
    abrir_hasta: date

    @property
    def objeto_id(self) -> int:
        """The notice."""
        return self.notificacion_id

    def frase(self) -> str:
        """Say it to a person."""
        return f"Se puso en el casillero electrónico: {self.asunto}."


@dataclass(frozen=True, slots=True)
class NotificacionesDepositadas:
    """A mass act put many documents in their inboxes on one day."""

    tipo: ClassVar[str] = "notificaciones_depositadas"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    materia_tipo: str
    cuantas: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "notificación", "notificaciones")
        return f"En los casilleros electrónicos: {cuantas}."


@dataclass(frozen=True, slots=True)
class NotificacionRecibida:
    """The addressee acknowledged reception; a término runs from the next business day."""

    tipo: ClassVar[str] = "notificacion_recibida"
    objeto_tipo: ClassVar[str] = "notificacion"
    notificacion_id: int
    empleador_id: int
    provincia: str
    materia_tipo: str
    materia_id: int
    recibida_el: date
    vence: date

    @property
    def objeto_id(self) -> int:
        """The notice."""
        return self.notificacion_id

    def frase(self) -> str:
        """Say it to a person."""
        return (
            f"El empleador acusó recibo el {self.recibida_el:%d/%m/%Y}; "
            f"su término vence el {self.vence:%d/%m/%Y}."
        )


@dataclass(frozen=True, slots=True)
class NotificacionesSinAbrir:
    """Some notices waited in the inbox and nobody opened them: another channel is due."""

    tipo: ClassVar[str] = "notificaciones_sin_abrir"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    cuantas: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "notificación", "notificaciones")
        return f"Sin abrir a tiempo: {cuantas}. Corresponde notificar en persona."
