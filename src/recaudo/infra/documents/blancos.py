"""Blanks of a document that SQL fills for thousands of rows at once.

The function that writes a document is one: with real values it gives the blocks of one document;
with the blanks below it gives the model of many, which `en_masa` turns into one SQL expression.
So it formats with `escrito`, chooses with `si`, and never does arithmetic of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo

T = TypeVar("T")


class Clase(StrEnum):
    """What the column of a blank holds."""

    TEXTO = "texto"  # text
    NUMERO = "numero"  # integer
    DINERO = "dinero"  # bigint of cents, USD
    FECHA = "fecha"  # date
    MES = "mes"  # integer aaaamm
    TASA = "tasa"  # text of a percentage, `12.99`
    CONDICION = "condicion"  # boolean
    FILAS = "filas"  # jsonb: a list of rows, each a list of texts


@dataclass(frozen=True, slots=True)
class Blanco:
    """The value of `columna`, a column of the table of a mass act."""

    columna: str
    clase: Clase = Clase.TEXTO

    def __post_init__(self) -> None:
        """A column is a name of SQL without quotes: nothing else can be spliced in."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.columna):
            mensaje = f"A blank names a column, not {self.columna!r}"
            raise ValueError(mensaje)


@dataclass(frozen=True, slots=True)
class Si:
    """A block, a row or a pair that is there when the column of `condicion` is true."""

    condicion: Blanco
    contenido: Any


Condicion: TypeAlias = bool | Blanco


@dataclass(frozen=True, slots=True)
class Suma:
    """The sum of several amounts, each there always or when its condition is true."""

    terminos: tuple[tuple[Any, Blanco | None], ...]


def si(condicion: Condicion, hacer: Callable[[], T]) -> tuple[T | Si, ...]:
    """Return what `hacer` gives in a tuple, or nothing: splice it with `*`."""
    if isinstance(condicion, Blanco):
        return (Si(condicion, hacer()),)
    return (hacer(),) if condicion else ()


_ABRE, _CIERRA = "\ue000", "\ue001"  # private use: no text that we admit has them
MARCA: Final = re.compile(f"{_ABRE}([a-z]+):([a-z0-9_]+){_CIERRA}")
MESES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip


def escrito(valor: str | int | date | Dinero | Tasa | Periodo | Blanco) -> str:
    """Return a value as a sentence carries it: `15/09/2026`, `$ 1.234,50`, `agosto de 2026`."""
    if isinstance(valor, Blanco):
        return f"{_ABRE}{valor.clase}:{valor.columna}{_CIERRA}"
    if isinstance(valor, Dinero):
        return valor.formato()
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    if isinstance(valor, Periodo):
        return valor.en_palabras
    if isinstance(valor, Tasa):
        return f"{valor}".rstrip("%").strip().replace(".", ",")
    return str(valor)


__all__ = ["MARCA", "MESES", "Blanco", "Clase", "Condicion", "Si", "Suma", "escrito", "si"]
