"""Legal instruments, one YAML each: the only things a rule or a parameter may cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from recaudo.norma.yaml_exacto import leer_yaml

_DIRECTORIO = Path(__file__).parent
_OBLIGATORIAS = frozenset(
    {"id", "cita", "titulo", "publicacion", "vigente_desde", "vigente_hasta", "estado_verificacion"}
)
_OPCIONALES = frozenset({"clase", "enlace", "nota"})

_TRAS_EL_NOMBRE = frozenset({"", " ", ":", ",", ";"})


class InstrumentoMalEscrito(ValueError):
    """An instrument file lacks a key, has an unknown one, or is not where its id says."""


@dataclass(frozen=True, slots=True)
class Instrumento:
    """One law, regulation, resolution or documented practice; dates are inclusive, as published."""

    id: str
    cita: str
    titulo: str
    publicacion: str
    vigente_desde: date | None
    vigente_hasta: date | None
    estado_verificacion: str
    clase: str = "NORMA"
    enlace: str = ""
    nota: str = ""


@cache
def leer_instrumento(identificador: str, directorio: Path = _DIRECTORIO) -> Instrumento:
    """Return one instrument by id; KeyError when there is no such file."""
    ruta = directorio / f"{identificador}.yaml"
    if not ruta.is_file():
        msg = f"unknown instrument: {identificador}"
        raise KeyError(msg)
    campos: Any = leer_yaml(ruta)
    if not isinstance(campos, dict) or (faltan := _OBLIGATORIAS - campos.keys()):
        msg = f"{ruta.name}: missing {sorted(faltan)}"
        raise InstrumentoMalEscrito(msg)
    if sobran := campos.keys() - _OBLIGATORIAS - _OPCIONALES:
        msg = f"{ruta.name}: unknown keys {sorted(sobran)}"
        raise InstrumentoMalEscrito(msg)
    if campos["id"] != identificador:
        msg = f"{ruta.name}: id is {campos['id']!r}"
        raise InstrumentoMalEscrito(msg)
    return Instrumento(**campos)


def existe_instrumento(identificador: str, directorio: Path = _DIRECTORIO) -> bool:
    """Say whether an instrument is on file, without reading it."""
    return bool(identificador) and (directorio / f"{identificador}.yaml").is_file()


def todos_los_instrumentos(directorio: Path = _DIRECTORIO) -> Iterator[Instrumento]:
    """Yield every instrument on file, ordered by id."""
    for ruta in sorted(directorio.glob("*.yaml")):
        yield leer_instrumento(ruta.stem, directorio)


def instrumento_citado(cita: str, directorio: Path = _DIRECTORIO) -> Instrumento | None:
    """Return the instrument a citation such as `LSS art. 73` names, or None.

    The longest short name that starts the citation wins.
    """
    candidatos = [
        instrumento
        for instrumento in todos_los_instrumentos(directorio)
        if cita.startswith(instrumento.cita)
        and cita[len(instrumento.cita) : len(instrumento.cita) + 1] in _TRAS_EL_NOMBRE
    ]
    return max(candidatos, key=lambda i: len(i.cita), default=None)
