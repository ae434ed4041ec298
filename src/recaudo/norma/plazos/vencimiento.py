"""Last day to pay a planilla without interest."""

from dataclasses import dataclass
from datetime import date

from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.plazos.calendario import Calendario

SOLO_NACIONAL: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vencimiento:
    """The due date of a period and the reasons for it."""

    fecha: date
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("LSS art. 73")
def vencimiento_de_planilla(
    periodo: Periodo,
    calendario: Calendario,
    parametros: Parametros,
    *,
    fecha_fijada: date | None = None,
) -> Vencimiento:
    """Day 15 of the month after ``periodo``, or the next business day (national holidays only).

    The day is the parameter ``planilla.dia_de_vencimiento``. ``fecha_fijada`` is the date the
    IESS published for that period, when it did: it wins, and the trace says so.
    """
    mes = periodo.siguiente()
    parametro = parametros.vigente("planilla.dia_de_vencimiento", en=mes.primer_dia)
    nominal = mes.primer_dia.replace(day=parametro.entero)
    habil = calendario.primer_dia_habil(nominal, SOLO_NACIONAL)
    traza = Traza().mas("Período", str(periodo), "LSS art. 73")
    traza = traza.mas("Día fijado por la ley", nominal.isoformat(), "LSS art. 73")
    if habil != nominal:
        motivo = calendario.motivo_inhabil(nominal, SOLO_NACIONAL) or ""
        traza = traza.mas(f"Pasa al siguiente día hábil ({motivo})", habil.isoformat(), "")
    if fecha_fijada is not None:
        traza = traza.mas("Fecha máxima publicada para el período", fecha_fijada.isoformat(), "")
    fecha = fecha_fijada or habil
    return Vencimiento(
        fecha=fecha,
        estado_verificacion=peor_estado(
            parametro.estado_verificacion,
            calendario.estado_entre(nominal, habil, SOLO_NACIONAL),
        ),
        traza=traza.mas("Último día para pagar sin interés", fecha.isoformat(), "LSS art. 73"),
    )
