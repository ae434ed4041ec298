"""Chance that is the same everywhere: each draw depends only on its name, never on the order."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

SEMILLA = "recaudo-2026"
T = TypeVar("T")


def tirar(hasta: int, *clave: object) -> int:
    """Return a whole number in [0, hasta) fixed by the words of `clave`."""
    huella = sha256("|".join(map(str, (SEMILLA, *clave))).encode()).digest()
    return int.from_bytes(huella[:8], "big") % hasta


def elegir(opciones: Sequence[T], *clave: object) -> T:
    """Return one of `opciones`, all as likely."""
    return opciones[tirar(len(opciones), *clave)]


def sortear(pesos: Sequence[tuple[T, int]], *clave: object) -> T:
    """Return one of the options, each as likely as its whole weight says."""
    lugar = tirar(sum(peso for _, peso in pesos), *clave)
    for opcion, peso in pesos:
        if lugar < peso:
            return opcion
        lugar -= peso
    raise AssertionError(pesos)
