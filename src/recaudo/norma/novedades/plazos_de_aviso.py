"""Until when an event may be reported: in time, late, or only by the procedure of late events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from recaudo.kernel.period import Periodo
from recaudo.norma.citas import segun
from recaudo.norma.novedades.avisos import Aviso, TipoNovedad
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.feriados import UN_DIA
from recaudo.norma.plazos.termino import contar_termino

HORAS_DEL_DIA = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PlazoDeAviso:
    """Last day to report an event in time, last day without the procedure, and the sources."""

    fecha_limite: date
    fecha_autoservicio: date
    estado_verificacion: EstadoVerificacion
    norma: str


@segun("LSS art. 73")
def fecha_del_hecho(aviso: Aviso, *, hoy: date) -> date:
    """Return the day of the event: its own date; for a salary, the first day of its month.

    The extras of a month are complete on its last day, or today while the month runs (design: no
    text read says it).
    """
    if aviso.fecha is not None:
        return aviso.fecha
    if aviso.tipo is TipoNovedad.INS:
        return min(hoy, aviso.periodo.ultimo_dia)
    return aviso.periodo.primer_dia


@segun("LSS art. 73", "Trámite de novedades del IESS")
def plazo_de_aviso(
    *,
    tipo: TipoNovedad,
    hecho: date,
    cantones: frozenset[str],
    calendario: Calendario,
    parametros: Parametros,
) -> PlazoDeAviso:
    """Return the deadlines of an event that happened on `hecho`.

    Entries have calendar days; the rest a término of business days counted by COA 158 and 159 in
    `cantones` (4-digit DPA codes of the sucursal).
    """
    propio = parametros.vigente("novedades.dias_autoservicio", en=hecho)
    if tipo is TipoNovedad.ENT:
        dias = parametros.vigente("novedades.dias_aviso_entrada", en=hecho)
        limite = hecho + timedelta(days=dias.entero)
        estado = dias.estado_verificacion
    else:
        dias = parametros.vigente("novedades.dias_otros_avisos", en=hecho)
        termino = contar_termino(
            notificado=hecho, dias=dias.entero, cantones=cantones, calendario=calendario
        )
        limite, estado = termino.vence, termino.estado_verificacion
    return PlazoDeAviso(
        fecha_limite=limite,
        fecha_autoservicio=hecho + timedelta(days=propio.entero),
        estado_verificacion=peor_estado(estado, dias.estado_verificacion),
        norma=dias.norma,
    )


@segun("Trámite de novedades del IESS carga batch")
def ultimo_dia_de_carga(*, mes: Periodo, calendario: Calendario, parametros: Parametros) -> date:
    """Return the last day of `mes` on which batch files are received.

    So many hours before its last business day (national holidays only): the parameter
    `novedades.horas_antes_del_ultimo_habil`.
    """
    horas = parametros.vigente("novedades.horas_antes_del_ultimo_habil", en=mes.ultimo_dia).entero
    ultimo = mes.ultimo_dia
    while not calendario.es_habil(ultimo):
        ultimo -= UN_DIA
    return ultimo - timedelta(days=horas // HORAS_DEL_DIA)


@segun("Decisión de diseño período abierto de novedades")
def periodos_por_fecha(*, hoy: date, parametros: Parametros) -> tuple[Periodo, ...]:
    """Return the months whose events are received on `hoy`, oldest first.

    The month of `hoy`, and the month before until the eve of `novedades.dia_de_cierre`.
    """
    actual = Periodo.de_fecha(hoy)
    cierre = parametros.vigente("novedades.dia_de_cierre", en=hoy).entero
    return (actual.anterior(), actual) if hoy.day < cierre else (actual,)
