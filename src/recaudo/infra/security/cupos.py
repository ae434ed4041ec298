"""The rule of guessing: what of an attempt is looked at, and how long one waits. Pure.

At most ten wrong passwords of an account are looked at in an hour, whoever sends them and from
however many networks. They are in four *cupos*, so that who guesses from elsewhere never spends
those of the owner:

- `APARATO`: a browser in which the account entered well before;
- `LUGAR`: a network from which it entered well;
- `RED_LIMPIA`: a network that guessed nothing, of any account, in a day;
- `CUALQUIERA`: everybody.

An attempt takes the first that it may use and that has room. Within them the wait grows with each
failure. Who is not known waits as well when its network guesses much, of whatever accounts
(spraying), and when everybody does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

HORA: Final = timedelta(hours=1)
DIA: Final = timedelta(days=1)
DE_TODOS: Final = timedelta(seconds=10)


class Cupo(IntEnum):
    """Whose guesses are counted together, the most known first."""

    APARATO = 1
    LUGAR = 2
    RED_LIMPIA = 3
    CUALQUIERA = 4


#: Wrong passwords of one account that each may have looked at in an hour.
CABEN: Final = {Cupo.APARATO: 3, Cupo.LUGAR: 2, Cupo.RED_LIMPIA: 2, Cupo.CUALQUIERA: 3}
POR_HORA: Final = sum(CABEN.values())
_CONOCIDOS: Final = (Cupo.APARATO, Cupo.LUGAR)
SIN_ESPERA: Final = 3
ESPERA_MAXIMA: Final = 60
#: Failures of a network in a day that leave it no longer clean.
ENSUCIAN: Final = 2
#: Failures of a network in an hour from which it waits, and how many more double the wait.
DE_UNA_RED: Final = 20
_DOBLA_CADA: Final = 10
_ESPERA_DE_RED: Final = 15
#: Failures of those not known, in ten seconds, from which all of them wait.
DE_TODOS_A_LA_VEZ: Final = 100


@dataclass(frozen=True, slots=True)
class Fallo:
    """A wrong password of the account, in the last hour."""

    cupo: Cupo
    en: datetime


@dataclass(frozen=True, slots=True)
class Situacion:
    """What is known when somebody tries: of the account, of the network, of everybody.

    `fallos` are those of the account in the last hour, in any order. Of the network: how many in
    an hour, the last of them, and how many in a day (counted up to `ENSUCIAN`). `de_todos`: those
    of who is not known, in ten seconds.
    """

    es_su_aparato: bool = False
    es_su_lugar: bool = False
    fallos: Sequence[Fallo] = ()
    de_la_red: int = 0
    ultimo_de_la_red: datetime | None = None
    de_la_red_en_un_dia: int = 0
    de_todos: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """Look at it in that cupo, or wait so many seconds (then `cupo` is None)."""

    cupo: Cupo | None
    espera: int = 0


def decidir(s: Situacion, ahora: datetime) -> Decision:
    """Return whether an attempt is looked at, and if not, when it may come again.

    The same for any account, whether it exists or not.
    """
    suyos = _sus_cupos(s)
    usados = {c: [f.en for f in s.fallos if f.cupo == c and f.en > ahora - HORA] for c in Cupo}
    libre = next((c for c in suyos if len(usados[c]) < CABEN[c]), None)
    if libre is None:
        return Decision(None, _segundos(min(min(usados[c]) for c in suyos) + HORA - ahora))
    contados = [en for c in _contados_con(libre, suyos) for en in usados[c]]
    espera = _tras(max(contados, default=None), creciente(len(contados)), ahora)
    if libre not in _CONOCIDOS:
        espera = max(espera, _tras(s.ultimo_de_la_red, de_red(s.de_la_red), ahora))
        if s.de_todos >= DE_TODOS_A_LA_VEZ:
            espera = max(espera, _segundos(DE_TODOS))
    return Decision(None, espera) if espera else Decision(libre)


def creciente(fallos: int) -> int:
    """Return the seconds after so many failures: two after the third, then double, to a minute."""
    return 0 if fallos < SIN_ESPERA else min(ESPERA_MAXIMA, 2 ** (fallos - SIN_ESPERA + 1))


def de_red(fallos: int) -> int:
    """Return the seconds between the attempts of a network with so many failures in an hour."""
    if fallos < DE_UNA_RED:
        return 0
    veces = min(4, (fallos - DE_UNA_RED) // _DOBLA_CADA)
    return int(min(ESPERA_MAXIMA, _ESPERA_DE_RED * 2**veces))


def _sus_cupos(s: Situacion) -> list[Cupo]:
    """Return those that an attempt may use, the most its own first."""
    puede = {
        Cupo.APARATO: s.es_su_aparato,
        Cupo.LUGAR: s.es_su_lugar,
        Cupo.RED_LIMPIA: s.de_la_red_en_un_dia < ENSUCIAN,
        Cupo.CUALQUIERA: True,
    }
    return [cupo for cupo in Cupo if puede[cupo]]


def _contados_con(libre: Cupo, suyos: Sequence[Cupo]) -> list[Cupo]:
    """Return those whose failures make an attempt wait: its own, and nobody's better known.

    A network that is clean no longer has behind it what it guessed while it was.
    """
    propios = [c for c in suyos if c <= libre]
    de_antes = [Cupo.RED_LIMPIA] if libre is Cupo.CUALQUIERA else []
    return sorted({*propios, *de_antes})


def _tras(ultimo: datetime | None, segundos: int, ahora: datetime) -> int:
    """Return what is left of a wait that began then."""
    return 0 if ultimo is None else _segundos(ultimo + timedelta(seconds=segundos) - ahora)


def _segundos(falta: timedelta) -> int:
    """Return a wait in whole seconds, upwards."""
    return max(0, -(-falta // timedelta(seconds=1)))
