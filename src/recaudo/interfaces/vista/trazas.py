"""The steps of a reason as Ecuador writes them: `$ 482,00`, `15/09/2026`, `20,60 %`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.interfaces.vista.formatos import escribir_cita, escribir_periodo
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import PasoTraza
from recaudo.norma.catalogos import regimenes, tipos_empleador

_HUELLA = re.compile(r"(?=.*[0-9])[0-9a-f]{10,64}", re.ASCII)
#: The key of a parameter is for whoever loads it: a page says what is missing by its name.
_PARAMETRO = re.compile(r"cargue el parámetro [a-z0-9_]+(?:\.[a-z0-9_]+)+", re.ASCII)
_CODIGO = re.compile(r"[A-Z]{3,}(?:_[A-Z]+)*", re.ASCII)
_IMPORTE = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_DECIMAL = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?!\w|[.,]\d)", re.ASCII)
_PORCENTAJE = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?=[ \u00a0]?%)", re.ASCII)
#: A date of a sentence, never a piece of a longer word: `extracto-2026-10-08.xml` is a name.
_FECHA = re.compile(
    r"(?<![\w/.-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w/-]|\.\w)", re.ASCII
)
_MES = re.compile(r"(?<![\w/-])\d{4}-(?:0[1-9]|1[0-2])(?![\w-]|\.\w)", re.ASCII)
_CLAVE_CON_GUION = re.compile(r"(?<![\w«])[A-Z]{3,}(?:_[A-Z]+)+(?!\w)", re.ASCII)
_NOMBRE_EN_CLAVE = re.compile(r"(?<![\w«])[A-Z]{3,}(?:_[A-Z]+)*(?!\w)", re.ASCII)


@cache
def _nombres() -> Mapping[str, str]:
    """Return what each code of a fund, a régimen or a kind of employer means."""
    claves = {clave: regimen.nombre for clave, regimen in regimenes().items()}
    claves |= {clave: tipo.nombre for clave, tipo in tipos_empleador().items()}
    return {**{clave: f"«{nombre}»" for clave, nombre in claves.items()}, **dict(FONDOS)}


def legible(traza: Iterable[PasoTraza | Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the steps for a screen. Only the writing changes, never a number.

    A step that only names a version by its hash is for whoever verifies: a screen does not tell it.
    """
    pasos = (p._asdict() if isinstance(p, PasoTraza) else dict(p) for p in traza)
    return [_paso(p) for p in pasos if not _HUELLA.fullmatch(str(p.get("valor", "")))]


def _paso(paso: dict[str, str]) -> dict[str, str]:
    valor = str(paso.get("valor", ""))
    if _IMPORTE.fullmatch(valor):
        escrito = Dinero(valor).formato()
    else:
        escrito = palabra_de_estado(valor) if _CODIGO.fullmatch(valor) else _en_castellano(valor)
    texto = _en_castellano(str(paso.get("paso", "")))
    return {"paso": texto, "valor": escrito, "norma": escribir_cita(paso.get("norma"))}


def oracion(texto: object) -> str:
    """Return a sentence of the domain as a page says it: its dates, months and codes in words."""
    dicho = _MES.sub(lambda m: escribir_periodo(m[0]), fechas_legibles(str(texto)))
    dicho = _PORCENTAJE.sub(r"\1,\2", dicho)
    dicho = _PARAMETRO.sub("cargue ese dato", dicho)
    return _CLAVE_CON_GUION.sub(lambda m: _nombres().get(m[0], m[0]), dicho)


def _en_castellano(texto: str) -> str:
    """Write the dates, the months, the codes and the plain decimals of a step."""
    nombres = _nombres()
    texto = _NOMBRE_EN_CLAVE.sub(lambda m: nombres.get(m[0], m[0]), fechas_legibles(texto))
    texto = _MES.sub(lambda m: escribir_periodo(m[0]), texto)
    return _DECIMAL.sub(r"\1,\2", texto)


def fechas_legibles(texto: str) -> str:
    """Return a sentence with its ISO dates as Ecuador writes them, and nothing else changed."""
    return _FECHA.sub(r"\3/\2/\1", texto)
