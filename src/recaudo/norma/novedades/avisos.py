"""What an employer reports about a worker: the kinds, the codes of the annex, the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.yaml_exacto import leer_yaml

_ANEXO = Path(__file__).parents[1] / "catalogos" / "novedades_anexo.yaml"


class TipoNovedad(StrEnum):
    """The kinds this system enters; codes of the IESS batch formats."""

    ENT = "ENT"
    SAL = "SAL"
    MSU = "MSU"
    INS = "INS"
    MND = "MND"

    @property
    def nombre(self) -> str:
        """Name an employer knows it by."""
        return _NOMBRES[self]


_NOMBRES = {
    TipoNovedad.ENT: "aviso de entrada",
    TipoNovedad.SAL: "aviso de salida",
    TipoNovedad.MSU: "aviso de nuevo sueldo",
    TipoNovedad.INS: "variación de sueldo por extras",
    TipoNovedad.MND: "días no laborados",
}

#: Every type of the catalogue of the portal: those not in TipoNovedad are known and not entered.
TIPOS_DEL_PORTAL: frozenset[str] = frozenset(TipoNovedad) | {
    "PFR",
    "PFM",
    "PFN",
    "PPF",
    "PPR",
    "PRA",
    "RHT",
    "RRT",
}
CAUSA_MUERTE = "F"


@cache
def anexo(campo: str) -> Mapping[str, str]:
    """Return the codes of one field of the annex with their Spanish names; KeyError if unknown."""
    codigos = leer_yaml(_ANEXO)[campo]
    return MappingProxyType({str(codigo): str(nombre) for codigo, nombre in codigos.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrato:
    """What an entry says of the job besides dates and salary."""

    relacion_trabajo: str = "06"
    actividad_sectorial: str = ""
    cargo: str = ""
    origen_pago: str = "P"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aviso:
    """One event of one worker at one sucursal, read and not yet judged.

    `fecha`: entry, last day worked, or first day not worked. `valor`: monthly salary (ENT, MSU) or
    extras of the month (INS), USD. `motivo_cedula`: why it is not a cédula, or empty.
    """

    tipo: TipoNovedad
    sucursal: str
    identificacion: str
    periodo: Periodo
    fecha: date | None = None
    valor: Dinero | None = None
    dias: int | None = None
    causa: str = ""
    fallecimiento: date | None = None
    contrato: Contrato | None = None
    motivo_cedula: str = ""


@dataclass(frozen=True, slots=True)
class Motivo:
    """Why a line comes back, or what to know of one that entered: code and Spanish sentence."""

    codigo: str
    mensaje: str
