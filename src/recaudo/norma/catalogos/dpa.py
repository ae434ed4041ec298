"""Provinces and cantons of the INEC (División Político Administrativa)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from recaudo.kernel.refusals import Rechazo


class CantonDesconocido(Rechazo):
    """No canton has that code."""

    norma = "INEC, División Político Administrativa"


class ProvinciaDesconocida(Rechazo):
    """No province has that code."""

    norma = "INEC, División Político Administrativa"


@dataclass(frozen=True, slots=True)
class Canton:
    """A canton: 4-digit code, name, and its province."""

    codigo: str
    nombre: str
    codigo_provincia: str
    provincia: str


@lru_cache(maxsize=1)
def cantones() -> Mapping[str, Canton]:
    """Every canton by its 4-digit code."""
    texto = (files("recaudo.norma.catalogos") / "dpa_cantones.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            fila["codigo_canton"]: Canton(
                fila["codigo_canton"], fila["canton"], fila["codigo_provincia"], fila["provincia"]
            )
            for fila in csv.DictReader(texto.splitlines())
        }
    )


def canton(codigo: str) -> Canton:
    """The canton with that code. Raises CantonDesconocido with a Spanish sentence."""
    hallado = cantones().get(codigo)
    if hallado is None:
        msg = (
            f"No existe el cantón {codigo}. Escriba los 4 dígitos del código del INEC, por "
            "ejemplo 1701 (Quito) o 0901 (Guayaquil)."
        )
        raise CantonDesconocido(msg)
    return hallado


@lru_cache(maxsize=1)
def provincias() -> Mapping[str, str]:
    """Name of every province that has a canton, by its 2-digit code, in the order of the codes."""
    nombres = {uno.codigo_provincia: uno.provincia for uno in cantones().values()}
    return MappingProxyType(dict(sorted(nombres.items())))


def provincia(codigo: str) -> str:
    """The code itself when such a province exists. Raises ProvinciaDesconocida in Spanish."""
    if codigo not in provincias():
        msg = (
            f"No existe la provincia {codigo}. Escriba los 2 dígitos del código del INEC, por "
            "ejemplo 17 (Pichincha) o 09 (Guayas)."
        )
        raise ProvinciaDesconocida(msg)
    return codigo
