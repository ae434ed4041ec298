"""The calendar of business days: an immutable value with a version that names its content."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, cargar_parametros, peor_estado
from recaudo.norma.plazos.feriados import (
    UN_DIA,
    Ambito,
    Clase,
    Feriado,
    feriados_segun_ley,
)
from recaudo.norma.plazos.fuentes import dias_publicados
from recaudo.norma.plazos.locales import feriados_locales

PRIMER_ANIO: Final = 1985
ULTIMO_ANIO: Final = 2070
LARGO_VERSION: Final = 12
NOMBRES_FIN_DE_SEMANA: Final[Mapping[int, str]] = {5: "Sábado", 6: "Domingo"}


class FechaFueraDeCalendario(Rechazo):
    """The calendar does not reach that day."""

    mensaje = (
        f"El calendario va de {PRIMER_ANIO} a {ULTIMO_ANIO}. Revise la fecha o amplíe el "
        "calendario de feriados."
    )
    norma = "COA art. 159"


@dataclass(frozen=True, slots=True, eq=False)
class Calendario:
    """Holidays national, provincial and cantonal, indexed by day; `version` is its content.

    A day of rest is certain, or doubtful when its `Feriado.duda` says why.
    """

    feriados: tuple[Feriado, ...]
    version: str
    _por_lugar: Mapping[str, Mapping[date, Feriado]]
    _dudosos: Mapping[str, Mapping[date, Feriado]]
    _estado_por_anio: Mapping[int, EstadoVerificacion]

    @classmethod
    def de_feriados(cls, feriados: Iterable[Feriado]) -> "Calendario":
        """Build the calendar; the same holidays in any order give the same version."""
        por_linea = sorted(((_linea(feriado), feriado) for feriado in feriados), key=itemgetter(0))
        resumen = hashlib.sha256("\n".join(linea for linea, _ in por_linea).encode()).hexdigest()
        ordenados = tuple(feriado for _, feriado in por_linea)
        por_lugar: dict[str, dict[date, Feriado]] = {}
        dudosos: dict[str, dict[date, Feriado]] = {}
        for feriado in ordenados:
            destino = dudosos if feriado.duda else por_lugar
            destino.setdefault(feriado.codigo_dpa, {}).setdefault(feriado.fecha_descanso, feriado)
        por_anio: dict[int, EstadoVerificacion] = {}
        for dia, feriado in por_lugar.get("", {}).items():
            por_anio[dia.year] = peor_estado(por_anio.get(dia.year, feriado.estado), feriado.estado)
        return cls(ordenados, resumen[:LARGO_VERSION], por_lugar, dudosos, por_anio)

    def con(self, *nuevos: Feriado) -> "Calendario":
        """A new calendar with more holidays (and another version); this one does not change."""
        return Calendario.de_feriados((*self.feriados, *nuevos))

    @segun("COA art. 159")
    def feriado_en(self, fecha: date, jurisdicciones: frozenset[str]) -> Feriado | None:
        """The certain holiday that rests on ``fecha`` in the union of the given cantons, if any.

        A canton (4 DPA digits) brings its province and the country; an empty set is national.
        """
        for lugar in _lugares(jurisdicciones):
            feriado = self._por_lugar.get(lugar, {}).get(fecha)
            if feriado is not None:
                return feriado
        return None

    @segun("COA art. 159")
    def duda_en(self, fecha: date, jurisdicciones: frozenset[str]) -> Feriado | None:
        """The holiday that may rest on ``fecha`` in any of those cantons, if none surely does."""
        if not self.es_habil(fecha, jurisdicciones):
            return None
        for canton in sorted(jurisdicciones):
            for lugar in (canton[:2], canton):
                feriado = self._dudosos.get(lugar, {}).get(fecha)
                if feriado is not None and canton not in feriado.salvo:
                    return feriado
        return None

    @segun("COA art. 159")
    def es_habil(self, fecha: date, jurisdicciones: frozenset[str] = frozenset()) -> bool:
        """Whether the day is not Saturday, Sunday nor a certain holiday in any of the cantons."""
        return (
            _dentro(fecha).weekday() not in NOMBRES_FIN_DE_SEMANA
            and self.feriado_en(fecha, jurisdicciones) is None
        )

    @segun("COA art. 159")
    def motivo_inhabil(
        self, fecha: date, jurisdicciones: frozenset[str] = frozenset()
    ) -> str | None:
        """Spanish reason for which the day surely does not count, or None."""
        feriado = self.feriado_en(_dentro(fecha), jurisdicciones)
        if feriado is not None:
            return feriado.motivo
        return NOMBRES_FIN_DE_SEMANA.get(fecha.weekday())

    @segun("COA art. 159")
    def dia_habil_siguiente(
        self, fecha: date, jurisdicciones: frozenset[str] = frozenset()
    ) -> date:
        """First business day strictly after ``fecha``."""
        return self.primer_dia_habil(fecha + UN_DIA, jurisdicciones)

    @segun("COA art. 159")
    def primer_dia_habil(self, fecha: date, jurisdicciones: frozenset[str] = frozenset()) -> date:
        """``fecha`` itself when it is a business day, else the next one."""
        while not self.es_habil(fecha, jurisdicciones):
            fecha += UN_DIA
        return fecha

    @segun("COA art. 159")
    def estado_entre(
        self, desde: date, hasta: date, jurisdicciones: frozenset[str] = frozenset()
    ) -> EstadoVerificacion:
        """Worst verification state of the holidays that could touch the range, both ends included.

        Looks at whole years, because a holiday not loaded leaves no row to look at.
        """
        nacionales = [
            self._estado_por_anio.get(anio, EstadoVerificacion.SIN_DATOS)
            for anio in range(desde.year, hasta.year + 1)
        ]
        locales = [
            feriado.estado
            for lugar in _lugares(jurisdicciones)[1:]
            for indice in (self._por_lugar, self._dudosos)
            for dia, feriado in indice.get(lugar, {}).items()
            if desde <= dia <= hasta
        ]
        return peor_estado(*nacionales, *locales)


def _dentro(fecha: date) -> date:
    if not PRIMER_ANIO <= fecha.year <= ULTIMO_ANIO:
        raise FechaFueraDeCalendario
    return fecha


def _lugares(jurisdicciones: frozenset[str]) -> tuple[str, ...]:
    cantones = sorted(jurisdicciones)
    return ("", *sorted({canton[:2] for canton in cantones}), *cantones)


def _linea(feriado: Feriado) -> str:
    return "|".join(
        (
            feriado.fecha_descanso.isoformat(),
            str(feriado.fecha_nominal or ""),
            feriado.codigo_dpa,
            feriado.clase,
            feriado.nombre,
            feriado.norma,
            feriado.estado,
            feriado.duda,
            ",".join(sorted(feriado.salvo)),
        )
    )


@lru_cache(maxsize=1)
@segun("COA art. 159", "Código del Trabajo art. 65")
def cargar_calendario() -> Calendario:
    """The calendar that ships with the law: the rule's proposal, corrected by what was published.

    A published row wins over the rule on the same nominal day; suspensions by decree are added.
    Local days say their doubt: ``feriado_en`` answers with the certain ones, ``duda_en`` with those
    that may also be days of rest.
    """
    parametros = cargar_parametros()
    nacionales = tuple(_nacionales(parametros))
    locales = feriados_locales(anios=_anios(), nacionales=nacionales, parametros=parametros)
    return Calendario.de_feriados((*nacionales, *locales))


def _nacionales(parametros: Parametros) -> Iterable[Feriado]:
    publicados = [
        Feriado(
            fecha_nominal=dia.fecha_nominal,
            nombre=dia.nombre,
            fecha_descanso=dia.fecha_descanso,
            clase=Clase(dia.clase),
            ambito=Ambito.NACIONAL,
            codigo_dpa="",
            norma=dia.norma,
            fuente=dia.fuente,
            estado=dia.estado,
        )
        for dia in dias_publicados()
    ]
    nominales = {feriado.fecha_nominal for feriado in publicados}
    yield from publicados
    for anio in _anios():
        for propuesto in feriados_segun_ley(anio, parametros):
            if propuesto.fecha_nominal not in nominales:
                yield propuesto


def _anios() -> range:
    return range(PRIMER_ANIO, ULTIMO_ANIO + 2)
