"""Which annual rate holds on which days of the arrears: the two readings of LSS 89."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from recaudo.kernel.money import Tasa
from recaudo.norma.citas import segun
from recaudo.norma.mora.tasas import FilaTasa, TablaTasas
from recaudo.norma.parametros import EstadoVerificacion

UN_DIA: Final = timedelta(days=1)


class Modo(StrEnum):
    """How the rate is chosen."""

    TASA_A_LA_LIQUIDACION = "TASA_A_LA_LIQUIDACION"
    POR_TRAMOS = "POR_TRAMOS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tramo:
    """Days of arrears under one maximum conventional rate; both ends included."""

    desde: date
    hasta: date
    tasa_maxima: Tasa
    estado: EstadoVerificacion

    @property
    def dias(self) -> int:
        """Calendar days of the segment."""
        return (self.hasta - self.desde).days + 1


class FuenteDeTasa(Protocol):
    """Answers which row is in force on a day; raises a refusal when none is."""

    def __call__(self, fecha: date) -> FilaTasa:
        """Row in force on ``fecha``."""


@segun("LSS art. 89")
def tasa_de_tabla(tabla: TablaTasas, *, admitir_provisional: bool) -> FuenteDeTasa:
    """Take the rate of each day from the published table."""

    def buscar(fecha: date) -> FilaTasa:
        return tabla.vigente(fecha, admitir_provisional=admitir_provisional)

    return buscar


@segun("LSS art. 89")
def tasa_indicada(tasa: Tasa) -> FuenteDeTasa:
    """Use one rate given by whoever asks, on every day."""
    unica = FilaTasa(
        desde=date.min,
        hasta=date.max,
        tasa=tasa,
        estado=EstadoVerificacion.VERIFICADO,
        fuente="tasa indicada por quien calcula",
    )

    def buscar(fecha: date) -> FilaTasa:
        return unica

    return buscar


@segun("LSS art. 89")
def tramo_a_la_liquidacion(desde: date, corte: date, fuente: FuenteDeTasa) -> tuple[Tramo, ...]:
    """Literal reading: the rate in force at the liquidation date holds for every day."""
    fila = fuente(corte)
    return (_tramo(desde, corte, fila),)


@segun("LSS art. 89")
def tramos_por_vigencia(desde: date, corte: date, fuente: FuenteDeTasa) -> tuple[Tramo, ...]:
    """Alternative reading: each day bears the rate of its own month."""
    tramos = []
    while desde <= corte:
        fila = fuente(desde)
        hasta = min(corte, fila.hasta - UN_DIA)
        tramos.append(_tramo(desde, hasta, fila))
        desde = hasta + UN_DIA
    return tuple(tramos)


def _tramo(desde: date, hasta: date, fila: FilaTasa) -> Tramo:
    """Build a segment; a rate that comes from a column loses the zeros of the column."""
    tasa = Tasa(fila.tasa.porcentaje.normalize())
    return Tramo(desde=desde, hasta=hasta, tasa_maxima=tasa, estado=fila.estado)


ReglaDeTramos: TypeAlias = Callable[[date, date, FuenteDeTasa], tuple[Tramo, ...]]

REGLAS: Final[Mapping[Modo, ReglaDeTramos]] = MappingProxyType(
    {
        Modo.TASA_A_LA_LIQUIDACION: tramo_a_la_liquidacion,
        Modo.POR_TRAMOS: tramos_por_vigencia,
    }
)
