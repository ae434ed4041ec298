"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class CuentaAbierta:
    """A natural person may log in, with an office role or none. It never says the password."""

    tipo: ClassVar[str] = "cuenta_abierta"
    objeto_tipo: ClassVar[str] = "usuario"
    usuario_id: int
    identificacion: str
    nombre: str
    rol: str
    provincias: tuple[str, ...]
    desde: date

    @property
    def objeto_id(self) -> int:
        """The user."""
        return self.usuario_id

    def frase(self) -> str:
        """Tell it."""
        rol = f"con el rol {self.rol} desde el {self.desde:%d/%m/%Y}" if self.rol else "sin rol"
        donde = f" (provincias: {', '.join(self.provincias)})" if self.provincias else ""
        return f"Se abrió la cuenta de {self.nombre}, {self.identificacion}, {rol}{donde}."


@dataclass(frozen=True, slots=True, kw_only=True)
class RolAsignado:
    """A person holds an office from a day on, by an act of appointment."""

    tipo: ClassVar[str] = "rol_asignado"
    objeto_tipo: ClassVar[str] = "usuario"
    usuario_id: int
    nombre: str
    rol: str
    provincias: tuple[str, ...]
    desde: date
    hasta: date | None
    calidad: str
    acto: str

    @property
    def objeto_id(self) -> int:
        """The user."""
        return self.usuario_id

    def frase(self) -> str:
        """Tell it."""
        donde = f" (provincias: {', '.join(self.provincias)})" if self.provincias else ""
        hasta = f" y antes del {self.hasta:%d/%m/%Y}" if self.hasta else ""
        acto = f", por {self.acto}" if self.acto else ""
        return (
            f"{self.nombre} tiene el rol {self.rol}{donde} como {self.calidad.lower()} desde el "
            f"{self.desde:%d/%m/%Y}{hasta}{acto}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AsignacionTerminada:
    """An office ended: from that day on it opens nothing."""

    tipo: ClassVar[str] = "asignacion_terminada"
    objeto_tipo: ClassVar[str] = "usuario"
    usuario_id: int
    rol: str
    provincia: str
    hasta: date
    razon: str

    @property
    def objeto_id(self) -> int:
        """The user."""
        return self.usuario_id

    def frase(self) -> str:
        """Tell it."""
        donde = f" en la provincia {self.provincia}" if self.provincia else ""
        return (
            f"El rol {self.rol}{donde} deja de dar acceso el {self.hasta:%d/%m/%Y}. "
            f"Razón: {self.razon}"
        )
