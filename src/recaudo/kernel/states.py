"""A transition table and its questions: which act leads from which state to which, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self

from recaudo.kernel.refusals import Rechazo

#: As `hacia` of a step: the object returns to the state from which it came to this one.
PREVIO: Final = "(previo)"


class Tono(StrEnum):
    """What colour a state asks for; a word always goes with it."""

    NEUTRO = ""
    VERDE = "verde"
    AZUL = "azul"
    AMARILLO = "amarillo"
    ROJO = "rojo"
    MORADO = "morado"


class Estado(StrEnum):
    """A state: its stable code, the word that people read, its tone.

    class EstadoGlosa(Estado):
        NOTIFICADA = "notificada", "Notificada", Tono.AZUL
    """

    _value_: str
    palabra: str
    tono: Tono

    def __new__(cls, codigo: str, palabra: str = "", tono: Tono = Tono.NEUTRO) -> Self:
        """Keep the code as the value: it is what the database stores.

        ValueError without a word; it has a default only because `EstadoX(codigo)` finds a state.
        """
        if not palabra:
            msg = f"the state {codigo} has no word"
            raise ValueError(msg)
        estado = str.__new__(cls, codigo)
        estado._value_ = codigo
        estado.palabra = palabra
        estado.tono = tono
        return estado


def estado_de(codigo: str) -> Estado | None:
    """Return the state of that code in any machine, or None; a code means one thing in them all."""
    return _estados(len(Estado.__subclasses__())).get(codigo)


@lru_cache(maxsize=1)
def _estados(_cuantas_clases: int) -> dict[str, Estado]:
    return {str(e): e for clase in reversed(Estado.__subclasses__()) for e in clase}


class TransicionNoPermitida(Rechazo):
    """The act does not exist from the current state."""

    mensaje = "El estado actual no permite esta acción."


@dataclass(frozen=True, slots=True)
class Paso:
    """One permitted step: act, state before (`None` = creation), state after, article.

    `acto` is the file of the act. `plazo` names a rule of `norma.plazos.reglas` that sets when.
    It is in force over [desde_fecha, hasta_fecha): a step that the law retires gets its last date
    and stays in the table, so that what it did remains legal.
    """

    acto: str
    desde: str | None
    hacia: str
    norma: str
    plazo: str = ""
    desde_fecha: date = date.min
    hasta_fecha: date | None = None

    def rige(self, en: date) -> bool:
        """Say whether the step is in force on a business date."""
        return self.desde_fecha <= en and (self.hasta_fecha is None or en < self.hasta_fecha)


def pasos(
    actos: Iterable[str], desde: Iterable[str], hacia: str, norma: str, *, plazo: str = ""
) -> tuple[Paso, ...]:
    """Return a step for each act and each state before: those that end alike, in one line."""
    antes = tuple(desde)
    return tuple(Paso(acto, d, hacia, norma, plazo) for acto in actos for d in antes)


class Maquina:
    """The whole table of steps of one kind of thing; it never changes after being built."""

    def __init__(
        self, nombre: str, pasos: Iterable[Paso], inicial: str, finales: Iterable[str] = ()
    ) -> None:
        """Build the table; ValueError when it contradicts itself.

        Two steps of one act, from and to overlap in time; a final state has exits; a step returns
        to the state before one that nothing leads to; a step ends before it begins.
        """
        self.nombre = nombre
        self.pasos: tuple[Paso, ...] = tuple(pasos)
        self.inicial = str(inicial)
        self.finales: frozenset[str] = frozenset(str(f) for f in finales)
        for numero, paso in enumerate(self.pasos):
            self._revisar(paso, self.pasos[:numero])
        if perdidos := {self.inicial, *self.finales} - set(self.estados):
            msg = f"{nombre}: states without any step: {sorted(perdidos)}"
            raise ValueError(msg)

    def _revisar(self, paso: Paso, anteriores: tuple[Paso, ...]) -> None:
        clave = (paso.acto, _texto(paso.desde), str(paso.hacia))
        if paso.hasta_fecha is not None and paso.hasta_fecha <= paso.desde_fecha:
            msg = f"{self.nombre}: step {clave} ends before it begins"
            raise ValueError(msg)
        if any(_misma(paso, otro) and _se_cruzan(paso, otro) for otro in anteriores):
            msg = f"{self.nombre}: step {clave} appears twice"
            raise ValueError(msg)
        if clave[1] in self.finales:
            msg = f"{self.nombre}: {paso.desde} is final and cannot be left"
            raise ValueError(msg)
        if paso.hacia == PREVIO and not self._vienen_de(paso.desde):
            msg = f"{self.nombre}: nothing leads to {paso.desde}, so nothing returns from it"
            raise ValueError(msg)

    @property
    def estados(self) -> tuple[str, ...]:
        """Every state, once, in order of appearance."""
        vistos: dict[str, None] = {}
        for paso in self.pasos:
            for estado in (paso.desde, paso.hacia):
                if estado is not None and estado != PREVIO:
                    vistos[str(estado)] = None
        return tuple(vistos)

    def permite(self, desde: str | None, hacia: str) -> bool:
        """Say whether some act leads from `desde` (None = does not exist yet) to `hacia`."""
        return (_texto(desde), str(hacia)) in self.pares()

    def paso(self, acto: str, desde: str | None, *, en: date | None = None) -> Paso:
        """Return the first step of `acto` from `desde` (in force on `en`, when given).

        Refuses TransicionNoPermitida when there is none.
        """
        for paso in self.pasos:
            if (paso.acto, _texto(paso.desde)) == (acto, _texto(desde)) and _rige(paso, en):
                return paso
        estado = "sin crear" if desde is None else str(desde)
        msg = f"{self.nombre}: no se puede {acto.replace('_', ' ')} en estado {estado}."
        raise TransicionNoPermitida(msg)

    def actos_desde(self, estado: str | None, *, en: date | None = None) -> tuple[str, ...]:
        """Return the acts available from a state, in table order (in force on `en`, if given)."""
        hay = (p.acto for p in self.pasos if _texto(p.desde) == _texto(estado) and _rige(p, en))
        return tuple(dict.fromkeys(hay))

    def desde_de(self, acto: str) -> tuple[str, ...]:
        """Return the states that an act can leave, in table order."""
        salen = (str(p.desde) for p in self.pasos if p.acto == acto and p.desde is not None)
        return tuple(dict.fromkeys(salen))

    def pares(self) -> tuple[tuple[str | None, str], ...]:
        """Return the distinct (before, after) pairs; a step to PREVIO gives each way back."""
        hay: dict[tuple[str | None, str], None] = {}
        for paso in self.pasos:
            hacia = self._vienen_de(paso.desde) if paso.hacia == PREVIO else (str(paso.hacia),)
            hay |= dict.fromkeys((_texto(paso.desde), h) for h in hacia)
        return tuple(hay)

    def _vienen_de(self, estado: str | None) -> tuple[str, ...]:
        """States from which some step leads to `estado`."""
        llegan = (
            str(p.desde)
            for p in self.pasos
            if p.desde is not None and str(p.hacia) == _texto(estado)
        )
        return tuple(dict.fromkeys(llegan))

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lineas = ["stateDiagram-v2"]
        for paso in self.pasos:
            desde = "[*]" if paso.desde is None else str(paso.desde)
            if paso.hacia != PREVIO:
                lineas.append(f"    {desde} --> {paso.hacia}: {paso.acto}")
                continue
            lineas += [
                f"    {desde} --> {vuelve}: {paso.acto} (vuelve)"
                for vuelve in self._vienen_de(paso.desde)
            ]
        lineas += [f"    {estado} --> [*]" for estado in sorted(self.finales)]
        return "\n".join(lineas) + "\n"


def _texto(estado: str | None) -> str | None:
    """Reduce an enumeration member to its plain text."""
    return None if estado is None else str(estado)


def _rige(paso: Paso, en: date | None) -> bool:
    return en is None or paso.rige(en)


def _misma(uno: Paso, otro: Paso) -> bool:
    return (uno.acto, _texto(uno.desde), str(uno.hacia)) == (
        otro.acto,
        _texto(otro.desde),
        str(otro.hacia),
    )


def _se_cruzan(uno: Paso, otro: Paso) -> bool:
    return uno.desde_fecha < (otro.hasta_fecha or date.max) and otro.desde_fecha < (
        uno.hasta_fecha or date.max
    )
