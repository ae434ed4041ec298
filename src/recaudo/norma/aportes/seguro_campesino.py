"""The monthly contribution of a family of the Seguro Social Campesino."""

from __future__ import annotations

from dataclasses import dataclass

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.norma.aportes.sbu import salario_basico
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado


@dataclass(frozen=True, slots=True)
class AporteCampesino:
    """The contribution of one family in one month, in USD, with its doubt and its reasons."""

    aporte: Dinero
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("Práctica del IESS aporte del Seguro Social Campesino")
def calcular_aporte_campesino(*, periodo: Periodo, parametros: Parametros) -> AporteCampesino:
    """Return `SBU × base % × tasa %`, rounded once.

    From 2023 the result is PROVISIONAL: the formula and the published figures disagree (Q9).
    """
    sbu = salario_basico(periodo=periodo, parametros=parametros)
    formula = parametros.vigente("aportes.ssc.familia", en=periodo.ultimo_dia)
    base, tasa = Tasa(formula.tabla["base"]), Tasa(formula.tabla["tasa"])
    aporte = Dinero.redondear(sbu.dinero.importe * base.fraccion * tasa.fraccion)
    traza = (
        Traza()
        .mas("Salario básico del período", sbu.dinero, sbu.norma)
        .mas(f"Aporte = {sbu.dinero} × {base} % × {tasa} %", aporte, formula.norma)
    )
    estado = peor_estado(sbu.estado_verificacion, formula.estado_verificacion)
    if estado is EstadoVerificacion.PROVISIONAL:
        traza = traza.mas("Duda", formula.nota, formula.norma)
    return AporteCampesino(aporte, estado, traza)
