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
    """A provincial or cantonal holiday."""

    mes: int
    dia: int
    ambito: str
    codigo_dpa: str
    nombre: str
    fuente: str
    estado: EstadoVerificacion

    def en(self, anio: int) -> date:
        """Nominal day in ``anio``."""
        return date(anio, self.mes, self.dia)


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
    """Provincial and cantonal holidays (the list is partial)."""
    return tuple(
        DiaLocal(
            mes=int(fila["mes_dia_nominal"][:2]),
            dia=int(fila["mes_dia_nominal"][3:]),
            ambito=fila["ambito"],
            codigo_dpa=fila["codigo_dpa"],
            nombre=f"{fila['motivo']} ({fila['lugar']})",
            fuente=fila["fuente"],
            estado=_estado_local(fila["confianza"]),
        )
        for fila in _filas("locales.csv")
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


def _estado_local(confianza: str) -> EstadoVerificacion:
    if confianza == "baja":
        return EstadoVerificacion.PROVISIONAL
    return EstadoVerificacion.SECUNDARIO


def _estado(fila: dict[str, str]) -> EstadoVerificacion:
    if fila["confianza"] == "baja" or fila["fuente"].startswith("regla legal"):
        return EstadoVerificacion.PROVISIONAL
    if fila["confianza"] == "alta" and "Decreto" not in fila["norma"]:
        return EstadoVerificacion.VERIFICADO
    return EstadoVerificacion.SECUNDARIO
