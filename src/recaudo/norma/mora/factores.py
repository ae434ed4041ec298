"""The interest rule as a small table that SQL joins: same result as the scalar, to the cent.

interest in cents = (capital_cents * numerador * 2 + denominador) / (2 * denominador), integer
division. Use ``numeric`` when capital_cents * numerador can pass 4 * 10**18.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recaudo.kernel.money import Tasa
from recaudo.norma.citas import segun
from recaudo.norma.mora.interes import regimen_de_mora
from recaudo.norma.mora.reglas import Regla
from recaudo.norma.mora.tasas import TablaTasas
from recaudo.norma.parametros import EstadoVerificacion, Parametros


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorMora:
    """Interest of one cent of capital due on ``vencimiento``, as an exact fraction."""

    vencimiento: date
    numerador: int
    denominador: int
    dias: int
    tasa: Tasa | None
    estado_verificacion: EstadoVerificacion


@segun("LSS art. 89")
def tabla_de_factores(
    *,
    corte: date,
    vencimientos: Iterable[date],
    parametros: Parametros,
    concepto: str = "APORTES",
    regla: Regla | None = None,
    tasa_maxima: Tasa | None = None,
    tasas: TablaTasas | None = None,
    modo: str | None = None,
    admitir_provisional: bool = False,
) -> tuple[FactorMora, ...]:
    """One row per distinct due date, in order; a due date not yet in arrears has numerator 0.

    Same arguments and refusals as ``calcular_interes``.
    """
    regimen = regimen_de_mora(
        corte=corte,
        parametros=parametros,
        concepto=concepto,
        regla=regla,
        tasa_maxima=tasa_maxima,
        tasas=tasas,
        modo=modo,
        admitir_provisional=admitir_provisional,
    )
    filas = []
    for vencimiento in sorted(set(vencimientos)):
        tramos = regimen.tramos(vencimiento)
        factor = regimen.factor(tramos)
        filas.append(
            FactorMora(
                vencimiento=vencimiento,
                numerador=factor.numerator,
                denominador=factor.denominator,
                dias=sum(tramo.dias for tramo in tramos),
                tasa=regimen.tasa_total(tramos[-1]) if tramos else None,
                estado_verificacion=regimen.estado(tramos),
            )
        )
    return tuple(filas)
