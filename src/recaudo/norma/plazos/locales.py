"""Local civic days, the certain and the doubtful: what the law proposes and what was observed.

No canton has a complete official list, so each day carries its doubt (`Feriado.duda`) and a
término has two last days. The rule is told in ``docs/algoritmos/plazos.md`` and ADR 0014.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final, TypeAlias

from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros
from recaudo.norma.plazos.feriados import (
    SAB,
    UN_DIA,
    Ambito,
    Clase,
    Feriado,
    descanso_de,
    nominales_nacionales,
)
from recaudo.norma.plazos.fuentes import DiaLocal, DiaObservado, dias_locales, dias_observados

LARGO_PROVINCIA: Final = 2
UN_ANIO: Final = 2001
YA_NACIONAL: Final = "ya_nacional"
NORMA: Final = "Código del Trabajo art. 65"
NADIE: Final[frozenset[date]] = frozenset()
_NINGUNO: Final[frozenset[str]] = frozenset()

SIN_VERIFICAR: Final = "Descanso por confirmar: la lista no está verificada"
SOLO_CREACION: Final = "Descanso por confirmar: solo consta la fecha de creación"
EN_DUDA: Final = "Descanso por confirmar: hay otra fecha o un alcance en duda"
ALCANCE: Final = "Descanso por confirmar: no consta si rige en todo el territorio"
CHOCA: Final = (
    "Descanso por confirmar: junto a un feriado nacional el día lo fija el acto publicado"
)
SEGUIDOS: Final = "Descanso por confirmar: dos días locales seguidos pueden trasladarse juntos"
#: The days on which a local day may be taken, and the doubt when there are several.
Posibles: TypeAlias = tuple[tuple[date, ...], str]
_POR_DESCANSO: Final[Mapping[str, str]] = {"candidato": SOLO_CREACION, "duda": EN_DUDA}


@dataclass(frozen=True, slots=True)
class _Anio:
    """What a local day meets in one year: national days, nominal and taken, and Easter's."""

    anio: int
    nominales: frozenset[date]
    de_pascua: frozenset[date]
    descansos: frozenset[date]


@segun("COA art. 159", "Código del Trabajo art. 65")
def feriados_locales(
    *, anios: Iterable[int], nacionales: Iterable[Feriado], parametros: Parametros
) -> Iterator[Feriado]:
    """Every local day of rest of ``anios``, moved as the law says; the doubtful ones say why.

    What was observed one year in one territory replaces what the rule computes for it. A day that
    lands on a national holiday, or beside Carnival or Good Friday, keeps every possible day as
    doubtful. ``nacionales`` are the national days as taken.
    """
    descansos = frozenset(f.fecha_descanso for f in nacionales if f.clase is Clase.FERIADO)
    propios = [dia for dia in dias_locales() if dia.descanso != YA_NACIONAL]
    observados = _por_anio(dias_observados())
    grupos = _grupos()
    for numero in anios:
        anio = _leer_anio(numero, descansos)
        posibles: dict[date, Posibles] = {}
        for dia in propios:
            if dia.rige_en(numero):
                fecha = dia.en(numero)
                if fecha not in posibles:
                    posibles[fecha] = dias_posibles(fecha, anio, parametros)
                vistos = _vistos(dia, observados.get(numero, ()), grupos)
                yield from _propuestos(dia, fecha, posibles[fecha], vistos)
        yield from _seguidos(anio, parametros)
        yield from (_observado(visto, anio, parametros) for visto in observados.get(numero, ()))


@segun("COA art. 159")
def cantones_sin_dia_conocido(cantones: frozenset[str], anio: int) -> tuple[str, ...]:
    """Which of ``cantones`` have no civic day on any list: the law still gives them one a year."""
    return tuple(sorted(cantones - _con_dia_conocido(anio)))


@cache
def _con_dia_conocido(anio: int) -> frozenset[str]:
    """Territories with a civic day on some list, or one that was observed that year."""
    return lugares_con_dia_propio() | {
        visto.codigo_dpa
        for visto in dias_observados()
        if visto.anio == anio and not visto.es_suspension
    }


@lru_cache(maxsize=1)
@segun("COA art. 159")
def lugares_con_dia_propio() -> frozenset[str]:
    """DPA codes (4 digits a canton, 2 a province) that have at least one local civic day."""
    return frozenset(dia.codigo_dpa for dia in dias_locales())


def _leer_anio(anio: int, descansos: frozenset[date]) -> _Anio:
    nominales = nominales_nacionales(anio)
    de_pascua = (d for d, ley in nominales.items() if ley.dias_desde_pascua is not None)
    return _Anio(anio, frozenset(nominales), frozenset(de_pascua), descansos)


def _por_anio(vistos: Iterable[DiaObservado]) -> Mapping[int, list[DiaObservado]]:
    por_anio: dict[int, list[DiaObservado]] = defaultdict(list)
    for visto in vistos:
        por_anio[visto.anio].append(visto)
    return por_anio


def _grupos() -> Mapping[tuple[str, str], frozenset[tuple[int, int]]]:
    """Month-days that compete for one commemoration: same territory and same kind."""
    grupos: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for dia in dias_locales():
        if dia.tipo != "independencia":  # a territory may commemorate two: Riobamba does
            grupos[dia.codigo_dpa, dia.tipo].add((dia.mes, dia.dia))
    return {clave: frozenset(fechas) for clave, fechas in grupos.items()}


