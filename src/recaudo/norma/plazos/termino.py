"""Términos (business days) and plazos (months and years) of the COA."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.feriados import UN_DIA

MESES_DEL_ANIO = 12


class DiasDeTerminoFueraDeRango(Rechazo):
    """A término is a positive number of days."""

    mensaje = "El término se cuenta en días enteros: escriba 1 o más."
    norma = "COA art. 158"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaInhabil:
    """A calendar day inside the término that does not count, and why (Spanish)."""

    fecha: date
    motivo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Termino:
    """A término counted day by day, with the calendar it was counted on."""

    notificado: date
    dias: int
    vence: date
    cantones: frozenset[str]
    habiles: tuple[date, ...]
    inhabiles: tuple[DiaInhabil, ...]
    calendario_version: str
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("COA art. 158", "COA art. 159")
def contar_termino(
    *, notificado: date, dias: int, cantones: frozenset[str], calendario: Calendario
) -> Termino:
    """Count ``dias`` business days from the business day after the notification.

    ``cantones`` holds the 4-digit DPA codes of the debtor's canton and of the office's canton:
    a holiday in either place does not count (COA 159). Raises DiasDeTerminoFueraDeRango.
    """
    if dias < 1:
        raise DiasDeTerminoFueraDeRango
    habiles: list[date] = []
    inhabiles: list[DiaInhabil] = []
    fecha = notificado
    while len(habiles) < dias:
        fecha += UN_DIA
        motivo = calendario.motivo_inhabil(fecha, cantones)
        if motivo is None:
            habiles.append(fecha)
        else:
            inhabiles.append(DiaInhabil(fecha=fecha, motivo=motivo))
    traza = (
        Traza()
        .mas("Notificado", notificado.isoformat(), "COA art. 158")
        .mas("Primer día que cuenta", habiles[0].isoformat(), "COA art. 158")
        .mas("Lugares con feriado propio", ", ".join(sorted(cantones)) or "—", "COA art. 159")
        .mas("Días que no cuentan", str(len(inhabiles)), "COA art. 159")
        .mas("Versión del calendario", calendario.version, "COA art. 159")
        .mas("Último día", fecha.isoformat(), "COA art. 158")
    )
    return Termino(
        notificado=notificado,
        dias=dias,
        vence=fecha,
        cantones=cantones,
        habiles=tuple(habiles),
        inhabiles=tuple(inhabiles),
        calendario_version=calendario.version,
        estado_verificacion=calendario.estado_entre(notificado, fecha, cantones),
        traza=traza,
    )


@segun("COA art. 158")
def habiles_restantes(termino: Termino, hoy: date) -> int:
    """Business days left, today included while it counts; 0 when the term is over."""
    return sum(1 for dia in termino.habiles if dia >= hoy)


@segun("COA art. 158")
def esta_en_termino(termino: Termino, fecha_del_acto: date) -> bool:
    """Whether an act received on that local civil date is in time: the last day is whole."""
    return termino.notificado <= fecha_del_acto <= termino.vence


@segun("COA art. 158")
def vencimiento_de_plazo(*, desde: date, meses: int = 0, anios: int = 0) -> date:
    """Last day of a plazo counted from date to date, in months or years.

    When the last month has no such day, the plazo ends on the last day of that month
    (31-ene + 1 month = 28 or 29-feb). Raises DiasDeTerminoFueraDeRango for an empty plazo.
    """
    total = meses + anios * MESES_DEL_ANIO
    if total < 1:
        msg = "El plazo se cuenta en meses o años: escriba 1 o más."
        raise DiasDeTerminoFueraDeRango(msg)
    anio, mes = divmod(desde.year * MESES_DEL_ANIO + desde.month - 1 + total, MESES_DEL_ANIO)
    return date(anio, mes + 1, min(desde.day, monthrange(anio, mes + 1)[1]))


@segun("COA art. 168")
def notificado_por_prensa(
    *,
    publicaciones: tuple[date, ...],
    cantones: frozenset[str],
    calendario: Calendario,
    parametros: Parametros,
) -> Termino:
    """Term after the last publication, at whose end the person is held notified (``vence``).

    The number of dates and of days are the parameters ``notificacion.fechas_de_prensa`` and
    ``notificacion.dias_tras_prensa``. Refuses fewer dates or a repeated date.
    """
    fechas = sorted(publicaciones)
    if not fechas:
        raise PublicacionesIncompletas
    ultima = fechas[-1]
    minimo = parametros.vigente("notificacion.fechas_de_prensa", en=ultima).entero
    if len(fechas) < minimo or any(antes == luego for antes, luego in pairwise(fechas)):
        raise PublicacionesIncompletas
    dias = parametros.vigente("notificacion.dias_tras_prensa", en=ultima).entero
    return contar_termino(notificado=ultima, dias=dias, cantones=cantones, calendario=calendario)


class PublicacionesIncompletas(Rechazo):
    """A notice by the press needs two different dates."""

    mensaje = (
        "La notificación por la prensa necesita el texto completo en dos fechas distintas. "
        "Registre la publicación que falta."
    )
    norma = "COA art. 168"
