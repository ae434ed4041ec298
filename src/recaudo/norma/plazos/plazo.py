"""One count for every deadline: business days, calendar days or months, with its suspensions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.feriados import UN_DIA
from recaudo.norma.plazos.reglas import Obligado, ReglaDePlazo, Unidad
from recaudo.norma.plazos.termino import (
    DiaInhabil,
    Termino,
    contar_termino,
    vencimiento_de_plazo,
)

SUSPENDIDO: Final = "Suspendido"
_CIEN: Final = 100


class SuspensionInvalida(Rechazo):
    """A suspension ends before it begins, or an open one is followed by another."""

    mensaje = "La suspensión no puede terminar antes de empezar, y solo la última queda abierta."
    norma = "COA art. 162"


class AmpliacionExcesiva(Rechazo):
    """A término is extended by up to half of it, in whole days."""

    mensaje = "El término solo se amplía hasta por la mitad: pida menos días."
    norma = "COA art. 161"


@dataclass(frozen=True, slots=True, order=True)
class Suspension:
    """Days that do not count, both ends included; without `hasta` it goes on."""

    desde: date
    hasta: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlazoContado:
    """A deadline counted, with everything needed to count it again.

    `vence` is the day that closes it: `vence_max` for the debtor, who is never late before it ends,
    `vence_min` for the office. The three are None while a suspension is open. `habiles`,
    `inhabiles` and `dudosos` tell a término day by day (business days only).
    """

    desde: date
    cantidad: int
    unidad: Unidad
    vence_min: date | None
    vence_max: date | None
    vence: date | None
    cantones: frozenset[str]
    habiles: tuple[date, ...] = ()
    inhabiles: tuple[DiaInhabil, ...] = ()
    dudosos: tuple[DiaInhabil, ...] = ()
    suspensiones: tuple[Suspension, ...] = ()  #: as they were given, each with its own ends
    calendario_version: str
    estado_verificacion: EstadoVerificacion


@segun("COA art. 158", "COA art. 159", "COA art. 162")
def contar_plazo(
    *,
    unidad: Unidad,
    obligado: Obligado,
    desde: date,
    cantidad: int,
    cantones: frozenset[str],
    calendario: Calendario,
    suspensiones: Iterable[Suspension] = (),
) -> PlazoContado:
    """Count `cantidad` units from `desde`, which does not count; `obligado` is who must act.

    Days inside a suspension do not count, overlapping ones count once, and the count goes on with
    the days that were left (PP-17). `cantones` as in `contar_termino`. Raises
    DiasDeTerminoFueraDeRango, SuspensionInvalida.
    """
    dadas = tuple(suspensiones)
    unidas = unir_suspensiones(dadas)
    if unidad is Unidad.HABILES:
        contado = _termino(obligado, desde, cantidad, cantones, calendario, unidas)
        return replace(contado, suspensiones=dadas)
    vence = _corrido(unidad, desde, cantidad, unidas)
    return PlazoContado(
        desde=desde, cantidad=cantidad, unidad=unidad, vence_min=vence, vence_max=vence,
        vence=vence, cantones=cantones, suspensiones=dadas,
        calendario_version=calendario.version, estado_verificacion=EstadoVerificacion.VERIFICADO,
    )  # fmt: skip


@segun("COA art. 158")
def cantidad_de(regla: ReglaDePlazo, *, en: date, parametros: Parametros) -> int:
    """Return how many units the rule gives on a date: its parameter."""
    return parametros.vigente(regla.parametro, en=en).entero


@segun("COA art. 161")
def ampliar(cantidad: int, *, extra: int, en: date, parametros: Parametros) -> int:
    """Return the término extended by `extra` days. Raises AmpliacionExcesiva."""
    por_ciento = parametros.vigente("plazos.ampliacion_maxima", en=en).entero
    if not 0 < extra <= cantidad * por_ciento // _CIEN:
        raise AmpliacionExcesiva
    return cantidad + extra


@segun("COA art. 162")
def unir_suspensiones(suspensiones: Iterable[Suspension]) -> tuple[Suspension, ...]:
    """Return them in order, those that touch or overlap as one. Raises SuspensionInvalida."""
    unidas: list[Suspension] = []
    for una in sorted(suspensiones, key=lambda s: s.desde):
        if una.hasta is not None and una.hasta < una.desde:
            raise SuspensionInvalida
        ultima = unidas[-1] if unidas else None
        if ultima is not None and (ultima.hasta is None or una.desde <= ultima.hasta + UN_DIA):
            abierta = ultima.hasta is None or una.hasta is None
            hasta = None if abierta else max(ultima.hasta or date.min, una.hasta or date.min)
            unidas[-1] = Suspension(ultima.desde, hasta)
        else:
            unidas.append(una)
    return tuple(unidas)


def _corrido(
    unidad: Unidad, desde: date, cantidad: int, suspensiones: Sequence[Suspension]
) -> date | None:
    """Count days or months running, moved by the days suspended inside."""
    vence = (
        vencimiento_de_plazo(desde=desde, meses=cantidad)
        if unidad is Unidad.MESES
        else desde + UN_DIA * cantidad
    )
    for una in suspensiones:
        if una.desde > vence:
            break
        if una.hasta is None:
            return None
        vence += UN_DIA * max(0, (una.hasta - max(una.desde, desde + UN_DIA)).days + 1)
    return vence


@dataclass(slots=True)
class _Tramos:
    """A término counted in as many stretches as the suspensions leave."""

    cantones: frozenset[str]
    calendario: Calendario
    inicio: date
    faltan: int
    habiles: list[date]
    inhabiles: list[DiaInhabil]
    dudosos: list[DiaInhabil]

    def contar(self) -> Termino:
        """Count what is left from where it stands."""
        return contar_termino(
            notificado=self.inicio,
            dias=self.faltan,
            cantones=self.cantones,
            calendario=self.calendario,
        )

    def sumar(self, contado: Termino, *, antes_de: date = date.max) -> None:
        """Keep the days of a stretch, up to a suspension."""
        suyos = [d for d in contado.habiles if d < antes_de]
        self.habiles += suyos
        self.inhabiles += [d for d in contado.inhabiles if d.fecha < antes_de]
        self.dudosos += [d for d in contado.dudosos if d.fecha < antes_de]
        self.faltan -= len(suyos)


def _termino(
    obligado: Obligado,
    desde: date,
    cantidad: int,
    cantones: frozenset[str],
    calendario: Calendario,
    suspensiones: tuple[Suspension, ...],
) -> PlazoContado:
    """Count business days; nothing ends while a suspension is open."""
    tramos = _Tramos(cantones, calendario, desde, cantidad, [], [], [])
    contado = tramos.contar()
    estados = [contado.estado_verificacion]
    for una in suspensiones:
        if una.desde > contado.vence_max or (una.hasta is not None and una.hasta <= desde):
            continue
        tramos.sumar(contado, antes_de=una.desde)
        if una.hasta is None:
            break
        tramos.inhabiles += _dias_suspendidos(max(una.desde, tramos.inicio + UN_DIA), una.hasta)
        tramos.inicio = una.hasta
        contado = tramos.contar()
        estados.append(contado.estado_verificacion)
    else:
        tramos.sumar(contado)
    abierto = tramos.faltan > 0
    vence_max = None if abierto else contado.vence_max
    vence_min = None if abierto else contado.vence_min
    if suspensiones and not abierto:
        vence_min = _seguro(desde, cantidad, cantones, calendario, suspensiones)
    return PlazoContado(
        desde=desde, cantidad=cantidad, unidad=Unidad.HABILES, vence_min=vence_min,
        vence_max=vence_max, vence=vence_max if obligado is Obligado.DEUDOR else vence_min,
        cantones=cantones, habiles=tuple(tramos.habiles), inhabiles=tuple(tramos.inhabiles),
        dudosos=tuple(tramos.dudosos),
        calendario_version=calendario.version, estado_verificacion=peor_estado(*estados),
    )  # fmt: skip


def _dias_suspendidos(desde: date, hasta: date) -> list[DiaInhabil]:
    dias = range(desde.toordinal(), hasta.toordinal() + 1)
    return [DiaInhabil(fecha=date.fromordinal(n), motivo=SUSPENDIDO) for n in dias]


def _seguro(
    desde: date,
    cantidad: int,
    cantones: frozenset[str],
    calendario: Calendario,
    suspensiones: tuple[Suspension, ...],
) -> date:
    """Last day when only what is certain does not count."""
    dia, faltan = desde, cantidad
    while faltan:
        dia += UN_DIA
        if not any(_dentro(dia, una) for una in suspensiones) and (
            calendario.motivo_inhabil(dia, cantones) is None
        ):
            faltan -= 1
    return dia


def _dentro(dia: date, suspension: Suspension) -> bool:
    return suspension.desde <= dia and (suspension.hasta is None or dia <= suspension.hasta)
