"""The classes of debt: those that the law names and those that a room brings.

A room declares its class in its own folder and `project/wiring.py` registers it here: nothing else
has to be told. What a class is made of, see `norma.catalogos.obligaciones`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from recaudo.norma.catalogos.obligaciones import (
    ClaseDeObligacion,
    ClaseDesconocida,
    Rubro,
    RubroDesconocido,
    clases_de_obligacion,
    rubros,
)

_DE_LOS_CUARTOS: dict[str, ClaseDeObligacion] = {}
#: Rubros of the monthly mass, kept in columns of the debt: (rubro, column), in order.
RUBROS_ANCHOS: tuple[tuple[str, str], ...] = tuple(
    (rubro.id, rubro.columna) for rubro in rubros().values() if rubro.columna
)
#: The column that adds up the rubros kept one by one.
OTROS = "otros"
COLUMNAS: tuple[str, ...] = (*(columna for _, columna in RUBROS_ANCHOS), OTROS)
#: Accounting state of each living state, unless the class says another (C.D. 497 DG 7.ª).
ESTADOS_CONTABLES = ("PLANILLA", "GLOSA", "TITULO", "CONVENIO")


def registrar_clase(clase: ClaseDeObligacion) -> None:
    """Add the class of debt of a room (only `project.wiring` and tests call it).

    Refuses RubroDesconocido; ValueError for an accounting state that does not exist, or
    for a class that needs a glosa and has no accounting state in it.
    """
    for rubro in clase.rubros:
        rubro_de(rubro)
    if malos := set(clase.estados.values()) - set(ESTADOS_CONTABLES):
        msg = f"{clase.id}: unknown accounting states {sorted(malos)}"
        raise ValueError(msg)
    if clase.necesita_glosa and not {"en_mora", "en_glosa"} <= clase.estados.keys():
        msg = f"{clase.id}: needs a glosa and does not say where its receivable stands in it"
        raise ValueError(msg)
    _DE_LOS_CUARTOS[clase.id] = clase


def clases() -> Mapping[str, ClaseDeObligacion]:
    """Return every class by id."""
    return MappingProxyType({**clases_de_obligacion(), **_DE_LOS_CUARTOS})


def clase_de(codigo: str) -> ClaseDeObligacion:
    """Return a class; ClaseDesconocida when there is none."""
    encontrada = clases().get(codigo)
    if encontrada is None:
        raise ClaseDesconocida
    return encontrada


def rubro_de(codigo: str) -> Rubro:
    """Return a rubro; RubroDesconocido when there is none."""
    encontrado = rubros().get(codigo)
    if encontrado is None:
        raise RubroDesconocido
    return encontrado


def estado_contable(clase: str, estado: str) -> str:
    """Return PLANILLA, GLOSA, TITULO or CONVENIO: where the receivable stands ('' when paid)."""
    return clase_de(clase).estados.get(str(estado), "")
