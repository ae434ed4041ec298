"""Contributions of payers without employer: voluntary, unpaid work at home, Seguro Campesino."""

from __future__ import annotations

from dataclasses import replace

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes.aporte import Aporte, calcular_aporte
from recaudo.norma.aportes.sbu import salario_basico
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado


class NivelDesconocido(Rechazo):
    """The socio-economic level is not in the table."""

    mensaje = "El nivel socioeconómico no existe en la tabla."


@segun("C.D. 515", "C.D. 501")
def calcular_voluntario(*, ingreso: Dinero, periodo: Periodo, parametros: Parametros) -> Aporte:
    """Return the contribution of a voluntary or self-employed person on declared income in USD.

    The base is never under one SBU of the period: a lower income is raised to it.
    """
    sbu = salario_basico(periodo=periodo, parametros=parametros)
    base = max(ingreso, sbu.dinero)
    aporte = calcular_aporte(
        regimen="SRD_VOLUNTARIO", periodo=periodo, base=base, parametros=parametros
    )
    traza = Traza().mas("Ingreso declarado", ingreso, "LSS art. 15")
    if base != ingreso:
        traza = traza.mas("Sube al salario básico del período", base, f"C.D. 515; {sbu.norma}")
    return _con_motivos(aporte, traza, sbu.estado_verificacion)


@segun("Ley de Justicia Laboral")
def calcular_tnrh(*, nivel: str, periodo: Periodo, parametros: Parametros) -> Aporte:
    """Return the contribution for unpaid work at home: home and State together, in USD.

    `nivel` is one of NIVEL_1 … NIVEL_4 (share of the SBU). NivelDesconocido otherwise.
    """
    sbu = salario_basico(periodo=periodo, parametros=parametros)
    niveles = parametros.vigente("aportes.tnrh.niveles", en=periodo.ultimo_dia)
    if nivel not in niveles.tabla:
        msg = f"El nivel «{nivel}» no existe: use uno de {', '.join(niveles.tabla)}."
        raise NivelDesconocido(msg)
    proporcion = Tasa(niveles.tabla[nivel])
    base = proporcion.aplicar(sbu.dinero)
    aporte = calcular_aporte(regimen="TNRH", periodo=periodo, base=base, parametros=parametros)
    traza = (
        Traza()
        .mas("Salario básico del período", sbu.dinero, sbu.norma)
        .mas(f"Base del {nivel}: {proporcion} %", base, niveles.norma)
    )
    return _con_motivos(aporte, traza, sbu.estado_verificacion, niveles.estado_verificacion)


def _con_motivos(aporte: Aporte, previos: Traza, *estados: EstadoVerificacion) -> Aporte:
    """Put the previous steps before those of the contribution, and keep the worst doubt."""
    return replace(
        aporte,
        traza=previos.unida(aporte.traza),
        estado_verificacion=peor_estado(aporte.estado_verificacion, *estados),
    )
