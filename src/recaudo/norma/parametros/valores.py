"""A dated value of the law: what it is, from when to when, where it is written, how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Vigencia


class EstadoVerificacion(StrEnum):
    """How sure the project is of a value, from read in the norm to not known at all."""

    VERIFICADO = "VERIFICADO"
    SECUNDARIO = "SECUNDARIO"
    PROVISIONAL = "PROVISIONAL"
    RECONSTRUIDO = "RECONSTRUIDO"
    DEMO = "DEMO"
    SIN_DATOS = "SIN_DATOS"


_ORDEN = tuple(EstadoVerificacion)


def peor_estado(*estados: EstadoVerificacion) -> EstadoVerificacion:
    """Return the least sure of several states: a result is as sure as its worst ingredient."""
    return max(estados, key=_ORDEN.index)


@dataclass(frozen=True, slots=True)
class ValorVigente:
    """One dated value of one parameter. Read it through the typed properties."""

    clave: str
    valor: Any
    vigencia: Vigencia
    unidad: str
    instrumento: str
    cita: str
    articulo: str
    estado_verificacion: EstadoVerificacion
    verificado_en: date
    fuente: str
    nota: str = ""

    @property
    def norma(self) -> str:
        """Citation to print beside an amount: short name of the instrument and article."""
        return f"{self.cita} {self.articulo}".strip()

    @property
    def decimal(self) -> Decimal:
        """The value as an exact Decimal; TypeError when it is not a number."""
        if isinstance(self.valor, bool) or not isinstance(self.valor, (int, str, Decimal)):
            msg = f"{self.clave}: not a number: {self.valor!r}"
            raise TypeError(msg)
        return Decimal(self.valor)

    @property
    def dinero(self) -> Dinero:
        """The value as US dollars."""
        return Dinero(self.decimal)

    @property
    def tasa(self) -> Tasa:
        """The value as a percentage."""
        return Tasa(self.decimal)

    @property
    def entero(self) -> int:
        """The value as a whole number; TypeError when it is not one."""
        if isinstance(self.valor, bool) or not isinstance(self.valor, int):
            msg = f"{self.clave}: not a whole number: {self.valor!r}"
            raise TypeError(msg)
        return self.valor

    @property
    def texto(self) -> str:
        """The value as text; TypeError when it is not text."""
        if not isinstance(self.valor, str):
            msg = f"{self.clave}: not a text: {self.valor!r}"
            raise TypeError(msg)
        return self.valor

    @property
    def si_o_no(self) -> bool:
        """The value as yes or no; TypeError when it is neither."""
        if not isinstance(self.valor, bool):
            msg = f"{self.clave}: not a yes or no: {self.valor!r}"
            raise TypeError(msg)
        return self.valor

    @property
    def tabla(self) -> Mapping[str, Any]:
        """The value as a table by name; TypeError when it is not one."""
        if not isinstance(self.valor, Mapping):
            msg = f"{self.clave}: not a table: {self.valor!r}"
            raise TypeError(msg)
        return self.valor

    @property
    def lista(self) -> tuple[Any, ...]:
        """The value as an ordered list; TypeError when it is not one."""
        if not isinstance(self.valor, (list, tuple)):
            msg = f"{self.clave}: not a list: {self.valor!r}"
            raise TypeError(msg)
        return tuple(self.valor)
