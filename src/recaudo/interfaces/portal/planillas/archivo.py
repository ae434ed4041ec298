"""The lines of a planilla as values for a spreadsheet, read in pieces."""

from collections.abc import Iterator
from typing import Final

from recaudo.domain.planillas.queries import PlanillaVista, lineas_de
from recaudo.interfaces.vista.hojas import Fila

TITULOS: Final = (
    "Identificación", "Nombre", "Días", "Sueldo", "Extras", "Base", "Aporte personal",
    "Aporte patronal", "Total",
)  # fmt: skip
_POR_LECTURA: Final = 1_000


def valores_de_lineas(vista: PlanillaVista, *, busca: str) -> Iterator[Fila]:
    """Give every line that the search leaves, by name."""
    numero, paginas = 1, 1
    while numero <= paginas:
        hoja = lineas_de(vista, pagina=numero, por_pagina=_POR_LECTURA, busca=busca)
        for x in hoja.lineas:
            yield (
                x.identificacion, x.nombre, x.dias, x.sueldo, x.extras, x.base, x.personal,
                x.patronal, x.total,
            )  # fmt: skip
        numero, paginas = numero + 1, hoja.paginas
