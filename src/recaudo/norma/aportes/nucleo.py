"""The integer core of the contribution: the only place where its cents are computed.

Every rate is a whole number of ten-thousandths of the base. So, for a base of `b` cents, with
`q, m = divmod(b, 10_000)`, every amount is `amount(m) + q × rate`: ten thousand rows of residues
contain the law of one tariff, and scalar, SQL join and numpy give the same cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from recaudo.kernel.money import repartir_centavos
from recaudo.norma.citas import segun
from recaudo.norma.parametros.valores import EstadoVerificacion

SEGUROS = ("IVM", "LOD", "SALUD", "RIESGOS", "CESANTIA", "DESEMPLEO", "SSC", "GASTOS_ADM")
COLUMNAS = ("personal", "total", "ccc", *(seguro.lower() for seguro in SEGUROS))
UNIDAD = 10_000
_SIN_REPARTO = (0,) * len(SEGUROS)


class AporteCentavos(NamedTuple):
    """The amounts of one contribution line, in whole cents."""

    personal: int
    total: int
    ccc: int
    ivm: int
    lod: int
    salud: int
    riesgos: int
    cesantia: int
    desempleo: int
    ssc: int
    gastos_adm: int

    @property
    def patronal(self) -> int:
        """What is left of the total once the personal part is taken."""
        return self.total - self.personal

    @property
    def seguros(self) -> tuple[int, ...]:
        """The distribution, in the order of SEGUROS."""
        return self[3:]


@dataclass(frozen=True)
class Tarifa:
    """The rates of one regime in one period, as whole ten-thousandths of the base (945 = 9.45 %).

    `seguros` follows SEGUROS and adds up to `total`, or is all zero when `distribuida` is False.
    """

    regimen: str
    paga_ccc: bool
    personal: int
    total: int
    ccc: int
    seguros: tuple[int, ...]
    distribuida: bool
    estado_verificacion: EstadoVerificacion
    citas: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse rates that do not close: a table that does not add up never reaches an amount."""
        if not 0 <= self.personal <= self.total or self.ccc < 0 or min(self.seguros) < 0:
            msg = f"{self.regimen}: rates out of range"
            raise ValueError(msg)
        if len(self.seguros) != len(SEGUROS) or self.distribuida != any(self.seguros):
            msg = f"{self.regimen}: distribution incomplete"
            raise ValueError(msg)
        if self.distribuida and sum(self.seguros) != self.total:
            msg = f"{self.regimen}: distribution adds to {sum(self.seguros)}"
            raise ValueError(msg)

    @property
    def patronal(self) -> int:
        """Employer's rate."""
        return self.total - self.personal

    @property
    def tasas(self) -> tuple[int, ...]:
        """The rates in the order of COLUMNAS: what multiplies the quotient."""
        return (self.personal, self.total, self.ccc, *self.seguros)

    @cached_property
    def clave(self) -> str:
        """Short digest of the rates: equal rates share one table of residues."""
        return sha256(",".join(map(str, self.tasas)).encode()).hexdigest()[:12]


@segun("Decisión de diseño R-BAS-20, R-BAS-21", "LSS art. 72")
def aporte_en_centavos(base: int, tarifa: Tarifa) -> AporteCentavos:
    """Compute one contribution line from its base in cents; plain integers, a few microseconds.

    One rounding on the total rate (HALF_UP), one on the personal rate; the employer's part is the
    rest; the funds share the total by largest remainder. ValueError for a negative base.
    """
    if base < 0:
        msg = "a contribution base is never negative"
        raise ValueError(msg)
    total = _redondear(base * tarifa.total)
    reparto = repartir_centavos(total, tarifa.seguros) if tarifa.distribuida else _SIN_REPARTO
    return AporteCentavos(
        _redondear(base * tarifa.personal), total, _redondear(base * tarifa.ccc), *reparto
    )


def _redondear(diezmilesimas: int) -> int:
    """Round non-negative ten-thousandths of a cent, half up."""
    return (diezmilesimas + UNIDAD // 2) // UNIDAD


@segun("Decisión de diseño R-BAS-20, R-BAS-21", "LSS art. 72")
def tabla_de_residuos(tarifa: Tarifa) -> list[tuple[int, ...]]:
    """Return the 10 000 rows `(residuo, *COLUMNAS)` that SQL joins on `base % 10000`.

    The amount of a base is the row's amount plus `base / 10000` (whole) times the rate.
    """
    repartos: dict[int, tuple[int, ...]] = {}
    filas: list[tuple[int, ...]] = []
    for residuo in range(UNIDAD):
        total = _redondear(residuo * tarifa.total)
        reparto = repartos.get(total)
        if reparto is None:
            reparto = repartos[total] = aporte_en_centavos(residuo, tarifa).seguros
        personal, ccc = _redondear(residuo * tarifa.personal), _redondear(residuo * tarifa.ccc)
        filas.append((residuo, personal, total, ccc, *reparto))
    return filas
