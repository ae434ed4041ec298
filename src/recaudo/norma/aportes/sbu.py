"""The salario básico unificado: the monthly minimum of the calendar year."""

from __future__ import annotations

from recaudo.kernel.period import Periodo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros, ValorVigente


@segun("Acuerdo MDT del SBU")
def salario_basico(*, periodo: Periodo, parametros: Parametros) -> ValorVigente:
    """Return the SBU of a period, USD per month, with its source; SinDatos for an unknown year."""
    return parametros.vigente("sbu", en=periodo.ultimo_dia)
