"""What an employer owes on a date, with interest, debt by debt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.queries import ObligacionVista, obligaciones_de
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.domain.recaudacion.queries import (
    InteresALaFecha,
    comprobantes_vivos_con,
    interes_a_la_fecha,
)
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros import cargar_parametros


@dataclass(frozen=True, slots=True)
class Deuda:
    """One debt on a date; `interes` is None when a rate is missing. Amounts in USD."""

    obligacion: ObligacionVista
    interes: InteresALaFecha | None
    comprobante: str
    dias_de_mora: int

    @property
    def total(self) -> Dinero:
        """Capital that is left and interest known."""
        return self.obligacion.saldo + (self.interes.interes if self.interes else Dinero.CERO)

    @property
    def pasos(self) -> list[dict[str, str]]:
        """How the interest was computed, step by step."""
        return legible(self.interes.traza) if self.interes else []


@dataclass(frozen=True, slots=True)
class DeudaConsolidada:
    """All the debts of an employer on a date; `impedimento` says why interest is missing."""

    lineas: tuple[Deuda, ...]
    al: date
    impedimento: str

    @property
    def capital(self) -> Dinero:
        """Capital that is left, in USD."""
        return sum((d.obligacion.saldo for d in self.lineas), Dinero.CERO)

    @property
    def interes(self) -> Dinero | None:
        """Interest on the date, in USD; None when it cannot be known."""
        if self.impedimento:
            return None
        return sum((d.interes.interes for d in self.lineas if d.interes), Dinero.CERO)

    @property
    def total(self) -> Dinero | None:
        """Capital and interest, in USD; None when interest cannot be known."""
        return None if self.interes is None else self.capital + self.interes


def deuda_de(empleador_id: int, *, alcance: Alcance, hoy: date) -> DeudaConsolidada:
    """Return the living debts of an employer within reach, to `hoy` (LSS art. 89)."""
    vivas = [o for o in obligaciones_de(empleador_id, solo_vivas=True) if alcanza(alcance, o)]
    return deudas(vivas, hoy=hoy)


def deudas(obligaciones: Sequence[ObligacionVista], *, hoy: date) -> DeudaConsolidada:
    """Return those debts to `hoy`; without a rate, only capital and the table to fill."""
    intereses: dict[int, InteresALaFecha] = {}
    impedimento = ""
    try:
        intereses = interes_a_la_fecha(
            obligaciones, corte=hoy, tasas=tabla_de_tasas(), parametros=cargar_parametros()
        )
    except Rechazo as rechazo:
        impedimento = rechazo.mensaje
    vivos = comprobantes_vivos_con([o.id for o in obligaciones])
    return DeudaConsolidada(
        tuple(
            Deuda(o, intereses.get(o.id), vivos.get(o.id, ""), max(0, _mora(o, hoy)))
            for o in obligaciones
        ),
        hoy,
        impedimento,
    )


def alcanza(alcance: Alcance, obligacion: ObligacionVista) -> bool:
    """Say whether a debt is within reach."""
    return alcance.contiene(provincia=obligacion.provincia, empleador_id=obligacion.empleador_id)


def _mora(obligacion: ObligacionVista, hoy: date) -> int:
    return (hoy - obligacion.fecha_vencimiento).days
