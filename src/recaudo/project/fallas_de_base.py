"""What a failure of the database means to who asked for a page: wait for somebody, or come back.

A fault of ours is neither: it stays an error of ours (500).
"""

from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, InterfaceError
from psycopg import Error
from psycopg_pool import PoolTimeout

#: Somebody else holds it: a lock that was not given in time, a deadlock, two that cannot both be.
_EN_USO: Final = frozenset({"55P03", "40P01", "40001"})
#: It took longer than a page may.
_TARDA: Final = frozenset({"57014"})
#: The date of what was asked was closed meanwhile: it goes with the date of today.
_DIA_CERRADO: Final = "RC008"
#: Classes of what the server cannot do now: connect, resources (disk, connections), being ended.
_SIN_BASE: Final = ("08", "28", "53", "57P", "58")
#: It only reads: for a page that reads by itself, that is a fault of ours.
_SOLO_LEE: Final = "25006"
_LEEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Falla:
    """What to answer: status, code of the contract, seconds after which to come back."""

    estado: int
    codigo: str
    volver_en: int


EN_USO: Final = Falla(409, "EN_USO", 5)
DIA_CERRADO: Final = Falla(409, "DIA_CERRADO", 1)
TARDA: Final = Falla(503, "TARDA", 30)
SIN_BASE: Final = Falla(503, "SIN_BASE", 30)
SOLO_LEE: Final = Falla(503, "SOLO_LECTURA", 120)


def falla_de(error: BaseException | None, metodo: str) -> Falla | None:
    """Return what a failure means for a request of that method; None when it is a fault of ours."""
    estado = _sqlstate(error)
    if estado in _EN_USO:
        return EN_USO
    if estado == _DIA_CERRADO:
        return DIA_CERRADO
    if estado in _TARDA:
        return TARDA
    if estado == _SOLO_LEE:
        return None if metodo in _LEEN else SOLO_LEE
    if estado:
        return SIN_BASE if estado.startswith(_SIN_BASE) else None
    return SIN_BASE if _no_llega(error) else None


def _sqlstate(error: BaseException | None) -> str:
    """Return the code that the server gave, through what Django wrapped it in."""
    while error is not None:
        estado = getattr(error, "sqlstate", None)
        if estado:
            return str(estado)
        error = error.__cause__
    return ""


def _no_llega(error: BaseException | None) -> bool:
    """Say whether the server was not reached, or was lost: what says so has no code."""
    while error is not None:
        if isinstance(error, PoolTimeout | InterfaceError):
            return True
        if type(error).__name__ == "OperationalError" and isinstance(error, DatabaseError | Error):
            return True
        error = error.__cause__
    return False
