"""The steps of a reason as Ecuador writes them: `$ 482,00`, `15/09/2026`, `20,60 %`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import PasoTraza

_CODIGO = re.compile(r"[A-Z]{3,}(?:_[A-Z]+)*", re.ASCII)
_IMPORTE = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_DECIMAL = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?!\w|[.,]\d)", re.ASCII)
_FECHA = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)


def legible(traza: Iterable[PasoTraza | Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the steps for a screen. Only the writing changes, never a number."""
    return [_paso(p._asdict() if isinstance(p, PasoTraza) else dict(p)) for p in traza]


def _paso(paso: dict[str, str]) -> dict[str, str]:
    valor = str(paso.get("valor", ""))
    if _IMPORTE.fullmatch(valor):
        escrito = Dinero(valor).formato()
    else:
        escrito = palabra_de_estado(valor) if _CODIGO.fullmatch(valor) else _en_castellano(valor)
    texto = _en_castellano(str(paso.get("paso", "")))
    return {"paso": texto, "valor": escrito, "norma": str(paso.get("norma", ""))}


def _en_castellano(texto: str) -> str:
    """Write the dates and the plain decimals of a step."""
    return _DECIMAL.sub(r"\1,\2", fechas_legibles(texto))


def fechas_legibles(texto: str) -> str:
    """Return a sentence with its ISO dates as Ecuador writes them, and nothing else changed."""
    return _FECHA.sub(r"\3/\2/\1", texto)
