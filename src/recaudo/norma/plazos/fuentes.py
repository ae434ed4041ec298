"""Reads the published holiday lists that ship with the law, once."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final

from recaudo.norma.parametros import EstadoVerificacion

CARPETA: Final = "feriados"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaDeLaLey:
    """A national holiday as the article lists it: fixed day, or days from Easter Sunday."""

    clave: str
    nombre: str
    mes: int
    dia: int
    dias_desde_pascua: int | None
    exceptuado_entre_semana: bool
    norma: str

    def en(self, anio: int, pascua: date) -> date:
        """Nominal day in ``anio``, whose Easter Sunday is ``pascua``."""
        if self.dias_desde_pascua is None:
            return date(anio, self.mes, self.dia)
        return pascua + timedelta(days=self.dias_desde_pascua)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaLocal:
    """A provincial or cantonal civic day: its nominal day and what is known of its rest.

    `descanso` is `si` (a list, act or press says people rest), `candidato` (only the date of
    creation was found), `duda` (another date or scope competes) or `ya_nacional` (it falls on a
    national holiday and never adds a second day).
    """

    mes: int
    dia: int
    ambito: str
    codigo_dpa: str
    nombre: str
    tipo: str
    anio_origen: int | None
    descanso: str
    ambito_alterno: str
    fuente: str
    estado: EstadoVerificacion

    @property
    def es_seguro(self) -> bool:
        """Whether the rest is certain: said by a list or an act, and verified."""
        return self.descanso == "si" and self.estado is EstadoVerificacion.VERIFICADO

    def en(self, anio: int) -> date:
        """Nominal day in ``anio``."""
        return date(anio, self.mes, self.dia)

    def rige_en(self, anio: int) -> bool:
        """Whether the day is commemorated in ``anio``: not before its year of origin."""
        return self.anio_origen is None or anio >= self.anio_origen


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaObservado:
    """A local day of rest as it was kept one year, or a local suspension by decree."""

    anio: int
    ambito: str
    codigo_dpa: str
    nombre: str
    es_suspension: bool
    fecha_nominal: date | None
    fecha_observada: date
    acto: str
    fuente: str
    estado: EstadoVerificacion


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaPublicado:
    """A row of the published lists: national holidays as taken, and decreed suspensions."""

    fecha_nominal: date | None
    nombre: str
    fecha_descanso: date
    clase: str
    norma: str
    fuente: str
    estado: EstadoVerificacion


def _filas(nombre: str) -> Iterator[dict[str, str]]:
    recurso = files("recaudo.norma.parametros") / CARPETA / nombre
    yield from csv.DictReader(recurso.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def dias_de_la_ley() -> tuple[DiaDeLaLey, ...]:
    """The national holidays of the Código del Trabajo, art. 65."""
    return tuple(
        DiaDeLaLey(
            clave=fila["clave"],
            nombre=fila["nombre"],
            mes=int(fila["mes"] or 0),
            dia=int(fila["dia"] or 0),
            dias_desde_pascua=(
                int(fila["dias_desde_pascua"]) if fila["dias_desde_pascua"] else None
            ),
            exceptuado_entre_semana=fila["exceptuado_entre_semana"] == "si",
            norma=fila["norma"],
        )
        for fila in _filas("ley.csv")
    )


@lru_cache(maxsize=1)
def dias_locales() -> tuple[DiaLocal, ...]:
    """Provincial and cantonal civic days, nominal; no canton's list is complete."""
    return tuple(
        DiaLocal(
            mes=int(fila["mes_dia_nominal"][:2]),
            dia=int(fila["mes_dia_nominal"][3:]),
            ambito=fila["ambito"],
            codigo_dpa=fila["codigo_dpa"],
            nombre=_nombre_local(fila),
            tipo=fila["tipo"],
            anio_origen=int(fila["anio_origen"]) if fila["anio_origen"] else None,
            descanso=fila["descanso"],
            ambito_alterno=fila["ambito_alterno"],
            fuente=fila["fuente"],
            estado=EstadoVerificacion(fila["confianza"]),
        )
        for fila in _filas("locales.csv")
    )


@lru_cache(maxsize=1)
def dias_observados() -> tuple[DiaObservado, ...]:
    """Local days as they were kept, year by year, and local suspensions by decree."""
    return tuple(
        DiaObservado(
            anio=int(fila["anio"]),
            ambito=fila["ambito"],
            codigo_dpa=fila["codigo_dpa"],
            nombre=_nombre_local(fila),
            es_suspension=fila["clase"] == "suspension_decreto",
            fecha_nominal=(
                date.fromisoformat(fila["fecha_nominal"]) if fila["fecha_nominal"] else None
            ),
            fecha_observada=date.fromisoformat(fila["fecha_observada"]),
            acto=fila["acto"],
            fuente=fila["fuente"],
            estado=EstadoVerificacion(fila["confianza"]),
        )
        for fila in _filas("observados.csv")
    )


@lru_cache(maxsize=1)
def dias_publicados() -> tuple[DiaPublicado, ...]:
    """National holidays as published year by year, and suspensions by decree."""
    return tuple(
        DiaPublicado(
            fecha_nominal=(
                date.fromisoformat(fila["fecha_nominal"]) if fila["fecha_nominal"] else None
            ),
            nombre=fila["nombre"],
            fecha_descanso=date.fromisoformat(fila["fecha_descanso"]),
            clase=fila["clase"],
            norma=fila["norma"],
            fuente=fila["fuente"],
            estado=_estado(fila),
        )
        for archivo in ("nacionales.csv", "decretos.csv")
        for fila in _filas(archivo)
    )


def _nombre_local(fila: dict[str, str]) -> str:
    """The commemoration, with its place when its name does not say it."""
    motivo, lugar = fila["motivo"], fila["lugar"]
    return motivo if lugar in motivo else f"{motivo} ({lugar})"


def _estado(fila: dict[str, str]) -> EstadoVerificacion:
    if fila["confianza"] == "baja" or fila["fuente"].startswith("regla legal"):
        return EstadoVerificacion.PROVISIONAL
    if fila["confianza"] == "alta" and "Decreto" not in fila["norma"]:
        return EstadoVerificacion.VERIFICADO
    return EstadoVerificacion.SECUNDARIO
