"""The calendar of business days: an immutable value with a version that names its content."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, cargar_parametros, peor_estado
from recaudo.norma.plazos.feriados import (
    UN_DIA,
    Ambito,
    Clase,
    Feriado,
    cantones_con_feriado_propio,
    feriados_locales_segun_ley,
    feriados_segun_ley,
)
from recaudo.norma.plazos.fuentes import dias_publicados

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
    """Holidays national, provincial and cantonal, indexed by day; `version` is its content."""

    feriados: tuple[Feriado, ...]
    version: str
    _por_lugar: Mapping[str, Mapping[date, Feriado]]
    _estado_por_anio: Mapping[int, EstadoVerificacion]

    @classmethod
    def de_feriados(cls, feriados: Iterable[Feriado]) -> "Calendario":
        """Build the calendar; the same holidays in any order give the same version."""
        ordenados = tuple(sorted(feriados, key=_orden))
        resumen = hashlib.sha256("\n".join(map(_linea, ordenados)).encode()).hexdigest()
        por_lugar: dict[str, dict[date, Feriado]] = {}
        for feriado in ordenados:
            por_lugar.setdefault(feriado.codigo_dpa, {}).setdefault(feriado.fecha_descanso, feriado)
        por_anio: dict[int, EstadoVerificacion] = {}
        for dia, feriado in por_lugar.get("", {}).items():
            por_anio[dia.year] = peor_estado(por_anio.get(dia.year, feriado.estado), feriado.estado)
        return cls(ordenados, resumen[:LARGO_VERSION], por_lugar, por_anio)

    def con(self, *nuevos: Feriado) -> "Calendario":
        """A new calendar with more holidays (and another version); this one does not change."""
        return Calendario.de_feriados((*self.feriados, *nuevos))

    @segun("COA art. 159")
    def feriado_en(self, fecha: date, jurisdicciones: frozenset[str]) -> Feriado | None:
        """The holiday that rests on ``fecha`` in the union of the given cantons, if any.

        A canton (4 DPA digits) brings its province and the country; an empty set is national.
        """
        for lugar in _lugares(jurisdicciones):
            feriado = self._por_lugar.get(lugar, {}).get(fecha)
            if feriado is not None:
                return feriado
        return None

    @segun("COA art. 159")
    def es_habil(self, fecha: date, jurisdicciones: frozenset[str] = frozenset()) -> bool:
        """Whether the day counts in a término: not Saturday, Sunday nor holiday in any of them."""
        return (
            _dentro(fecha).weekday() not in NOMBRES_FIN_DE_SEMANA
            and self.feriado_en(fecha, jurisdicciones) is None
        )

    @segun("COA art. 159")
    def motivo_inhabil(
        self, fecha: date, jurisdicciones: frozenset[str] = frozenset()
    ) -> str | None:
        """Spanish reason for which the day does not count, or None when it does."""
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
            for dia, feriado in self._por_lugar.get(lugar, {}).items()
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


def _orden(feriado: Feriado) -> tuple[date, str, str]:
    return (feriado.fecha_descanso, feriado.codigo_dpa, feriado.nombre)


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
        )
    )


@lru_cache(maxsize=1)
@segun("COA art. 159", "Código del Trabajo art. 65")
def cargar_calendario() -> Calendario:
    """The calendar that ships with the law: the rule's proposal, corrected by what was published.

    A published row wins over the rule on the same nominal day; suspensions by decree are added.
    """
    parametros = cargar_parametros()
    return Calendario.de_feriados((*_nacionales(parametros), *_locales(parametros)))


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


def _locales(parametros: Parametros) -> Iterable[Feriado]:
    codigos = sorted(cantones_con_feriado_propio())
    for codigo in codigos:
        for anio in _anios():
            de_provincia = feriados_locales_segun_ley(anio, codigo[:2], parametros)
            ya = {feriado.fecha_descanso for feriado in de_provincia}
            if codigo == codigo[:2]:
                yield from de_provincia
                continue
            for feriado in feriados_locales_segun_ley(anio, codigo, parametros):
                if feriado.codigo_dpa == codigo:
                    yield feriado
                elif feriado.fecha_descanso not in ya:  # moved by a neighbour of the canton
                    yield replace(feriado, codigo_dpa=codigo, ambito=Ambito.CANTON)


def _anios() -> range:
    return range(PRIMER_ANIO, ULTIMO_ANIO + 2)
