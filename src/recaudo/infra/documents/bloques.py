"""The blocks a document is made of: typed, frozen, all its words inside.

A document is a tuple of these. What is frozen is their values and their words, so a sentence
changed in the code changes no document that was issued; one style draws them in order. Amounts are
`Dinero` (USD), dates are `date`: the style writes `$ 1.234,50` and `15/09/2026`.

A block that asks for something (`pide=True`) is not drawn once the document has nothing to ask
for: paid, annulled, expired.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from recaudo.infra.documents.blancos import Blanco, Si, Suma
from recaudo.kernel.money import Dinero

Texto: TypeAlias = str | Blanco
Importe: TypeAlias = Dinero | Blanco
Fecha: TypeAlias = date | Blanco
Celda: TypeAlias = str | int | date | Dinero | Blanco
Par: TypeAlias = tuple[str, Texto]


class TotalNoCuadra(ValueError):
    """The rows of a table do not add up to what they should: the document is not issued."""


class TipoColumna(StrEnum):
    """What a column holds, and so how it is written and on which side."""

    TEXTO = "texto"
    DINERO = "dinero"
    FECHA = "fecha"
    ENTERO = "entero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encabezado:
    """Who issues, what, which number, about whom, where and when. `congelar` puts it first."""

    institucion: Texto
    unidad: Texto
    provincia: Texto
    titulo: Texto
    numero: Texto
    titular: Texto
    lugar: Texto
    fecha: Fecha


@dataclass(frozen=True, slots=True)
class Parte:
    """Who the document is about: name, identification, and what else identifies."""

    papel: str
    nombre: Texto
    documento: str
    identificacion: Texto
    datos: tuple[Par | Si, ...] = ()


@dataclass(frozen=True, slots=True)
class Parrafo:
    """Sentences. `menor`: in small letters."""

    texto: Texto
    menor: bool = False


@dataclass(frozen=True, slots=True)
class Ficha:
    """Pairs of name and value."""

    pares: tuple[Par | Si, ...]


@dataclass(frozen=True, slots=True)
class Columna:
    """A column: its heading, what it holds, whether it is added up, whether it takes the rest."""

    titulo: str
    tipo: TipoColumna = TipoColumna.TEXTO
    suma: bool = False
    ancha: bool = False


@dataclass(frozen=True, slots=True)
class Fila:
    """A row. A subtotal is not added: it must equal the rows above it, from the last subtotal."""

    celdas: tuple[Celda, ...]
    subtotal: bool = False


@dataclass(frozen=True, slots=True)
class Tabla:
    """A table with typed columns. Its totals are computed here; `cuadra_con` must equal the last.

    `filas` may be one `Blanco` of class FILAS (rows that SQL brings), then nothing is added up.
    Raises TotalNoCuadra; ValueError when a row has not one cell per column.
    """

    columnas: tuple[Columna, ...]
    filas: tuple[Fila | Si, ...] | Blanco
    rotulo_total: str = ""
    cuadra_con: Importe | None = None
    total: tuple[Any, ...] = field(init=False, default=())
    por_comprobar: tuple[tuple[Suma, Any], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Add up, compare, and check the shape."""
        if isinstance(self.filas, Blanco):
            if self.rotulo_total:
                mensaje = "Rows that SQL brings are not added up"
                raise ValueError(mensaje)
            return
        for fila, _ in _desplegadas(self.filas):
            if len(fila.celdas) != len(self.columnas):
                mensaje = f"{len(fila.celdas)} cells for {len(self.columnas)} columns"
                raise ValueError(mensaje)
        comprobaciones = list(self._subtotales())
        if self.rotulo_total:
            total = tuple(self._total(n, c) for n, c in enumerate(self.columnas))
            object.__setattr__(self, "total", (self.rotulo_total, *total[1:]))
            if self.cuadra_con is not None:
                comprobaciones.append((self._suma(self._ultima()), self.cuadra_con))
        object.__setattr__(
            self, "por_comprobar", tuple(c for c in comprobaciones if not _cuadra(*c))
        )

    def _ultima(self) -> int:
        return max(n for n, columna in enumerate(self.columnas) if columna.suma)

    def _total(self, n: int, columna: Columna) -> Any:
        return resumida(self._suma(n)) if columna.suma else ""

    def _suma(self, n: int, filas: tuple[Fila | Si, ...] | None = None) -> Suma:
        return Suma(
            tuple(
                (fila.celdas[n], condicion)
                for fila, condicion in _desplegadas(self.filas if filas is None else filas)
                if not fila.subtotal
            )
        )

    def _subtotales(self) -> list[tuple[Suma, Any]]:
        pendientes: list[Fila | Si] = []
        hallados = []
        for entrada in self.filas if isinstance(self.filas, tuple) else ():
            if isinstance(entrada, Fila) and entrada.subtotal:
                hallados += [
                    (self._suma(n, tuple(pendientes)), entrada.celdas[n])
                    for n, columna in enumerate(self.columnas)
                    if columna.suma
                ]
                pendientes = []
            else:
                pendientes.append(entrada)
        return hallados


