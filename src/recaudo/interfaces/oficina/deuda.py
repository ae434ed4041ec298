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
from recaudo.domain.recaudacion.queries import PagoPrevisto, Prevision, comprobantes_vivos_con
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar

#: How many debts one act may name in its address.
MAXIMO_DE_DEUDAS = 60
#: What an act page says that only knows what it would do by doing and undoing it.
PULSE = "Pulse «Ver qué pasará»: se calcula sin cambiar nada, y entonces decide."


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


def frase_de_pago(pago: PagoPrevisto) -> str:
    """What one debt will receive and will still owe, in a sentence."""
    o = pago.obligacion
    cual = f"La deuda «{o.denominacion}»"
    if not pago.recibe:
        return f"{cual} no recibe nada y seguirá debiendo {pago.quedara.formato()}."
    partes = f"{pago.interes.formato()} de interés y {pago.capital.formato()} de capital"
    queda = f"quedará {palabra_de_estado(o.estado).lower()}"
    if pago.quedara:
        queda = f"seguirá debiendo {pago.quedara.formato()}"
    return f"{cual} recibe {pago.recibe.formato()} ({partes}) y {queda}."


def las_deudas(obligaciones: Sequence[ObligacionVista]) -> str:
    """Name some debts, with their article: la deuda «Costas N.º 4»."""
    nombres = [f"«{o.denominacion}»" for o in obligaciones]
    todas = " y ".join(filter(None, (", ".join(nombres[:-1]), nombres[-1])))
    return f"la deuda {todas}" if len(nombres) == 1 else f"las deudas {todas}"


def frases_de_orden(previsto: Prevision) -> list[str]:
    """What becomes of the payments dated after the money: one sentence, or none."""
    if not previsto.reimputados:
        return []
    cuantos = contar(previsto.reimputados, "pago", "pagos")
    frase = f"Hay {cuantos} de fecha posterior: cada uno se imputa de nuevo desde su propia fecha"
    if previsto.a_favor_de_otros:
        frase += f", y {previsto.a_favor_de_otros.formato()} que ya no se deben quedan a favor"
    return [f"{frase}."]
