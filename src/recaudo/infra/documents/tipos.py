"""The catalogue of the kinds of document: what each is called, numbered, signed, kept and shown.

A room declares its kinds in `documents/`, one file each; `project/wiring.py` registers them with
the function of the room that says what became of a document. `docs/documentos.md` is this list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from recaudo.infra.documents.estado import EstadoPublico


class Numeracion(StrEnum):
    """Who shares a series of numbers without gaps."""

    POR_PROVINCIA = "por provincia y año"  # PP-AAAA-NNNNNN
    NACIONAL = "una para el país y el año"  # 00-AAAA-NNNNNN
    DEL_ACTO = "el número lo da el acto"


class QuienFirma(StrEnum):
    """Who answers for the document."""

    NADIE = "sin firma: lo comprueba su código"
    INSTITUCION = "la institución"
    FUNCIONARIO = "un funcionario"


class DatoPublico(StrEnum):
    """What the public page of verification tells of the document, besides kind and state."""

    NUMERO = "número"
    FECHA = "fecha"
    PROVINCIA = "provincia"
    TITULAR = "titular enmascarado"
    VALIDEZ = "validez"


TODO_LO_PUBLICO: Final = frozenset(DatoPublico)


@dataclass(frozen=True, slots=True, kw_only=True)
class TipoDeDocumento:
    """One kind of document.

    `anulado` is what the annulled form says; `conservacion` how long it is kept and by which norm,
    in words: a norm that was not found says so.
    """

    codigo: str
    titulo: str
    unidad: str
    serie: str
    numeracion: Numeracion
    firma: QuienFirma
    cargo: str
    norma: str
    conservacion: str
    anulado: str
    publico: frozenset[DatoPublico] = TODO_LO_PUBLICO

    def estado_anulado(self) -> EstadoPublico:
        """What anybody is told of one that was annulled."""
        return EstadoPublico(
            "anulado", "Anulado", self.anulado, "error", pide=False, marca="ANULADO"
        )


#: Given a document's id and the date, what its room knows became of it; None: nothing.
EstadoDe: TypeAlias = Callable[[int, date], EstadoPublico | None]


def _nada(documento_id: int, hoy: date) -> None:
    """No room tells anything of this kind."""
    del documento_id, hoy


@dataclass(frozen=True, slots=True)
class Registrado:
    """A kind and who tells what became of its documents."""

    tipo: TipoDeDocumento
    estado_de: EstadoDe


_TIPOS: Final[dict[str, Registrado]] = {}


class TipoDesconocido(LookupError):
    """Nobody registered that kind of document: `project/wiring.py` does."""


def registrar_tipo(tipo: TipoDeDocumento, estado_de: EstadoDe = _nada) -> None:
    """Add a kind to the catalogue; only wiring calls it. The same again changes nothing."""
    anterior = _TIPOS.get(tipo.codigo)
    if anterior is not None and anterior.tipo != tipo:
        mensaje = f"Two kinds of document are called {tipo.codigo}"
        raise ValueError(mensaje)
    _TIPOS[tipo.codigo] = Registrado(tipo, estado_de)


def tipo_registrado(codigo: str) -> Registrado:
    """Return a kind of the catalogue. Raises TipoDesconocido."""
    try:
        return _TIPOS[codigo]
    except KeyError as falta:
        raise TipoDesconocido(codigo) from falta


def catalogo() -> Mapping[str, Registrado]:
    """Return every kind by its code."""
    return MappingProxyType(dict(sorted(_TIPOS.items())))


__all__ = [
    "DatoPublico", "Numeracion", "QuienFirma", "Registrado", "TipoDeDocumento", "TipoDesconocido",
    "catalogo", "registrar_tipo", "tipo_registrado",
]  # fmt: skip
