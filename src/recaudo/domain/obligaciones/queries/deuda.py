"""What a debt comes to on a date: capital, interest by the rule of each rubro, why, and the doubt.

The one place that computes it: portal, office, comprobante, API, certificate and agreements show
what it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.catalogo import clase_de
from recaudo.domain.obligaciones.queries.obligaciones import ObligacionVista
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.mora.reglas import Regla, norma_de_la_regla, regla_de_interes
from recaudo.norma.mora.tasas import TablaTasas
from recaudo.norma.parametros import (
    EstadoVerificacion,
    Parametros,
    cargar_parametros,
    peor_estado,
)

#: What is not overdue bears no interest at any rate: the published table is not read.
_SIN_MORA = TablaTasas(())
_LSS89 = "LSS art. 89"


@dataclass(frozen=True, slots=True)
class DeudaALaFecha:
    """One debt on `corte`, in USD: its interest by rubro, its reasons, its doubt.

    `interes` is None when the rate of the month is missing: `DeudaConsolidada.impedimento` says it.
    `normas_del_interes` are those by which it runs, overdue or not; none, when it never does.
    """

    obligacion: ObligacionVista
    corte: date
    interes: Dinero | None
    intereses: tuple[tuple[str, Dinero], ...] = ()
    estado_verificacion: EstadoVerificacion = EstadoVerificacion.VERIFICADO
    traza: Traza = Traza()  # noqa: RUF009 - immutable
    normas_del_interes: tuple[str, ...] = ()

    @property
    def capital(self) -> Dinero:
        """What is still owed without interest."""
        return self.obligacion.saldo

    @property
    def total(self) -> Dinero:
        """Capital still owed plus interest, as far as it is known."""
        return self.capital + (self.interes or Dinero.CERO)

    @property
    def esta_vencida(self) -> bool:
        """Say whether its last day to pay has passed."""
        return self.corte > self.obligacion.fecha_vencimiento

    @property
    def dias_de_mora(self) -> int:
        """Calendar days from the day after the last one to pay, to the date; 0 before."""
        return max(0, (self.corte - self.obligacion.fecha_vencimiento).days)


@dataclass(frozen=True, slots=True)
class DeudaConsolidada:
    """Several debts on a date. `impedimento`: the rate missing, when interest is unknown."""

    lineas: tuple[DeudaALaFecha, ...]
    al: date
    impedimento: Rechazo | None = None

    @property
    def capital(self) -> Dinero:
        """Capital that is left, in USD."""
        return sum((linea.capital for linea in self.lineas), Dinero.CERO)

    @property
    def interes(self) -> Dinero | None:
        """Interest on the date, in USD; None when it cannot be known."""
        if self.impedimento is not None:
            return None
        return sum((linea.interes or Dinero.CERO for linea in self.lineas), Dinero.CERO)

    @property
    def total(self) -> Dinero | None:
        """Capital and interest, in USD; None when interest cannot be known."""
        return None if self.interes is None else self.capital + self.interes

    @property
    def vencidas(self) -> int:
        """How many are overdue."""
        return sum(1 for linea in self.lineas if linea.esta_vencida)


def deuda_a(obligaciones: Sequence[ObligacionVista], *, corte: date) -> DeudaConsolidada:
    """Return what those debts come to on `corte` (LSS art. 89), in the order given.

    Without the rate of the month the debts that bear interest come with `interes` None, and
    `impedimento` says what to load.
    """
    parametros = cargar_parametros()
    tasas = _tasas(obligaciones, corte)
    lineas, impedimento = [], None
    for una in obligaciones:
        try:
            lineas.append(_liquidar(una, corte, tasas, parametros))
        except Rechazo as falta:
            impedimento = falta
            lineas.append(DeudaALaFecha(una, corte, None))
    return DeudaConsolidada(tuple(lineas), corte, impedimento)


def deuda_exigible_a(
    obligaciones: Sequence[ObligacionVista], *, corte: date
) -> dict[int, DeudaALaFecha]:
    """Return each debt on `corte`, by its number, to be paid: nothing may be missing.

    Raises TasaSinDatos or TasaProvisional when some debt bears interest whose rate is not in force.
    """
    parametros = cargar_parametros()
    tasas = _tasas(obligaciones, corte)
    return {una.id: _liquidar(una, corte, tasas, parametros) for una in obligaciones}


def _tasas(obligaciones: Sequence[ObligacionVista], corte: date) -> TablaTasas:
    hay_mora = any(corte > una.fecha_vencimiento for una in obligaciones)
    return tabla_de_tasas() if hay_mora else _SIN_MORA


def _liquidar(
    una: ObligacionVista, corte: date, tasas: TablaTasas, parametros: Parametros
) -> DeudaALaFecha:
    """Interest of one debt: rounded once for each rule that runs on it, since it was settled."""
    desde = max(una.fecha_vencimiento, una.interes_hasta or una.fecha_vencimiento)
    total, traza, estados = Dinero.CERO, Traza(), []
    intereses: list[tuple[str, Dinero]] = []
    normas: list[str] = []
    for regla, capital, rubros in _por_regla(una, corte, parametros):
        if regla is Regla.NINGUNA:
            traza = traza.mas("Sin interés de mora", ", ".join(rubros), "")
            continue
        calculado = calcular_interes(
            capital=capital, vencimiento=desde, corte=corte, parametros=parametros,
            regla=regla, tasas=tasas,
        )  # fmt: skip
        normas.append(norma_de_la_regla(regla, en=corte, parametros=parametros))
        intereses.append((", ".join(rubros), calculado.interes))
        total += calculado.interes
        estados.append(calculado.estado_verificacion)
        traza = traza.unida(calculado.traza)
    if desde != una.fecha_vencimiento:
        traza = traza.mas("El interés está pagado hasta", desde.isoformat(), _LSS89)
    if una.interes_abonado:
        total = max(total - una.interes_abonado, Dinero.CERO)
        traza = traza.mas("Interés ya abonado", una.interes_abonado, "Código Civil art. 1611").mas(
            "Interés que falta", total, _LSS89
        )
    estado = peor_estado(*estados) if estados else EstadoVerificacion.VERIFICADO
    return DeudaALaFecha(una, corte, total, tuple(intereses), estado, traza, tuple(normas))


def _por_regla(
    una: ObligacionVista, corte: date, parametros: Parametros
) -> list[tuple[Regla, Dinero, list[str]]]:
    """Add up the rubros under one rule: what is rounded together."""
    clase = clase_de(una.clase)
    grupos: dict[Regla, tuple[Dinero, list[str]]] = {}
    for parte in una.rubros:
        regla = regla_de_interes(clase=clase, rubro=parte.rubro, en=corte, parametros=parametros)
        suma, nombres = grupos.get(regla, (Dinero.CERO, []))
        grupos[regla] = (suma + parte.saldo, [*nombres, parte.rubro])
    return [(regla, suma, nombres) for regla, (suma, nombres) in grupos.items()]
