"""The facts this room states. `empleador_id` is there when the addressee is an employer."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.text import contar

EMPLEADOR = "EMPLEADOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class _DeUna:
    """What every fact about one notice says."""

    objeto_tipo: ClassVar[str] = "notificacion"
    notificacion_id: int
    destinatario_tipo: str
    destinatario_id: int
    provincia: str
    materia_tipo: str
    materia_id: int

    @property
    def objeto_id(self) -> int:
        """The notice."""
        return self.notificacion_id

    @property
    def empleador_id(self) -> int | None:
        """The employer, when it is one who is notified."""
        return self.destinatario_id if self.destinatario_tipo == EMPLEADOR else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificacionEnviada(_DeUna):
    """A document was sent to its addressee by a channel; it notifies nobody yet."""

    tipo: ClassVar[str] = "notificacion_enviada"
    asunto: str
    canal: str
    intento: int

    def frase(self) -> str:
        """Say it to a person."""
        vez = "" if self.intento == 1 else f", intento {self.intento}"
        return f"Se envió por {self.canal}{vez}: {self.asunto}."


@dataclass(frozen=True, slots=True)
class NotificacionesEnviadas:
    """A mass act sent many documents on one day."""

    tipo: ClassVar[str] = "notificaciones_enviadas"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    materia_tipo: str
    canal: str
    cuantas: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "notificación", "notificaciones")
        return f"Se envió por {self.canal}: {cuantas}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificacionRecibida(_DeUna):
    """A notice was received, with proof; the first of its matter opens its término."""

    tipo: ClassVar[str] = "notificacion_recibida"
    recibida_el: date
    surte_efecto: bool
    vence: date | None

    def frase(self) -> str:
        """Say it to a person."""
        dicho = f"El destinatario recibió la notificación el {self.recibida_el:%d/%m/%Y}"
        if not self.surte_efecto:
            return f"{dicho}; ya estaba notificado desde antes."
        return dicho + (f"; su término vence el {self.vence:%d/%m/%Y}." if self.vence else ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecepcionRegistrada(_DeUna):
    """The proof of a notice is there; the law holds it notified on a later day."""

    tipo: ClassVar[str] = "recepcion_registrada"
    surtira_el: date

    def frase(self) -> str:
        """Say it to a person."""
        return (
            "Se registró la constancia de la notificación; se tendrá por hecha el "
            f"{self.surtira_el:%d/%m/%Y}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificacionFallida(_DeUna):
    """An attempt reached nobody: it is never a notification."""

    tipo: ClassVar[str] = "notificacion_fallida"
    canal: str
    intento: int
    motivo: str

    def frase(self) -> str:
        """Say it to a person."""
        return f"No se pudo notificar (intento {self.intento}): {self.motivo}."


@dataclass(frozen=True, slots=True)
class NotificacionesSinCasillero:
    """Some addressees have no inbox: what was for it reached nobody, and another channel is due."""

    tipo: ClassVar[str] = "notificaciones_sin_casillero"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    materia_tipo: str
    cuantas: int
    hecho_id: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "notificación", "notificaciones")
        return f"Sin casillero a donde enviarse: {cuantas}. Corresponde notificar por otro canal."


@dataclass(frozen=True, slots=True)
class NotificacionesSinAbrir:
    """Some notices of a kind of matter waited and nobody opened them: another channel is due."""

    tipo: ClassVar[str] = "notificaciones_sin_abrir"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    materia_tipo: str
    cuantas: int
    hecho_id: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantas = contar(self.cuantas, "notificación", "notificaciones")
        return f"Sin abrir a tiempo: {cuantas}. Corresponde notificar en persona."
