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
