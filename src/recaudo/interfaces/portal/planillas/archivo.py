"""The lines of a planilla for a spreadsheet of Ecuador: `;` between fields, `,` for decimals."""

import csv
import io
from collections.abc import Iterable

from recaudo.domain.planillas.queries import LineaVista
from recaudo.kernel.money import Dinero

ENCABEZADO = (
    "Identificación", "Nombre", "Días", "Sueldo", "Extras", "Base", "Aporte personal",
    "Aporte patronal", "Total",
)  # fmt: skip
#: With one of these first, a spreadsheet takes a text for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_de_lineas(lineas: Iterable[LineaVista]) -> bytes:
    """Return the file: UTF-8 with its mark, so that names keep their accents."""
    salida = io.StringIO()
    hoja = csv.writer(salida, delimiter=";", lineterminator="\r\n")
    hoja.writerow(ENCABEZADO)
    for x in lineas:
        importes = (x.sueldo, x.extras, x.base, x.personal, x.patronal, x.total)
        textos = (sin_formula(x.identificacion), sin_formula(x.nombre))
        hoja.writerow([*textos, x.dias, *map(_decimal, importes)])
    return salida.getvalue().encode("utf-8-sig")


def sin_formula(texto: str) -> str:
    """Return a text that no spreadsheet will run: what looks like a formula gets a quote first."""
    return f"'{texto}" if texto.startswith(_FORMULA) else texto


def _decimal(importe: Dinero) -> str:
    return str(importe).replace(".", ",")
