"""The holidays of Ecuador as the law moves them.

The list of days and its exceptions are data (``parametros/feriados``); this module holds
the rule of transfer. Each version of the rule is one function; the parameter
``feriados.regla_de_traslado`` says from when each one applies.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, cargar_parametros
from recaudo.norma.plazos.fuentes import DiaDeLaLey, dias_de_la_ley

LUN, MAR, MIE, JUE, VIE, SAB, DOM = range(7)
UN_DIA: Final = timedelta(days=1)


class Clase(StrEnum):
    """Why nobody works that day: a holiday of the law, or a suspension by decree."""

    FERIADO = "feriado"
    SUSPENSION = "suspension"


class Ambito(StrEnum):
    """Where the holiday holds."""

    NACIONAL = "nacional"
    PROVINCIA = "provincia"
    CANTON = "canton"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feriado:
    """One day of rest: its nominal day, the day it is actually taken, and its source.

    `duda` says in Spanish why the rest is not certain; empty when it is. `salvo` are the cantons
    where a doubtful day of their province is settled.
    """

    fecha_nominal: date | None
    nombre: str
    fecha_descanso: date
    clase: Clase
    ambito: Ambito
    codigo_dpa: str
    norma: str
    fuente: str
    estado: EstadoVerificacion
    duda: str = ""
    salvo: frozenset[str] = frozenset()

    @property
    def motivo(self) -> str:
        """The Spanish sentence that explains why the day does not count."""
        prefijo = "Suspensión" if self.clase is Clase.SUSPENSION else "Feriado"
        texto = self.nombre if self.nombre.startswith(prefijo) else f"{prefijo}: {self.nombre}"
        if self.fecha_nominal is not None and self.fecha_nominal != self.fecha_descanso:
            texto += f" (trasladado del {self.fecha_nominal.isoformat()})"
        return f"{texto}. {self.duda}" if self.duda else texto


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaNominal:
    """A holiday on the day of its commemoration, before any transfer."""

    fecha: date
    hay_vispera: bool
    hay_siguiente: bool
    exceptuado_entre_semana: bool


ReglaDeTraslado: TypeAlias = Callable[[DiaNominal], date]


@segun("Código del Trabajo art. 65")
def domingo_de_pascua(anio: int) -> date:
    """Easter Sunday of the Gregorian year, from which Carnival and Good Friday are counted."""
    siglo, del_siglo = divmod(anio, 100)
    dorado = anio % 19
    epacta = (19 * dorado + siglo - siglo // 4 - (8 * siglo + 13) // 25 + 15) % 30
    epacta -= (dorado + 11 * epacta) // 319
    hasta_domingo = (2 * (siglo % 4) + 2 * (del_siglo // 4) + 32 - epacta - del_siglo % 4) % 7
    mes = (epacta + hasta_domingo + 90) // 25
    return date(anio, mes, (epacta + hasta_domingo + mes + 19) % 32)


@segun("Código del Trabajo art. 65")
def descanso_sin_traslado(dia: DiaNominal) -> date:
    """Before the 2016 law: the day is taken when it falls, unless a decree moved it."""
    return dia.fecha


# Offsets in days by weekday. ALONE: general rule. FIRST and SECOND: of two consecutive holidays.
_SOLO: Final[Mapping[int, int]] = MappingProxyType({MAR: -1, MIE: +2, JUE: +1, SAB: -1, DOM: +1})
_EXCEPTUADO: Final[Mapping[int, int]] = MappingProxyType({SAB: -1, DOM: +1})
_PRIMERO: Final[Mapping[int, int]] = MappingProxyType({MIE: +2, SAB: -1, DOM: +2})
_SEGUNDO: Final[Mapping[int, int]] = MappingProxyType({MIE: -2, SAB: -2, DOM: +1})


@segun("Código del Trabajo art. 65", "Ley R.O.S. 906")
def descanso_segun_ley_2016(dia: DiaNominal) -> date:
    """Day actually taken under the law of R.O.S. 906 (20-dic-2016).

    Alone: Tuesday to the Monday before; Wednesday and Thursday to Friday, except the days the
    article exempts; Saturday to the Friday before and Sunday to the Monday after, with no
    exception. Two consecutive holidays: Mon+Tue, Thu+Fri stay; Tue+Wed sends the Wednesday to
    Monday; Wed+Thu, the Wednesday to Friday; Fri+Sat, the Saturday to Thursday; Sun+Mon, the
    Sunday to Tuesday; Sat+Sun is not listed, so each follows the general rule.
    """
    if dia.hay_vispera:
        tabla = _SEGUNDO
    elif dia.hay_siguiente:
        tabla = _PRIMERO
    else:
        tabla = _EXCEPTUADO if dia.exceptuado_entre_semana else _SOLO
    return dia.fecha + timedelta(days=tabla.get(dia.fecha.weekday(), 0))


@segun("Código del Trabajo art. 65")
def feriados_segun_ley(anio: int, parametros: Parametros | None = None) -> tuple[Feriado, ...]:
    """National holidays whose nominal day is in ``anio``, as the rule proposes them.

    The proposal is PROVISIONAL until the decree of the year confirms it. A day of rest may fall
    in the neighbouring year (1-ene-2022 was taken on 31-dic-2021).
    """
    nominales = nominales_nacionales(anio)
    fechas = frozenset(nominales)
    return tuple(
        _trasladar(fecha, fechas, ley=ley, parametros=parametros or cargar_parametros())
        for fecha, ley in sorted(nominales.items())
    )


@segun("Código del Trabajo art. 65")
def nominales_nacionales(anio: int) -> dict[date, DiaDeLaLey]:
    """National holidays of ``anio`` on the day of their commemoration, before any transfer."""
    pascua = domingo_de_pascua(anio)
    return {dia.en(anio, pascua): dia for dia in dias_de_la_ley()}


def _regla(fecha: date, parametros: Parametros) -> ReglaDeTraslado:
    return VERSIONES[parametros.vigente("feriados.regla_de_traslado", en=fecha).texto]


@segun("Código del Trabajo art. 65", "Ley R.O.S. 906")
def descanso_de(
    fecha: date, vecinos: Iterable[date], *, exceptuado: bool, parametros: Parametros
) -> date:
    """Day on which the holiday of ``fecha`` is taken, by the rule of transfer in force that day.

    ``vecinos`` are the other holidays that may be consecutive with it; ``exceptuado`` = the article
    does not move it on a weekday.
    """
    fechas = frozenset(vecinos)
    return _regla(fecha, parametros)(
        DiaNominal(
            fecha=fecha,
            hay_vispera=fecha - UN_DIA in fechas,
            hay_siguiente=fecha + UN_DIA in fechas,
            exceptuado_entre_semana=exceptuado,
        )
    )


def _trasladar(
    fecha: date, vecinos: frozenset[date], *, ley: DiaDeLaLey, parametros: Parametros
) -> Feriado:
    return Feriado(
        fecha_nominal=fecha,
        nombre=ley.nombre,
        fecha_descanso=descanso_de(
            fecha, vecinos, exceptuado=ley.exceptuado_entre_semana, parametros=parametros
        ),
        clase=Clase.FERIADO,
        ambito=Ambito.NACIONAL,
        codigo_dpa="",
        norma=ley.norma,
        fuente="regla legal; falta el decreto del año",
        estado=EstadoVerificacion.PROVISIONAL,
    )


VERSIONES: Final[Mapping[str, ReglaDeTraslado]] = MappingProxyType(
    {"SIN_TRASLADO": descanso_sin_traslado, "LEY_2016": descanso_segun_ley_2016}
)
