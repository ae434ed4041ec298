"""The permanent part-time day: its days, its base, and its health insurance on a whole SBU."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes.base_imponible import BaseImponible, calcular_base
from recaudo.norma.aportes.sbu import salario_basico
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado


class HorasFueraDeRango(Rechazo):
    """A part-time day has more than zero hours and at most those of a full day."""

    mensaje = "Las horas diarias de la jornada parcial deben ser más de 0 y hasta 8."
    norma = "Código del Trabajo art. 82"


@dataclass(frozen=True, slots=True)
class SaludTiempoParcial:
    """The extra health charge of one part-time worker in one month, in USD, with its reasons."""

    importe: Dinero
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("Práctica del IESS R-PAR-02")
def dias_jornada_parcial(*, horas_diarias: Decimal | int, parametros: Parametros) -> int:
    """Return the days declared for a part-time day: the whole part of hours × 30 / 8."""
    jornada = parametros.invariable("aportes.jornada.horas_diarias").entero
    mes = parametros.invariable("aportes.dias_mes").entero
    if isinstance(horas_diarias, float):
        msg = "hours are int or Decimal, never float"
        raise TypeError(msg)
    if not 0 < horas_diarias <= jornada:
        msg = f"Las horas diarias deben ser más de 0 y hasta {jornada}; se indicó {horas_diarias}."
        raise HorasFueraDeRango(msg)
    numerador, denominador = Decimal(horas_diarias).as_integer_ratio()
    return numerador * mes // (denominador * jornada)


@segun("Código del Trabajo art. 82", "Práctica del IESS R-PAR-03")
def base_jornada_parcial(
    *, sueldo_referencial: Dinero, horas_diarias: Decimal | int, parametros: Parametros
) -> BaseImponible:
    """Return the real base of a part-time worker from the full-time salary of reference in USD."""
    dias = dias_jornada_parcial(horas_diarias=horas_diarias, parametros=parametros)
    return calcular_base(sueldo=sueldo_referencial, dias=dias, parametros=parametros)


@segun("C.D. 501 disp. final 5.ª")
def salud_tiempo_parcial(
    *,
    base_real: Dinero,
    periodo: Periodo,
    parametros: Parametros,
    tiene_jornada_completa_en_otro_empleador: bool,
    minimo_categoria: Dinero | None = None,
) -> SaludTiempoParcial:
    """Return the health charge on what the real base lacks to reach the SBU of the category, USD.

    Zero when the worker is full-time with another employer or the base reaches the minimum. The
    payer is taken to be the employer: the article does not say (question Q4).
    """
    sbu = salario_basico(periodo=periodo, parametros=parametros)
    tasa = parametros.vigente("aportes.jornada.salud_tiempo_parcial", en=periodo.ultimo_dia)
    estado = peor_estado(sbu.estado_verificacion, tasa.estado_verificacion)
    traza = Traza().mas("Base real de la jornada parcial", base_real, "Código del Trabajo art. 82")
    if tiene_jornada_completa_en_otro_empleador:
        traza = traza.mas("Jornada completa con otro empleador", Dinero.CERO, tasa.norma)
        return SaludTiempoParcial(Dinero.CERO, estado, traza)
    minimo = max(sbu.dinero, minimo_categoria or Dinero.CERO)
    faltante = max(minimo - base_real, Dinero.CERO)
    importe = tasa.tasa.aplicar(faltante)
    traza = (
        traza.mas("Salario mínimo de la categoría", minimo, sbu.norma)
        .mas(f"Diferencia = {minimo} − {base_real}, si es positiva", faltante, tasa.norma)
        .mas(f"Salud tiempo parcial = {faltante} × {tasa.tasa} %", importe, tasa.norma)
    )
    return SaludTiempoParcial(importe, estado, traza)
