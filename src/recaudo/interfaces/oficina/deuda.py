"""What an employer owes on a date, debt by debt, as the office shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.queries import (
    DeudaALaFecha,
    DeudaConsolidada,
    ObligacionVista,
    deuda_a,
    obligaciones_de,
)
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class LineaDeDeuda:
    """One debt on a date; `interes` is None when a rate is missing. Amounts in USD."""

    obligacion: ObligacionVista
    interes: DeudaALaFecha | None
    comprobante: str
    dias_de_mora: int
    total: Dinero

    @property
    def pasos(self) -> list[dict[str, str]]:
        """How the interest was computed, step by step."""
        return legible(self.interes.traza) if self.interes else []


@dataclass(frozen=True, slots=True)
class LineasDeDeuda:
    """All the debts of an employer on a date; `impedimento` says why interest is missing."""

    lineas: tuple[LineaDeDeuda, ...]
    al: date
    impedimento: str
    capital: Dinero
    interes: Dinero | None
    total: Dinero | None


def deuda_de(empleador_id: int, *, alcance: Alcance, hoy: date) -> LineasDeDeuda:
    """Return the living debts of an employer within reach, to `hoy` (LSS art. 89)."""
    vivas = obligaciones_de(empleador_id, alcance=alcance, solo_vivas=True)
    return deudas(vivas, hoy=hoy)


def deudas(obligaciones: Sequence[ObligacionVista], *, hoy: date) -> LineasDeDeuda:
    """Return those debts to `hoy`; without a rate, only capital and the table to fill."""
    consolidada = deuda_a(obligaciones, corte=hoy)
    vivos = comprobantes_vivos_con([o.id for o in obligaciones])
    return LineasDeDeuda(
        tuple(_deuda(d, vivos.get(d.obligacion.id, "")) for d in consolidada.lineas),
        hoy,
        _impedimento(consolidada),
        consolidada.capital,
        consolidada.interes,
        consolidada.total,
    )


def _deuda(d: DeudaALaFecha, comprobante: str) -> LineaDeDeuda:
    conocida = d if d.interes is not None else None
    return LineaDeDeuda(d.obligacion, conocida, comprobante, d.dias_de_mora, d.total)


def _impedimento(consolidada: DeudaConsolidada) -> str:
    return consolidada.impedimento.mensaje if consolidada.impedimento else ""
