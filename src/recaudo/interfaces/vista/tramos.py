"""A list in order of urgency whose pages never sort the whole table.

The order is told in parts that follow one another: which rows, and how they go among themselves.
How many each part has is asked together with the totals; a page reads only the parts it crosses.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import OrderBy

#: One part: its rows, and their order. The parts of a list are disjoint and leave no row out.
Tramo = tuple[Q, Sequence[str | OrderBy]]


def contar_tramos(tramos: Sequence[Tramo]) -> dict[str, Count]:
    """Return what to ask beside the totals: how many rows each part has, in order."""
    return {f"tramo_{n}": Count("pk", filter=donde) for n, (donde, _) in enumerate(tramos)}


class EnTramos:
    """The rows of a list, cut by position as the whole ordered query would be."""

    def __init__(
        self, filas: QuerySet[Any], tramos: Sequence[Tramo], cuantas: Sequence[int]
    ) -> None:
        """Keep the query, its parts and how many rows each has."""
        self.filas, self.tramos, self.cuantas = filas, tramos, cuantas

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(self.cuantas)

    def __getitem__(self, corte: slice) -> list[Any]:
        """Read the rows between two positions."""
        leidas: list[Any] = []
        desde, hasta = corte.start or 0, self.count() if corte.stop is None else corte.stop
        for (donde, orden), cuantas in zip(self.tramos, self.cuantas, strict=True):
            if desde < min(cuantas, hasta):
                leidas += _leer(self.filas.filter(donde).order_by(*orden), desde, hasta)
            desde, hasta = max(desde - cuantas, 0), hasta - cuantas
        return leidas


def _leer(filas: QuerySet[Any], desde: int, hasta: int) -> list[Any]:
    """Read some rows; far from the start, by their keys: what is skipped is not worked out."""
    if not desde:
        return list(filas[:hasta])
    claves = list(filas.values_list("pk", flat=True)[desde:hasta])
    por_clave = filas.in_bulk(claves)
    return [por_clave[clave] for clave in claves]
