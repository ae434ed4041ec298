"""The codes of the planillas of the real system, and its own test of arrears (R-PLA-07)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from recaudo.norma.citas import segun
from recaudo.norma.yaml_exacto import leer_yaml

_RUTA = Path(__file__).parent / "planillas_iess.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanillaDelIess:
    """A planilla as the real system keeps it: codes, day of creation, day of payment if paid."""

    tipo: str
    estado: str
    creada: date
    pagada: date | None


@segun("Práctica del IESS R-PLA-07")
def esta_en_mora_segun_el_iess(planilla: PlanillaDelIess, *, corte: date) -> bool:
    """Whether the real system counts the planilla as arrears at `corte`.

    Unpaid, of a type it looks at, in a state that is not closed, created on or before `corte`. A
    state nobody knows counts: the real test names those that do not.
    """
    catalogo = _catalogo()
    estado = catalogo["estados"].get(planilla.estado)
    cuenta = estado is None or estado["en_mora_si_impaga"]
    return (
        planilla.pagada is None
        and planilla.tipo in catalogo["tipos_que_cuentan"]
        and cuenta
        and planilla.creada <= corte
    )


@segun("Práctica del IESS R-PLA-08")
def necesita_depuracion(planilla: PlanillaDelIess) -> bool:
    """Whether a code of the planilla is unknown: it waits for a person, out of every draw."""
    catalogo = _catalogo()
    tipo = catalogo["tipos"].get(planilla.tipo)
    estado = catalogo["estados"].get(planilla.estado)
    return tipo is None or tipo["sentido"] is None or estado is None or estado["estado"] is None


@segun("Práctica del IESS R-PLA-07")
def es_ajustable(planilla: PlanillaDelIess) -> bool:
    """Whether the planilla may still be adjusted: only those issued or in arrears."""
    return planilla.estado in _catalogo()["ajustables"]


@cache
def _catalogo() -> dict[str, Any]:
    catalogo: dict[str, Any] = leer_yaml(_RUTA)
    return catalogo
