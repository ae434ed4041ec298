"""The rows of a list as values for a file, read from SQL as a stream."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet

from recaudo.interfaces.vista.hojas import Valor
from recaudo.kernel.money import Dinero, Tasa


def exportador(columna: tables.Column) -> Callable[[Any], Valor]:
    """Return what turns a value of that column into that of a file.

    A column whose few values repeat (`repetida`) words each once.
    """
    exporta: Callable[[Any], Valor] = getattr(columna, "exporta", _como_valor)
    return cache(exporta) if getattr(columna, "repetida", False) else exporta


def corriente(filas: Any, caminos: Sequence[str]) -> Iterable[Sequence[Any]]:
    """Read columns of rows from a server-side cursor, never more than a few thousand at once."""
    if isinstance(filas, QuerySet):
        return filas.values_list(*caminos).iterator(chunk_size=5_000)
    puntos = [tables.A(camino.replace("__", ".")) for camino in caminos]
    return ([punto.resolve(fila, quiet=True) for punto in puntos] for fila in filas)


def _como_valor(valor: Any) -> Valor:
    """Return a value for a file when its column says nothing: what it is, or its text."""
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    return valor if isinstance(valor, (int, Dinero, Tasa, date)) or valor is None else str(valor)
