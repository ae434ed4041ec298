"""The reasons of an amount as rows of a document, written for a person and so frozen."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from recaudo.infra.documents.bloques import Fila
from recaudo.kernel.money import Dinero

_IMPORTE: Final = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_FECHA: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
_DECIMAL: Final = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?!\w|[.,]\d)", re.ASCII)
_PALABRAS: Final[Mapping[str, str]] = {
    "TASA_A_LA_LIQUIDACION": "tasa de la fecha de liquidación",
    "POR_TRAMOS": "tasa de cada mes",
    "VERIFICADO": "verificado",
    "SECUNDARIO": "de fuente secundaria",
    "PROVISIONAL": "por confirmar",
    "RECONSTRUIDO": "reconstruido",
    "DEMO": "de demostración",
    "SIN_DATOS": "sin datos",
}
SIN_NORMA: Final = "–"


def celdas_de_paso(paso: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return step, value and norm of one reason: `$ 482,00`, `15/09/2026`, `12,99 %`."""
    valor = str(paso.get("valor", ""))
    if _IMPORTE.fullmatch(valor):
        valor = Dinero(valor).formato()
    return (
        _en_castellano(str(paso.get("paso", ""))),
        _en_castellano(_PALABRAS.get(valor, valor)),
        str(paso.get("norma", "")) or SIN_NORMA,
    )


def filas_de_traza(traza: Iterable[Mapping[str, Any]]) -> tuple[Fila, ...]:
    """Return the rows of a table of three columns: step, value, norm."""
    return tuple(Fila(celdas_de_paso(paso)) for paso in traza)


def _en_castellano(texto: str) -> str:
    return _DECIMAL.sub(r"\1,\2", _FECHA.sub(r"\3/\2/\1", texto))
