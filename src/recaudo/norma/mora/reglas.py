"""Which interest runs on which rubro of which class of debt: dated data, by class and rubro."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion
from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros


class Regla(StrEnum):
    """The rules of interest that the law knows."""

    LSS_89 = "LSS_89"
    MAXIMA_CONVENCIONAL = "MAXIMA_CONVENCIONAL"
    NINGUNA = "NINGUNA"


CUALQUIER_RUBRO: Final = "*"
#: The article by which each rule runs, as a document cites it.
NORMA_DE_LA_REGLA: Final[Mapping[Regla, str]] = {
    Regla.LSS_89: "LSS art. 89",
    Regla.MAXIMA_CONVENCIONAL: "C.D. 677 DG 12.ª",
}


@segun("LSS art. 89")
def regla_de_interes(
    *, clase: ClaseDeObligacion, rubro: str, en: date, parametros: Parametros
) -> Regla:
    """Rule that runs on a rubro of a debt liquidated on ``en`` (C.D. 677 DG 12.ª for the RP).

    A class that the parameter does not name has the rule it brings.
    """
    de_la_clase = parametros.vigente("mora.reglas", en=en).tabla.get(clase.id)
    if de_la_clase is None:
        return Regla(clase.interes)
    return Regla(de_la_clase.get(rubro) or de_la_clase[CUALQUIER_RUBRO])
