"""Términos (business days) and plazos (months and years) of the COA."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.dpa import cantones as cantones_del_pais
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.feriados import UN_DIA
from recaudo.norma.plazos.locales import cantones_sin_dia_conocido

MESES_DEL_ANIO: Final = 12
LISTA_NO_VERIFICADA: Final = "lista no verificada"
DIA_NO_CONOCIDO: Final = "Día cívico no conocido"
SE_SUMA: Final = "la ley le da uno al año y pudo caer dentro del término"


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
    """A término counted day by day, with the calendar it was counted on.

    It has two last days. ``vence_min`` skips only the local holidays that are certain: the office
    acts by it. ``vence_max`` skips also the doubtful ones (``dudosos``): the debtor is never late
    before it ends. ``habiles`` and ``inhabiles`` are the count that ends on ``vence_max``.
    """

    notificado: date
    dias: int
    vence_min: date
    vence_max: date
    cantones: frozenset[str]
    habiles: tuple[date, ...]
    inhabiles: tuple[DiaInhabil, ...]
    dudosos: tuple[DiaInhabil, ...]
    calendario_version: str
    estado_verificacion: EstadoVerificacion
    traza: Traza

    @property
    def vence(self) -> date:
        """The last day of whoever owes: ``vence_max``."""
        return self.vence_max

    @property
    def lista_verificada(self) -> bool:
        """Whether no doubtful local holiday changes the last day."""
        return self.vence_min == self.vence_max


@segun("COA art. 158", "COA art. 159")
def contar_termino(
    *, notificado: date, dias: int, cantones: frozenset[str], calendario: Calendario
) -> Termino:
    """Count ``dias`` business days from the business day after the notification, twice.

    ``cantones`` holds the 4-digit DPA codes of the debtor's canton and of the office's canton:
    a holiday in either place does not count (COA 159). A canton with no known civic day has one
    unknown day in each calendar year the término touches. Raises DiasDeTerminoFueraDeRango.
    """
    if dias < 1:
        raise DiasDeTerminoFueraDeRango
    cuenta = _contar(notificado, dias, cantones, calendario)
    vence = cuenta.habiles[-1]
    vence_min = _ultimo_dia_seguro(notificado, dias, cantones, calendario)
    estado = calendario.estado_entre(notificado, vence, cantones)
    if any(dia.motivo.startswith(DIA_NO_CONOCIDO) for dia in cuenta.dudosos):
        estado = peor_estado(estado, EstadoVerificacion.PROVISIONAL)
    return Termino(
        notificado=notificado,
        dias=dias,
        vence_min=vence_min,
        vence_max=vence,
        cantones=cantones,
        habiles=tuple(cuenta.habiles),
        inhabiles=tuple(cuenta.inhabiles),
        dudosos=tuple(cuenta.dudosos),
        calendario_version=calendario.version,
        estado_verificacion=estado,
        traza=_explicar(notificado, vence_min, cuenta, cantones, calendario),
    )


@dataclass(slots=True)
class _Cuenta:
    """Days counted so far, days that do not count, and which of these are in doubt."""

    habiles: list[date]
    inhabiles: list[DiaInhabil]
    dudosos: list[DiaInhabil]

    def dudar(self, fecha: date, motivo: str) -> None:
        dia = DiaInhabil(fecha=fecha, motivo=motivo)
        self.inhabiles.append(dia)
        self.dudosos.append(dia)


def _contar(
    notificado: date, dias: int, cantones: frozenset[str], calendario: Calendario
) -> _Cuenta:
    """Count skipping certain and doubtful days; the unknown ones stand before the last day."""
    cuenta = _Cuenta([], [], [])
    ya_sumados: set[tuple[str, int]] = set()
    fecha = notificado
    while len(cuenta.habiles) < dias:
        fecha += UN_DIA
        seguro = calendario.motivo_inhabil(fecha, cantones)
        if seguro is not None:
            cuenta.inhabiles.append(DiaInhabil(fecha=fecha, motivo=seguro))
        elif (duda := calendario.duda_en(fecha, cantones)) is not None:
            cuenta.dudar(fecha, duda.motivo)
        elif len(cuenta.habiles) < dias - 1:
            cuenta.habiles.append(fecha)
        elif (falta := _sin_dia_conocido(notificado, fecha, cantones, ya_sumados)) is not None:
            ya_sumados.add(falta)
            cuenta.dudar(fecha, _dia_no_conocido(*falta))
        else:
            cuenta.habiles.append(fecha)
    return cuenta


def _sin_dia_conocido(
    notificado: date, hasta: date, cantones: frozenset[str], ya: set[tuple[str, int]]
) -> tuple[str, int] | None:
    """The next canton and year, of those touched up to ``hasta``, whose civic day nobody knows."""
    for anio in range((notificado + UN_DIA).year, hasta.year + 1):
        for canton in cantones_sin_dia_conocido(cantones, anio):
            if (canton, anio) not in ya:
                return canton, anio
    return None


def _dia_no_conocido(canton: str, anio: int) -> str:
    hallado = cantones_del_pais().get(canton)
    nombre = canton if hallado is None else f"{hallado.nombre}"
    return f"{DIA_NO_CONOCIDO} del cantón {nombre} en {anio}: {SE_SUMA}"


def _ultimo_dia_seguro(
    notificado: date, dias: int, cantones: frozenset[str], calendario: Calendario
) -> date:
    fecha = notificado
    for _ in range(dias):
        fecha = calendario.dia_habil_siguiente(fecha, cantones)
    return fecha


def _explicar(
    notificado: date,
    vence_min: date,
    cuenta: _Cuenta,
    cantones: frozenset[str],
    calendario: Calendario,
) -> Traza:
    vence = cuenta.habiles[-1]
    traza = (
        Traza()
        .mas("Notificado", notificado.isoformat(), "COA art. 158")
        .mas("Primer día que cuenta", cuenta.habiles[0].isoformat(), "COA art. 158")
        .mas("Lugares con feriado propio", ", ".join(sorted(cantones)) or "—", "COA art. 159")
        .mas("Días que no cuentan", str(len(cuenta.inhabiles)), "COA art. 159")
        .mas("Versión del calendario", calendario.version, "COA art. 159")
    )
    if vence_min != vence:
        traza = traza.mas(
            f"Días dudosos ({LISTA_NO_VERIFICADA})", str(len(cuenta.dudosos)), "COA art. 159"
        ).mas("Último día si ninguno fuera feriado", vence_min.isoformat(), "COA art. 159")
    return traza.mas("Último día", vence.isoformat(), "COA art. 158")


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