@dataclass(frozen=True, slots=True, kw_only=True)
class Plazo:
    """A deadline: its sentence, its count, its two dates when known, its doubt (COA 158, 159).

    `vence_min` and `vence_max` differ when the list of holidays of a place is not verified: the
    addressee is never late before the second.
    """

    texto: Texto
    regla: Texto = ""
    cuenta: str = ""
    vence_min: Fecha | None = None
    vence_max: Fecha | None = None
    duda: Texto = ""
    pide: bool = True


@dataclass(frozen=True, slots=True)
class Norma:
    """The articles the document rests on, how sure they are, and the note of the doubt."""

    citas: Texto
    estado_verificacion: Texto
    nota: Texto = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImporteDestacado:
    """The amount of the document, large. `sin_pedir`: what it is called once nothing is asked."""

    que: Texto
    importe: Importe
    en_letras: Texto = ""
    sin_pedir: Texto


@dataclass(frozen=True, slots=True)
class Instrucciones:
    """What the reader may do, each with its name and how."""

    pasos: tuple[Par | Si, ...]
    pide: bool = True


@dataclass(frozen=True, slots=True)
class Nota:
    """A remark in a box."""

    texto: Texto


@dataclass(frozen=True, slots=True)
class Firma:
    """One signature: who, in which office, and how to check it."""

    nombre: Texto
    cargo: Texto
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Seccion:
    """A heading and its blocks."""

    titulo: str
    bloques: tuple[Bloque | Si, ...]
    pide: bool = False
    en_pagina_nueva: bool = False


Bloque: TypeAlias = (
    Encabezado | Parte | Parrafo | Ficha | Tabla | Plazo | Norma | ImporteDestacado
    | Instrucciones | Nota | Firma | Seccion
)  # fmt: skip
Bloques: TypeAlias = tuple[Bloque | Si, ...]


def resumida(suma: Suma) -> Any:
    """Return the amount of a sum whose terms are all known; the sum itself when some is a blank."""
    if any(isinstance(v, Blanco) or condicion is not None for v, condicion in suma.terminos):
        return suma
    valores = [valor for valor, _ in suma.terminos]
    if valores and all(isinstance(valor, int) for valor in valores):
        return sum(valores)
    return sum(valores, Dinero.CERO)


def _desplegadas(filas: Any) -> list[tuple[Fila, Blanco | None]]:
    return [(f.contenido, f.condicion) if isinstance(f, Si) else (f, None) for f in filas]


def _cuadra(suma: Suma, esperado: Any) -> bool:
    """Tell whether both are known and equal; False leaves the question to SQL."""
    valor = resumida(suma)
    if isinstance(valor, Suma) or isinstance(esperado, Blanco):
        return False
    if valor != esperado:
        mensaje = f"Las filas suman {valor} y debían sumar {esperado}."
        raise TotalNoCuadra(mensaje)
    return True


__all__ = [
    "Bloque", "Bloques", "Celda", "Columna", "Encabezado", "Fecha", "Ficha", "Fila", "Firma",
    "Importe", "ImporteDestacado", "Instrucciones", "Norma", "Nota", "Par", "Parrafo", "Parte",
    "Plazo", "Seccion", "Tabla", "Texto", "TipoColumna", "TotalNoCuadra",
]  # fmt: skip
