"""What the components show: small frozen values that pages build and templates only print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Miga:
    """One step of the breadcrumbs; the last one has no address."""

    texto: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entrada:
    """One link of the main navigation."""

    texto: str
    url: str
    es_actual: bool = False


@dataclass(frozen=True, slots=True)
class Fila:
    """One row of a summary list; `cambiar_url` adds the link that lets people correct it."""

    clave: str
    valor: object
    cambiar_url: str = ""
    cambiar_texto: str = "Cambiar"


@dataclass(frozen=True, slots=True)
class DiaDeTermino:
    """One calendar day of a término: whether it counts, which number it is, and why."""

    fecha: date
    es_habil: bool
    razon: str = ""
    numero: int | None = None
    es_ultimo: bool = False
    es_hoy: bool = False


@dataclass(frozen=True, slots=True)
class Suceso:
    """One event of a case history: what, when, who in which role, and the papers it left."""

    titulo: str
    cuando: datetime | date
    quien: str = ""
    detalle: str = ""
    documentos: tuple[Enlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Enlace:
    """A text and its address."""

    texto: str
    url: str


@dataclass(frozen=True, slots=True)
class FichaDeFiltro:
    """One applied filter: its words and the address of the same list without it."""

    texto: str
    url: str
