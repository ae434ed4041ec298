"""What a notice may be about and for whom: each room registers its matters; this one knows none.

`project/wiring.py` calls `registrar_materia` with what the room of the matter declares: how it is
called, who of the staff may see its notices, and which deadline a proven notice opens.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models

from recaudo.infra.security.permisos import Permiso
from recaudo.norma.plazos.reglas import ReglaDePlazo


class Destinatario(models.TextChoices):
    """Who may be notified."""

    EMPLEADOR = "EMPLEADOR", "Empleador"
    PERSONA = "PERSONA", "Persona"
    ABOGADO = "ABOGADO", "Abogado"
    ENTIDAD = "ENTIDAD", "Entidad"


@dataclass(frozen=True, slots=True)
class LoQueAbre:
    """Which deadline a proven notice opens, and the name of what happens when it ends.

    One for the matter, from the first addressee who is notified; or `por_destinatario`, one of its
    own for each, from his notification.
    """

    regla: ReglaDePlazo
    efecto: str
    por_destinatario: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Materia:
    """A kind of thing that is notified. `abre` is None when a notice of it opens no deadline."""

    tipo: str
    nombre: str
    permiso_ver: Permiso
    abre: LoQueAbre | None = None


class MateriaDesconocida(LookupError):
    """No room registered that kind of matter: `project/wiring.py` does."""


_MATERIAS: Final[dict[str, Materia]] = {}


def registrar_materia(materia: Materia) -> None:
    """Let notices be about a kind of matter; only wiring calls it."""
    _MATERIAS[materia.tipo] = materia


def materia_de(tipo: str) -> Materia:
    """Return a registered matter. Raises MateriaDesconocida."""
    try:
        return _MATERIAS[tipo]
    except KeyError as falta:
        raise MateriaDesconocida(tipo) from falta


__all__ = [
    "Destinatario", "LoQueAbre", "Materia", "MateriaDesconocida", "materia_de", "registrar_materia",
]  # fmt: skip