def _vistos(
    dia: DiaLocal,
    observados: Sequence[DiaObservado],
    grupos: Mapping[tuple[str, str], frozenset[tuple[int, int]]],
) -> frozenset[str]:
    """Territories in which this day, or the one it competes with, was observed that year."""
    if not observados:
        return _NINGUNO
    fechas = grupos.get((dia.codigo_dpa, dia.tipo), frozenset({(dia.mes, dia.dia)}))
    return frozenset(
        visto.codigo_dpa
        for visto in observados
        if visto.fecha_nominal is not None
        and visto.codigo_dpa
        in (dia.codigo_dpa, dia.codigo_dpa[:LARGO_PROVINCIA], dia.ambito_alterno)
        and (visto.fecha_nominal.month, visto.fecha_nominal.day) in fechas
    )


def _propuestos(
    dia: DiaLocal, nominal: date, posibles: Posibles, vistos: frozenset[str]
) -> Iterator[Feriado]:
    """Every day the row may mean, in its territory and in the one it may reach."""
    fechas, duda = posibles
    propia = duda or _duda_de(dia)
    for codigo, razon in ((dia.codigo_dpa, propia), (dia.ambito_alterno, duda or ALCANCE)):
        if codigo and not {codigo, codigo[:LARGO_PROVINCIA]} & vistos:
            feriados = (_feriado(dia, nominal, codigo, fecha, razon) for fecha in fechas)
            yield from (replace(f, salvo=vistos) for f in feriados) if vistos else feriados


@segun("COA art. 159", "Código del Trabajo art. 65")
def dias_posibles(nominal: date, anio: _Anio, parametros: Parametros) -> Posibles:
    """The days on which a local day may be taken, and the doubt when there are several."""
    solo = descanso_de(nominal, NADIE, exceptuado=False, parametros=parametros)
    junto = descanso_de(nominal, anio.nominales, exceptuado=False, parametros=parametros)
    choca = solo in anio.descansos or any(
        abs(fecha - otra) <= UN_DIA for fecha in (nominal, solo) for otra in anio.de_pascua
    )
    if not choca and solo == junto:
        return (solo,), ""
    posibles = {nominal, solo, junto}
    if not any(_trabajable(fecha, anio) for fecha in posibles):
        posibles |= {_vecino(nominal, -UN_DIA, anio), _vecino(nominal, UN_DIA, anio)}
    return tuple(sorted(posibles)), CHOCA


def _trabajable(fecha: date, anio: _Anio) -> bool:
    return fecha.weekday() < SAB and fecha not in anio.descansos


def _vecino(fecha: date, paso: timedelta, anio: _Anio) -> date:
    """Nearest working day before or after: where a civic day goes when its own is taken."""
    while not _trabajable(fecha, anio):
        fecha += paso
    return fecha


def _seguidos(anio: _Anio, parametros: Parametros) -> Iterator[Feriado]:
    """Doubtful days of a canton whose day and its province's follow each other."""
    for de_canton, de_provincia in _parejas():
        if not (de_canton.rige_en(anio.anio) and de_provincia.rige_en(anio.anio)):
            continue
        fechas = frozenset({de_canton.en(anio.anio), de_provincia.en(anio.anio)})
        for dia in (de_canton, de_provincia):
            movido = descanso_de(dia.en(anio.anio), fechas, exceptuado=False, parametros=parametros)
            yield _feriado(dia, dia.en(anio.anio), de_canton.codigo_dpa, movido, SEGUIDOS)


@lru_cache(maxsize=1)
def _parejas() -> tuple[tuple[DiaLocal, DiaLocal], ...]:
    """Canton and province whose civic days are consecutive in any year."""
    propios = [dia for dia in dias_locales() if dia.descanso != YA_NACIONAL]
    return tuple(
        (dia, otro)
        for dia in propios
        for otro in propios
        if dia.codigo_dpa[:LARGO_PROVINCIA] == otro.codigo_dpa != dia.codigo_dpa
        and abs(dia.en(UN_ANIO) - otro.en(UN_ANIO)) == UN_DIA
    )


def _duda_de(dia: DiaLocal) -> str:
    return "" if dia.es_seguro else _POR_DESCANSO.get(dia.descanso, SIN_VERIFICAR)


def _feriado(dia: DiaLocal, nominal: date, codigo: str, fecha: date, duda: str) -> Feriado:
    return Feriado(
        fecha_nominal=nominal,
        nombre=dia.nombre,
        fecha_descanso=fecha,
        clase=Clase.FERIADO,
        ambito=Ambito.PROVINCIA if len(codigo) == LARGO_PROVINCIA else Ambito.CANTON,
        codigo_dpa=codigo,
        norma=NORMA,
        fuente=dia.fuente,
        estado=dia.estado,
        duda=duda,
    )


def _observado(visto: DiaObservado, anio: _Anio, parametros: Parametros) -> Feriado:
    """The observed day: certain when verified, or when a verified rule gives the same day."""
    feriado = Feriado(
        fecha_nominal=visto.fecha_nominal,
        nombre=visto.nombre,
        fecha_descanso=visto.fecha_observada,
        clase=Clase.SUSPENSION if visto.es_suspension else Clase.FERIADO,
        ambito=Ambito(visto.ambito),
        codigo_dpa=visto.codigo_dpa,
        norma=visto.acto or NORMA,
        fuente=visto.fuente,
        estado=visto.estado,
    )
    if visto.estado is EstadoVerificacion.VERIFICADO or _confirma(visto, anio, parametros):
        return feriado
    return replace(feriado, duda=SIN_VERIFICAR)


def _confirma(visto: DiaObservado, anio: _Anio, parametros: Parametros) -> bool:
    """Whether a verified row of that territory, moved by the rule, gives the day observed."""
    return any(
        dia.es_seguro
        and dia.codigo_dpa == visto.codigo_dpa
        and dia.rige_en(anio.anio)
        and dia.en(anio.anio) == visto.fecha_nominal
        and dias_posibles(dia.en(anio.anio), anio, parametros) == ((visto.fecha_observada,), "")
        for dia in dias_locales()
    )
