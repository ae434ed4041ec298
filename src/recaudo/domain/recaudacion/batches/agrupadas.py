"""Which entries that one message tells apart are the one that the other message tells whole.

Pure. A bank may book a batch as one entry in its statement and tell its payments one by one in a
notice, without a reference in common. What is left of a day after every other rule is looked at
here: the whole is the movement, and its pieces are those entries whose sum and count are its own.
Where several choices of pieces would do, or some may, nobody chooses: what came later waits for a
person. Money in cents, always above zero: debits of a day are looked at apart from its credits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

#: Up to so many pieces every choice is tried; among more, only those in a row.
_POCAS: Final = 16
_UN_PAR: Final = 2


@dataclass(frozen=True, slots=True)
class Entera:
    """An entry that may be told elsewhere in pieces; `transacciones`: what it says, 0 unknown."""

    id: int
    centavos: int
    transacciones: int


@dataclass(frozen=True, slots=True)
class Pieza:
    """An entry that may be part of another; `mensaje`: the statement or notice that tells it."""

    id: int
    centavos: int
    transacciones: int
    mensaje: int


@dataclass(frozen=True, slots=True)
class Reparto:
    """The pieces of each whole that is certain; those of each that some of them may be."""

    ciertas: dict[int, tuple[int, ...]]
    dudosas: dict[int, tuple[int, ...]]


def repartir_piezas(enteras: Sequence[Entera], piezas: Sequence[Pieza]) -> Reparto:
    """Return the pieces of each whole, of one account, day and sign; `piezas` in their order.

    Certain: the one choice whose sum and count are those of the whole; or all that one message
    tells, when they add up to it; and no other whole wants them. A whole of unknown count takes
    only all of one message. What can be the pieces of a whole, but is not certain, is doubtful.
    """
    quedan = list(piezas)
    pendientes = list(enteras)
    ciertas: dict[int, tuple[int, ...]] = {}
    while pendientes and quedan:
        opciones = {e.id: _opciones(e, quedan) for e in pendientes}
        elegida = next((e for e in pendientes if _es_cierta(e.id, opciones)), None)
        if elegida is None:
            break
        (suyas,) = opciones[elegida.id]
        ciertas[elegida.id] = tuple(sorted(suyas))
        pendientes.remove(elegida)
        quedan = [p for p in quedan if p.id not in suyas]
    posibles = {e.id: _posibles(e, quedan) for e in pendientes}
    dudosas = {entera: unas for entera, unas in posibles.items() if unas}
    return Reparto(ciertas, dudosas)


def _es_cierta(entera: int, opciones: dict[int, set[frozenset[int]]]) -> bool:
    """There is one choice for it, and no other whole has a choice that shares a piece."""
    if len(opciones[entera]) != 1:
        return False
    (suyas,) = opciones[entera]
    return not any(
        suyas & otra for id_, suyos in opciones.items() if id_ != entera for otra in suyos
    )


def _opciones(entera: Entera, piezas: Sequence[Pieza]) -> set[frozenset[int]]:
    """Return every choice of pieces that is the whole; only that of one message, if there is."""
    if de_un_mensaje := set(_mensajes_enteros(entera, piezas)):
        return de_un_mensaje
    if entera.transacciones < _UN_PAR:
        return set()
    if len(piezas) <= _POCAS:
        return set(_combinaciones(entera, piezas))
    return set(_seguidas(entera, piezas))


def _es(entera: Entera, piezas: Sequence[Pieza]) -> bool:
    suma = sum(p.centavos for p in piezas)
    cuenta = sum(p.transacciones for p in piezas)
    return (
        len(piezas) >= _UN_PAR and suma == entera.centavos and entera.transacciones in {0, cuenta}
    )


def _mensajes_enteros(entera: Entera, piezas: Sequence[Pieza]) -> Iterator[frozenset[int]]:
    por_mensaje: dict[int, list[Pieza]] = {}
    for pieza in piezas:
        por_mensaje.setdefault(pieza.mensaje, []).append(pieza)
    for suyas in por_mensaje.values():
        if _es(entera, suyas):
            yield frozenset(p.id for p in suyas)


def _combinaciones(entera: Entera, piezas: Sequence[Pieza]) -> Iterator[frozenset[int]]:
    caben = [p for p in piezas if p.centavos < entera.centavos]
    hasta = min(len(caben), entera.transacciones)
    desde = _UN_PAR if any(p.transacciones > 1 for p in caben) else entera.transacciones
    for cuantas in range(desde, hasta + 1):
        for unas in combinations(caben, cuantas):
            if _es(entera, unas):
                yield frozenset(p.id for p in unas)


def _seguidas(entera: Entera, piezas: Sequence[Pieza]) -> Iterator[frozenset[int]]:
    """Yield the stretches of pieces in a row that are the whole: two ends that only move on."""
    desde = suma = 0
    for hasta, pieza in enumerate(piezas):
        suma += pieza.centavos
        while suma > entera.centavos:
            suma -= piezas[desde].centavos
            desde += 1
        tramo = piezas[desde : hasta + 1] if suma == entera.centavos else ()
        if tramo and _es(entera, tramo):
            yield frozenset(p.id for p in tramo)


def _posibles(entera: Entera, piezas: Sequence[Pieza]) -> tuple[int, ...]:
    """Return the pieces that some choice may take; none when no choice can be the whole."""
    if opciones := _opciones(entera, piezas):
        return tuple(sorted(frozenset().union(*opciones)))
    caben = sorted(p.centavos for p in piezas if p.centavos < entera.centavos)
    n = entera.transacciones
    if n < _UN_PAR or len(piezas) <= _POCAS or len(caben) < _UN_PAR:
        return ()
    todas_simples = all(p.transacciones == 1 for p in piezas)
    if todas_simples and not (
        len(caben) >= n and sum(caben[:n]) <= entera.centavos <= sum(caben[-n:])
    ):
        return ()
    return tuple(p.id for p in piezas if p.centavos < entera.centavos)
