"""Health extension to the spouse or partner of an affiliate."""

from __future__ import annotations

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.aporte import Aporte, calcular_aporte
from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros


@segun("Práctica del IESS R-EXT-01")
def calcular_extension_conyuge(
    *, base_titular: Dinero, periodo: Periodo, parametros: Parametros
) -> Aporte:
    """Return the extension of a period on the titular's base in USD; the worker bears it whole."""
    return calcular_aporte(
        regimen="EXT_CONYUGE", periodo=periodo, base=base_titular, parametros=parametros
    )
