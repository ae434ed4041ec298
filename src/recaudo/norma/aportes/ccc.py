"""The contribution CCC (IECE and SECAP) of a whole planilla."""

from __future__ import annotations

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.tarifa import tarifa_vigente
from recaudo.norma.catalogos import buscar_tipo_empleador
from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros


@segun("Leyes del IECE y del SECAP")
def contribucion_ccc(
    *, masa_salarial: Dinero, periodo: Periodo, tipo_empleador: str, parametros: Parametros
) -> Dinero:
    """Return the CCC of a wage mass in USD: one rounding on the sum of salaries of the planilla.

    Zero for kinds of employer that do not pay it. It may differ by cents from the sum of the
    lines' `ccc`, each rounded on its own; the IESS comprobante uses the sum of salaries.
    """
    tipo = buscar_tipo_empleador(tipo_empleador)
    tarifa = tarifa_vigente(
        regimen=tipo.regimen,
        periodo=periodo,
        tipo_empleador=tipo_empleador,
        parametros=parametros,
    )
    if not tarifa.paga_ccc:
        return Dinero.CERO
    return parametros.vigente("aportes.ccc", en=periodo.ultimo_dia).tasa.aplicar(masa_salarial)
