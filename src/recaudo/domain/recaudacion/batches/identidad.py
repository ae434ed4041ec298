"""Which known statements of an account hold no entry of a new one, and which tell the same.

Pure. An entry is told by account, booking date, sign, amount, the bank's reference and its place
among the equal ones of the day. Where the bank gives no reference, two equal entries of one day may
be one told twice or two: only what the statements say of themselves decides, and this is where it
is asked. Without proof, an entry already known is believed seen, and listed as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabecera:
    """What a statement says of itself. Money in cents; `id` 0 in the new one.

    `neto`: credits minus debits of its entries; None where the bank gives no balance.
    """

    id: int = 0
    neto: int = 0
    saldo_inicial: int | None = None
    saldo_final: int | None = None
    desde: datetime | None = None
    hasta: datetime | None = None
    primera: date | None = None
    ultima: date | None = None
    secuencia: str = ""
    lineas: int = 0

    @property
    def prueba(self) -> bool:
        """Its balances say what its entries say, and its entries moved the account."""
        return (
            self.saldo_inicial is not None
            and self.saldo_final is not None
            and self.neto != 0
            and self.saldo_inicial + self.neto == self.saldo_final
        )


@dataclass(frozen=True, slots=True)
class Parentesco:
    """Statements without an entry in common with the new one, and those that tell the same."""

    disjuntos: frozenset[int]
    mismos: frozenset[int]


def emparentar(
    nuevo: Cabecera, conocidos: Sequence[Cabecera], *, saldo: int | None = None
) -> Parentesco:
    """Return what the statements prove of each other; `saldo`: our balance of the account.

    It is None when the books have statements of days after the new one: it would prove nothing.

    Disjoint: their periods do not meet (by instants); or balances chain them one after another
    (closing of one = opening of the next), through others if need be; or the new one opens where
    our books stand. Never when one period takes in part of the other, and never a statement told
    again, whole (same balances, days and lines) or as the sum of others.
    """
    iguales = frozenset(k.id for k in conocidos if _es_el_mismo(nuevo, k))
    if iguales:
        return Parentesco(_aparte(nuevo, conocidos) - iguales, iguales)
    disjuntos = _aparte(nuevo, conocidos)
    if nuevo.prueba:
        if suma := _es_suma(nuevo, conocidos, saldo):
            return Parentesco(disjuntos - suma, suma - disjuntos)
        cruzados = {k.id for k in conocidos if _se_cruzan(nuevo, k)}
        disjuntos |= _encadenados(nuevo, conocidos, saldo) - cruzados
    return Parentesco(frozenset(disjuntos), frozenset())


def _es_el_mismo(nuevo: Cabecera, otro: Cabecera) -> bool:
    """Tell whether one statement is the other told again; a sequence number may say it is not."""
    if nuevo.saldo_final is None or (
        nuevo.secuencia and otro.secuencia not in {"", nuevo.secuencia}
    ):
        return False
    return (
        (nuevo.saldo_inicial, nuevo.saldo_final, nuevo.neto, nuevo.primera, nuevo.ultima)
        == (otro.saldo_inicial, otro.saldo_final, otro.neto, otro.primera, otro.ultima)
    ) and (
        _sin_hora(nuevo)
        or _sin_hora(otro)
        or (nuevo.desde, nuevo.hasta) == (otro.desde, otro.hasta)
    )


def _sin_hora(una: Cabecera) -> bool:
    return una.desde is None or una.hasta is None


def _aparte(nuevo: Cabecera, conocidos: Sequence[Cabecera]) -> frozenset[int]:
    """Return the statements whose instants say that they do not meet the new one."""
    if _sin_hora(nuevo):
        return frozenset()
    return frozenset(k.id for k in conocidos if _no_se_encuentran(nuevo, k))


def _no_se_encuentran(una: Cabecera, otra: Cabecera) -> bool:
    """Tell whether two periods with their instants share nothing; one of no length says nothing."""
    if not (una.desde and una.hasta and otra.desde and otra.hasta) or una.desde >= una.hasta:
        return False
    return una.desde >= otra.hasta or otra.desde >= una.hasta


def _se_cruzan(nuevo: Cabecera, otro: Cabecera) -> bool:
    """Tell whether the instants say that the periods share a stretch, and are not the same one."""
    if not (nuevo.desde and nuevo.hasta and otro.desde and otro.hasta):
        return False
    if (nuevo.desde, nuevo.hasta) == (otro.desde, otro.hasta):
        return False
    return nuevo.desde < otro.hasta and otro.desde < nuevo.hasta


def _encadenados(
    nuevo: Cabecera, conocidos: Sequence[Cabecera], saldo: int | None
) -> frozenset[int]:
    """Return those that closings and openings put before or after the new one.

    If one of them opened with the same balance, the new one may begin by telling it again: then
    nothing is proven of what comes before; nor of what comes after, if one closed with the same.
    """
    encadenados: frozenset[int] = frozenset()
    if all(k.saldo_inicial != nuevo.saldo_inicial for k in conocidos):
        encadenados |= _alcanzados(conocidos, nuevo.saldo_inicial, "saldo_final", "saldo_inicial")
        if saldo is not None and nuevo.saldo_inicial == saldo:
            encadenados |= {k.id for k in conocidos}
    if all(k.saldo_final != nuevo.saldo_final for k in conocidos):
        encadenados |= _alcanzados(conocidos, nuevo.saldo_final, "saldo_inicial", "saldo_final")
    return encadenados


def _alcanzados(
    conocidos: Sequence[Cabecera], desde: int | None, toca: str, sigue: str
) -> frozenset[int]:
    """Return the statements reached from a balance, each by the balance that it shares."""
    con_saldo = [k for k in conocidos if k.saldo_inicial is not None and k.saldo_final is not None]
    vistos: frozenset[int] = frozenset()
    frontera = {desde}
    while siguientes := [
        k for k in con_saldo if k.id not in vistos and getattr(k, toca) in frontera
    ]:
        vistos |= {k.id for k in siguientes}
        frontera = {getattr(k, sigue) for k in siguientes}
    return vistos


def _es_suma(nuevo: Cabecera, conocidos: Sequence[Cabecera], saldo: int | None) -> frozenset[int]:
    """Return the statements that the new one tells again together: it ends where our books stand.

    It opens where one of them opened and closes where one of them closed, and is none of them.
    """
    if saldo is None or nuevo.saldo_final != saldo or nuevo.saldo_inicial == saldo:
        return frozenset()
    abren = any(k.saldo_inicial == nuevo.saldo_inicial for k in conocidos)
    cierran = any(k.saldo_final == nuevo.saldo_final for k in conocidos)
    return frozenset(k.id for k in conocidos) if abren and cierran else frozenset()
