"""Which interest runs on which rubro of which class of debt: dated data, by class and rubro."""

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
_LSS_89: Final = "LSS art. 89"


@segun("LSS art. 89")
def norma_de_la_regla(regla: Regla, *, en: date, parametros: Parametros) -> str:
    """Article by which a rule ran on ``en``, as a document cites it.

    The responsabilidad patronal is ruled by the regulation of each time: the one that says how many
    points are added on that date.
    """
    if regla is Regla.MAXIMA_CONVENCIONAL:
        return parametros.vigente("mora.puntos_rp", en=en).norma
    return _LSS_89


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
