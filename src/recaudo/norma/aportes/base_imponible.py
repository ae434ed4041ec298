"""The base: salary of a month of thirty days, extras, and the minimum under which none may fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import PasoTraza, Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import contar
from recaudo.norma.aportes.sbu import salario_basico
from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros

_MES_COMERCIAL = "Práctica del IESS R-BAS-05"

#: Day that stands for the last one of a month worked whole: (day of exit, days of a month) → day.
FIN_DE_MES: Final[Mapping[str, Callable[[int, int], int]]] = MappingProxyType(
    {"MES_COMPLETO": lambda _dia, mes: mes, "DIA_CALENDARIO": lambda dia, _mes: dia}
)


class DiasFueraDeRango(Rechazo):
    """The days of a month go from 0 to 30."""

    mensaje = "Los días del mes de aportación van de 0 a 30: revise el número de días."
    norma = "Práctica del IESS"


class SueldoNegativo(Rechazo):
    """Salary and extras cannot be below zero."""

    mensaje = "El sueldo y los extras no pueden ser negativos: revise el valor."


class SalidaAntesDeEntrada(Rechazo):
    """A worker cannot leave before entering."""

    mensaje = "La fecha de salida es anterior a la de entrada: revise las dos fechas."


@dataclass(frozen=True, slots=True)
class BaseImponible:
    """The base of one worker in one month, in USD, the days it stands for, and its reasons."""

    base: Dinero
    dias: int
    traza: Traza


@segun("LSS art. 15", "Práctica del IESS R-BAS-05")
def calcular_base(
    *,
    sueldo: Dinero,
    parametros: Parametros,
    dias: int | None = None,
    extras: Dinero = Dinero.CERO,
) -> BaseImponible:
    """Return `sueldo × días / 30 + extras`, rounded once; without `dias` the month is whole.

    `sueldo` is the full monthly salary in USD. Refuses days outside 0–30 and negative amounts.
    """
    mes = parametros.invariable("aportes.dias_mes").entero
    dias = mes if dias is None else dias
    if not 0 <= dias <= mes:
        msg = f"Los días van de 0 a {mes}; se indicó {dias}: revise el número."
        raise DiasFueraDeRango(msg)
    if sueldo < Dinero.CERO or extras < Dinero.CERO:
        raise SueldoNegativo
    proporcional = sueldo.proporcion(dias, mes)
    escrito = str(sueldo)
    cuenta = f"Sueldo de {contar(dias, 'día', 'días')} = {escrito} × {dias} / {mes}"
    pasos = [
        PasoTraza("Sueldo mensual", escrito, "LSS art. 15"),
        PasoTraza(cuenta, str(proporcional), _MES_COMERCIAL),
    ]
    if extras:
        pasos.append(PasoTraza("Extras del mes", str(extras), "LSS art. 15"))
    base = proporcional + extras
    pasos.append(PasoTraza("Base de aportación", str(base), "LSS art. 15"))
    return BaseImponible(base, dias, Traza(pasos))


@segun("Práctica del IESS R-BAS-05", "Práctica del IESS R-BAS-06")
def dias_del_periodo(
    *, periodo: Periodo, parametros: Parametros, entrada: date | None, salida: date | None
) -> int:
    """Return the days (0–30) of a period covered by a job from `entrada` to `salida`, inclusive.

    Dates outside the period count as its edges; a job wholly outside covers no day. Day 31 counts
    as day 30. Whoever works the whole month and leaves on its last day, 28 or 29 february, has the
    days that the dated rule ``aportes.fin_de_febrero`` says: the same as whoever stays. Refuses an
    exit before the entry.
    """
    if entrada is not None and salida is not None and salida < entrada:
        raise SalidaAntesDeEntrada
    mes = parametros.invariable("aportes.dias_mes").entero
    if entrada is not None and entrada > periodo.ultimo_dia:
        return 0
    if salida is not None and salida < periodo.primer_dia:
        return 0
    entra = entrada is not None and entrada >= periodo.primer_dia
    sale = salida is not None and salida <= periodo.ultimo_dia
    primero = min(entrada.day, mes) if entrada is not None and entra else 1
    ultimo = min(salida.day, mes) if salida is not None and sale else mes
    if primero == 1 and salida == periodo.ultimo_dia:
        ultimo = FIN_DE_MES[
            parametros.vigente("aportes.fin_de_febrero", en=periodo.ultimo_dia).texto
        ](ultimo, mes)
    return ultimo - primero + 1


@segun("Código del Trabajo art. 82", "Práctica del IESS R-BAS-03")
def base_minima(
    *,
    periodo: Periodo,
    parametros: Parametros,
    dias: int | None = None,
    minimo_sectorial: Dinero | None = None,
) -> BaseImponible:
    """Return the least base of a period: the SBU or the sectoral minimum, in proportion to days.

    `minimo_sectorial` is the monthly minimum in USD of the worker's activity code, if known.
    """
    sbu = salario_basico(periodo=periodo, parametros=parametros)
    minimo, norma = sbu.dinero, sbu.norma
    if minimo_sectorial is not None and minimo_sectorial > minimo:
        minimo, norma = minimo_sectorial, "Práctica del IESS R-BAS-03"
    proporcional = calcular_base(sueldo=minimo, dias=dias, parametros=parametros)
    cuantos = contar(proporcional.dias, "día", "días")
    traza = (
        Traza()
        .mas("Mínimo mensual del período", minimo, norma)
        .mas(f"Mínimo de {cuantos}", proporcional.base, "Código del Trabajo art. 82")
    )
    return BaseImponible(proporcional.base, proporcional.dias, traza)
