"""Employers and workers that do not exist, in the proportions of those that do."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final

from recaudo.ensayo.demostracion.azar import elegir, sortear, tirar
from recaudo.ensayo.demostracion.fechas import PERIODO
from recaudo.ensayo.demostracion.palabras import (
    AVES,
    CARGOS,
    FORMAS,
    NOMBRES,
    PLANTAS,
    RAMOS,
)
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.base_imponible import base_minima
from recaudo.norma.catalogos.dpa import cantones
from recaudo.norma.parametros import cargar_parametros

EMPLEADORES: Final = 420
MAYOR: Final = 400
#: Excess over the basic salary, per mille of its mean: the middle of each tenth of an exponential.
DECILES: Final = (51, 163, 288, 431, 598, 799, 1050, 1386, 1897, 3337)
ANIO_DE_LOS_SUELDOS: Final = Periodo(2022, 12)
#: What each kind of employer is called, how many there are of each, and how its RUC is built.
GRANDES: Final = (
    ("PRIV_SOCIEDAD", 14),
    ("PUBLICO", 3),
    ("BANCA_PRIVADA", 1),
    ("GAD_DESCENTRALIZADA", 2),
)
MEDIANOS: Final = (
    ("PRIV_SOCIEDAD", 12), ("PRIV_NATURAL", 4), ("CONSTRUCCION", 2), ("AGRICOLA", 2),
    ("OENEGE_CULTO", 1), ("EMPRESA_PUBLICA", 1),
)  # fmt: skip
PEQUENOS: Final = (
    ("PRIV_SOCIEDAD", 8), ("PRIV_NATURAL", 12), ("DOMESTICO", 6), ("ARTESANO_CALIF", 2),
    ("AGRICOLA", 2), ("CONSTRUCCION", 1),
)  # fmt: skip
_PERSONALES: Final = frozenset({"PRIV_NATURAL", "DOMESTICO", "ARTESANO_CALIF"})
_PUBLICOS: Final = frozenset({"PUBLICO", "GAD_DESCENTRALIZADA", "EMPRESA_PUBLICA"})
_DATOS: Final = files("recaudo.ensayo.demostracion") / "datos"
_SERIE_EMPLEADORES: Final = 900_000
_SEDES: Final = {"23": "2301", "24": "2401"}


@dataclass(frozen=True, slots=True)
class Trabajador:
    """One invented worker at one sucursal; `sueldo` is monthly, USD."""

    cedula: str
    nombre: str
    sucursal: str
    entrada: date
    sueldo: Dinero
    cargo: str


@dataclass(frozen=True, slots=True)
class Empleador:
    """One invented employer. `alta` is the business date on which it reported its workers."""

    indice: int
    ruc: str
    razon_social: str
    tipo: str
    canton: str
    representante: str
    cedula_representante: str
    alta: date
    sucursales: tuple[tuple[str, str], ...]
    trabajadores: tuple[Trabajador, ...]


@dataclass(frozen=True, slots=True)
class Provincia:
    """A province as the statistics see it; `media` in cents of its year."""

    codigo: str
    afiliados: int
    media: int


def cedula_ficticia(numero: int) -> str:
    """Return a well-formed cédula of the series 205…, which is not issued (0 ≤ numero < 10⁶)."""
    nueve = f"205{numero:06d}"
    suma = 0
    for posicion, digito in enumerate(map(int, nueve)):
        doble = digito * (2 - posicion % 2)
        suma += doble - 9 if doble > 9 else doble
    return f"{nueve}{-suma % 10}"


def ruc_ficticio(provincia: str, numero: int, *, publico: bool) -> str:
    """Return a RUC of a series far beyond those issued, whose old check digit fits."""
    coeficientes = (3, 2, 7, 6, 5, 4, 3, 2) if publico else (4, 3, 2, 7, 6, 5, 4, 3, 2)
    cola = "0001" if publico else "001"
    for intento in range(numero * 4, numero * 4 + 4):
        cuerpo = provincia + (f"6{98000 + intento:05d}" if publico else f"9{980000 + intento:06d}")
        suma = sum(int(d) * c for d, c in zip(cuerpo, coeficientes, strict=True))
        if (digito := -suma % 11) < 10:
            return f"{cuerpo}{digito}{cola}"
    raise AssertionError(numero)


@lru_cache(maxsize=1)
def provincias() -> tuple[Provincia, ...]:
    """Return the 24 provinces with their affiliates and mean wage (IESS 2022)."""
    tabla = files("recaudo.ensayo.demostracion") / "datos" / "iess_asegurados_2022_provincia.csv"
    filas = csv.DictReader(tabla.read_text(encoding="utf-8").splitlines())
    return tuple(
        Provincia(
            f["codigo_provincia"],
            int(f["sgo_con_y_sin_dependencia"]),
            Dinero(f["base_prom_con_y_sin_dependencia"]).centavos,
        )
        for f in filas
        if f["codigo_provincia"]
    )


def sede(provincia: str) -> str:
    """Return the canton of a province where most of its employers are."""
    return _SEDES.get(provincia, f"{provincia}01")


def generar_poblacion(cuantos: int = EMPLEADORES) -> tuple[Empleador, ...]:
    """Return the employers with their workers, from the largest to the smallest. Deterministic."""
    cedulas = iter(range(10_000, 900_000))
    return tuple(_empleador(i, cuantos, cedulas) for i in range(cuantos))


def _empleador(indice: int, cuantos: int, cedulas: Iterator[int]) -> Empleador:
    tamano = min(2 * cuantos // (2 * indice + 1), MAYOR)
    provincia = _provincia_de(indice)
    canton = _canton_de(provincia.codigo, indice)
    tipo = _tipo_de(tamano, indice)
    cedula = cedula_ficticia(_SERIE_EMPLEADORES + indice)
    persona = nombre_ficticio("representante", indice)
    sucursales = [("0001", canton)]
    if tamano >= 30:
        otra = sortear([(p.codigo, p.afiliados) for p in provincias()], "sucursal", indice)
        sucursales.append(("0002", sede(otra)))
    alta = date(2025 + tirar(2, "alta", indice), 1 + tirar(6, "mes", indice), 9)
    return Empleador(
        indice=indice,
        ruc=_ruc_de(tipo, provincia.codigo, indice, cedula),
        razon_social=_razon_social(tipo, indice, persona),
        tipo=tipo,
        canton=canton,
        representante=persona,
        cedula_representante=cedula,
        alta=alta,
        sucursales=tuple(sucursales),
        trabajadores=tuple(
            _trabajador(next(cedulas), provincia, alta, sucursales[n % len(sucursales)][0])
            for n in range(tamano)
        ),
    )


def _provincia_de(indice: int) -> Provincia:
    return sortear([(p, p.afiliados) for p in provincias()], "provincia", indice)


def _canton_de(provincia: str, indice: int) -> str:
    """Two of three employers are in the seat of the province; the others, anywhere in it."""
    if tirar(3, "sede", indice):
        return sede(provincia)
    return elegir([c for c in sorted(cantones()) if c.startswith(provincia)], "canton", indice)


def _tipo_de(tamano: int, indice: int) -> str:
    tabla: Sequence[tuple[str, int]] = GRANDES if tamano >= 20 else MEDIANOS
    return sortear(tabla if tamano >= 4 else PEQUENOS, "tipo", indice)


def _ruc_de(tipo: str, provincia: str, indice: int, cedula: str) -> str:
    if tipo in _PERSONALES:
        return f"{cedula}001"
    return ruc_ficticio(provincia, indice, publico=tipo in _PUBLICOS)


def _razon_social(tipo: str, indice: int, persona: str) -> str:
    planta = PLANTAS[indice % len(PLANTAS)]
    ave = AVES[indice // len(PLANTAS) % len(AVES)]
    if tipo in _PERSONALES:
        return persona
    fijas = {
        "PUBLICO": f"Instituto de Ejemplo {planta}",
        "GAD_DESCENTRALIZADA": f"GAD de Ejemplo {planta} de los {ave}",
        "EMPRESA_PUBLICA": f"Empresa Pública de Ejemplo {planta}",
        "BANCA_PRIVADA": f"Banco de Ejemplo {planta} S.A.",
        "OENEGE_CULTO": f"Fundación {planta} y {ave}",
        "AGRICOLA": f"Agrícola {planta} y {ave}",
        "CONSTRUCCION": f"Constructora {planta} y {ave}",
    }
    ramo = elegir(RAMOS, "ramo", indice)
    return fijas.get(tipo, f"{ramo} {planta} y {ave} {sortear(FORMAS, 'forma', indice)}")


def nombre_ficticio(*clave: object) -> str:
    """Return surnames and names of nobody: two plants or birds and one or two given names."""
    apellidos = f"{elegir(PLANTAS, 'ap1', *clave)} {elegir(AVES, 'ap2', *clave)}"
    return f"{apellidos} {elegir(NOMBRES, 'n1', *clave)} {elegir(NOMBRES, 'n2', *clave)}"


def _trabajador(numero: int, provincia: Provincia, alta: date, sucursal: str) -> Trabajador:
    return Trabajador(
        cedula=cedula_ficticia(numero),
        nombre=nombre_ficticio("persona", numero),
        sucursal=sucursal,
        entrada=alta.replace(day=1 + tirar(8, "entrada", numero)),
        sueldo=sueldo_ficticio(provincia, numero),
        cargo=sortear(CARGOS, "cargo", numero),
    )


def sueldo_ficticio(provincia: Provincia, numero: int) -> Dinero:
    """Return a monthly wage, USD, around the province's mean and never under the basic salary.

    One worker of four earns exactly the basic salary.
    """
    minimo, entonces = _basico(PERIODO), _basico(ANIO_DE_LOS_SUELDOS)
    if tirar(4, "basico", numero) == 0:
        return Dinero.de_centavos(minimo)
    media = provincia.media * minimo // entonces
    exceso = max(media - minimo, 0) * 4 // 3
    mil = DECILES[tirar(len(DECILES), "decil", numero)] + tirar(60, "cerca", numero)
    centavos = minimo + exceso * mil // 1000
    return Dinero.de_centavos(centavos - centavos % 25)


@lru_cache(maxsize=4)
def _basico(periodo: Periodo) -> int:
    return base_minima(periodo=periodo, parametros=cargar_parametros()).base.centavos
