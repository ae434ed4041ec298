"""The totals of the whole book, read twice: from the rooms' tables and from the ledger."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.kernel.money import Dinero

_SQL: Final = (Path(__file__).parent / "totales.sql").read_text(encoding="utf-8")
_LIBRO: Final = (Path(__file__).parent / "libro.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totales:
    """The book in one page; amounts in USD.

    `recaudado` is capital collected of what was emitted, so `emitido = recaudado + por_cobrar`.
    `banco` is all the money that entered: `recaudado + intereses + a_favor + por_identificar`.
    """

    empleadores: int
    afiliados: int
    planillas: int
    emitido: Dinero
    recaudado: Dinero
    por_cobrar: Dinero
    en_mora: Dinero
    glosas: int
    intereses: Dinero
    a_favor: Dinero
    por_identificar: Dinero
    banco: Dinero
    libro_cuadra: bool
    diferencias: tuple[str, ...]


def totales() -> Totales:
    """Return the totals, and the name of each figure that the ledger gives differently."""
    tablas, libro = _leer(_SQL), _leer(_LIBRO)
    distintas = tuple(nombre for nombre, valor in libro.items() if tablas[nombre] != valor)
    d = Dinero.de_centavos
    return Totales(
        empleadores=tablas["empleadores"], afiliados=tablas["afiliados"],
        planillas=tablas["planillas"], glosas=tablas["glosas"],
        emitido=d(tablas["emitido"]), recaudado=d(tablas["recaudado"]),
        por_cobrar=d(tablas["por_cobrar"]), en_mora=d(tablas["en_mora"]),
        intereses=d(tablas["intereses"]), a_favor=d(tablas["a_favor"]),
        por_identificar=d(tablas["por_identificar"]), banco=d(tablas["banco"]),
        libro_cuadra=libro_cuadra() and not distintas, diferencias=distintas,
    )  # fmt: skip


def _leer(sentencia: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sentencia)
        nombres = [columna.name for columna in cursor.description]
        return dict(zip(nombres, map(int, cursor.fetchone()), strict=True))
