"""The steps that explain an amount: an amount that cannot explain itself is a defect."""

from __future__ import annotations

from typing import NamedTuple


class PasoTraza(NamedTuple):
    """One step of the explanation: what was done, the resulting value, the article behind it."""

    paso: str
    valor: str
    norma: str


class Traza(tuple[PasoTraza, ...]):
    """An immutable list of steps, in the order in which the rule took them."""

    __slots__ = ()

    def mas(self, paso: str, valor: object, norma: str = "") -> Traza:
        """Return a new trace with one more step; `valor` is kept as text."""
        return Traza((*self, PasoTraza(paso, str(valor), norma)))

    def unida(self, otra: Traza) -> Traza:
        """Return this trace followed by the steps of another."""
        return Traza((*self, *otra))

    def como_lista(self) -> list[dict[str, str]]:
        """Return the steps as plain dictionaries `{paso, valor, norma}` for JSON and screens."""
        return [paso._asdict() for paso in self]
