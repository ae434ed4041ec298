"""The lines of a planilla for a spreadsheet of Ecuador: `;` between fields, `,` for decimals."""

import csv
import io
from collections.abc import Iterable

from recaudo.domain.planillas.queries import LineaVista
from recaudo.interfaces.vista.hojas import celda_segura
from recaudo.kernel.money import Dinero

ENCABEZADO = (
    "Identificación", "Nombre", "Días", "Sueldo", "Extras", "Base", "Aporte personal",
    "Aporte patronal", "Total",
)  # fmt: skip


def csv_de_lineas(lineas: Iterable[LineaVista]) -> bytes:
    """Return the file: UTF-8 with its mark, so that names keep their accents."""
    salida = io.StringIO()
    hoja = csv.writer(salida, delimiter=";", lineterminator="\r\n")
    hoja.writerow(ENCABEZADO)
    for x in lineas:
        importes = (x.sueldo, x.extras, x.base, x.personal, x.patronal, x.total)
        textos = (celda_segura(x.identificacion), celda_segura(x.nombre))
        hoja.writerow([*textos, x.dias, *map(_decimal, importes)])
    return salida.getvalue().encode("utf-8-sig")


def _decimal(importe: Dinero) -> str:
    return str(importe).replace(".", ",")
