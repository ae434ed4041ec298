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
