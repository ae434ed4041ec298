"""Catalogue of debts: the classes there are and the rubros they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros.valores import EstadoVerificacion
from recaudo.norma.yaml_exacto import leer_yaml

_DIRECTORIO = Path(__file__).parent


class RubroDesconocido(Rechazo):
    """The rubro is not in the catalogue."""

    mensaje = "Ese rubro no existe en el catálogo de obligaciones."


class ClaseDesconocida(Rechazo):
    """The class of debt is not in the catalogue."""

    mensaje = "Esa clase de obligación no existe en el catálogo."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubro:
    """One part of a debt. `columna` is its column in the wide form of the monthly mass, or ''.

    `fondos` own it in the proportion of its emission; empty when each debt says its own.
    """

    id: str
    nombre: str
    naturaleza: str
    fondos: tuple[str, ...]
    por_cobrar: str
    norma: str
    columna: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaseDeObligacion:
    """One kind of debt: what it is made of, what makes it unique, where its receivable stands.

    `estados` says the accounting state of each living state; `interes`, the rule of a class that
    `mora.reglas` does not name (a class that a room brings).
    """

    id: str
    nombre: str
    materia: str
    rubros: tuple[str, ...]
    unicidad: tuple[str, ...]
    necesita_glosa: bool
    estados: Mapping[str, str]
    norma: str
    estado_verificacion: EstadoVerificacion
    interes: str = "NINGUNA"


@cache
def rubros() -> Mapping[str, Rubro]:
    """Return every rubro by id."""
    filas = leer_yaml(_DIRECTORIO / "rubros.yaml")
    return MappingProxyType({f["id"]: Rubro(**{**f, "fondos": tuple(f["fondos"])}) for f in filas})


@cache
def clases_de_obligacion() -> Mapping[str, ClaseDeObligacion]:
    """Return every class of debt that the law names, by id."""
    filas = leer_yaml(_DIRECTORIO / "clases_de_obligacion.yaml")
    return MappingProxyType(
        {
            f["id"]: ClaseDeObligacion(
                **{
                    **f,
                    "rubros": tuple(f["rubros"]),
                    "unicidad": tuple(f["unicidad"]),
                    "estados": MappingProxyType(dict(f["estados"])),
                    "estado_verificacion": EstadoVerificacion(f["estado_verificacion"]),
                }
            )
            for f in filas
        }
    )
