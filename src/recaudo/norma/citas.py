"""`@segun("LSS art. 73")`: ties a rule to its articles, and keeps the index article → rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Regla:
    """A rule of the law in code: where it lives, what it cites, and from when to when it holds."""

    modulo: str
    nombre: str
    citas: tuple[str, ...]
    desde: date | None = None
    hasta: date | None = None


_REGISTRO: dict[tuple[str, str], Regla] = {}


def segun(*citas: str, desde: date | None = None, hasta: date | None = None) -> Callable[[_F], _F]:
    """Register a rule with its citations (`"LSS art. 73"`, short name of the instrument first).

    The decorated function is returned unchanged. Raises ValueError without any citation.
    """
    if not citas or not all(cita.strip() for cita in citas):
        msg = "a rule cites at least one article"
        raise ValueError(msg)

    def registrar(funcion: _F) -> _F:
        regla = Regla(funcion.__module__, funcion.__qualname__, citas, desde, hasta)
        _REGISTRO[(regla.modulo, regla.nombre)] = regla
        return funcion

    return registrar


def reglas_registradas() -> tuple[Regla, ...]:
    """Return every rule of the modules imported so far, ordered by module and name."""
    return tuple(_REGISTRO[clave] for clave in sorted(_REGISTRO))


def regla_de(funcion: Callable[..., Any]) -> Regla | None:
    """Return the registered rule of a function, or None when it cites nothing."""
    return _REGISTRO.get((funcion.__module__, funcion.__qualname__))
