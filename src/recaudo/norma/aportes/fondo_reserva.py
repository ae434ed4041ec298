"""The fondo de reserva: third-party money, due from the day after the first full year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros

_ART_196 = "Código del Trabajo art. 196"


@dataclass(frozen=True, slots=True)
class FondoReserva:
    """The fondo de reserva of one month, in USD; `base` is the part of the month it is due on."""

    base: Dinero
    dias: int
    fondo_reserva: Dinero
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("Código del Trabajo art. 196", "Código del Trabajo art. 201")
def calcular_fondo_reserva(
    *,
    base: Dinero,
    periodo: Periodo,
    parametros: Parametros,
    cumple_anio_en: date | None = None,
) -> FondoReserva:
    """Return the fondo de reserva of a period on the month's base in USD.

    `cumple_anio_en` is the day the worker completes the first year with the employer: before it
    nothing is due, and in its month only the days after it (R-FR-02). Without it the right is
    taken as already acquired. SinDatos before the monthly deposit existed.
    """
    tasa = parametros.vigente("aportes.fondo_reserva.tasa", en=periodo.ultimo_dia)
    mes = parametros.invariable("aportes.dias_mes").entero
    dias = _dias_con_derecho(periodo, cumple_anio_en, mes)
    traza = Traza().mas("Base de aportación del mes", base, _ART_196)
    con_derecho = base
    if cumple_anio_en is not None and dias < mes:
        con_derecho = base.proporcion(dias, mes)
        paso = f"Cumple el año el {cumple_anio_en:%d/%m/%Y}: {dias} de {mes} días del mes"
        traza = traza.mas(paso, con_derecho, f"{_ART_196}; Práctica del IESS R-FR-02")
    fondo = tasa.tasa.aplicar(con_derecho)
    return FondoReserva(
        base=con_derecho,
        dias=dias,
        fondo_reserva=fondo,
        estado_verificacion=tasa.estado_verificacion,
        traza=traza.mas(f"Fondo de reserva = {con_derecho} × {tasa.tasa} %", fondo, tasa.norma),
    )


def _dias_con_derecho(periodo: Periodo, cumple_anio_en: date | None, mes: int) -> int:
    """Return the days of a month of thirty that come after the first year is completed."""
    if cumple_anio_en is None or cumple_anio_en < periodo.primer_dia:
        return mes
    if cumple_anio_en >= periodo.ultimo_dia:
        return 0
    return mes - min(cumple_anio_en.day, mes)
