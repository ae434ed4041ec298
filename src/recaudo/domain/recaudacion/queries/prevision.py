"""How an amount is imputed to some debts, one by one, and the shape of what an act would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.queries import DeudaALaFecha, ObligacionVista
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import (
    DeudaPorRubro,
    admite_abono,
    imputar,
    orden_de_imputacion,
)
from recaudo.norma.parametros import cargar_parametros

INTERES = "INTERES"


class AbonoNoAdmitido(Rechazo):
    """A debt in planilla is paid whole (parameter `imputacion.admite_abono`)."""

    norma = "Reglas de abonos (R-PAG)"


@dataclass(frozen=True, slots=True)
class PagoPrevisto:
    """What one debt will receive and will still owe, in USD."""

    obligacion: ObligacionVista
    interes: Dinero
    capital: Dinero
    quedara: Dinero

    @property
    def recibe(self) -> Dinero:
        """Interest and capital together."""
        return self.interes + self.capital


@dataclass(frozen=True, slots=True)
class Prevision:
    """What applying an amount will do; `impedimento` says why it cannot be done at all."""

    fecha_pago: date
    pagos: tuple[PagoPrevisto, ...]
    excedente: Dinero
    impedimento: str = ""
    #: Payments of a later date imputed again, and the credit that appears for who made them.
    reimputados: int = 0
    a_favor_de_otros: Dinero = Dinero.CERO
    #: The state in which its comprobante is left, as the act left it; None without one.
    comprobante: EstadoComprobante | None = None


def imputar_en(
    importe: Dinero, deudas: Sequence[DeudaALaFecha]
) -> tuple[dict[int, dict[str, Dinero]], Dinero]:
    """Return what each rubro of each debt receives, and what is left over, in USD.

    The scalar twin of the payment core. Each debt takes the order of its own state. An
    amount that does not cover them all needs that all take partial payments: else AbonoNoAdmitido.
    """
    parametros = cargar_parametros()
    fecha = deudas[0].corte
    ordenes = [
        orden_de_imputacion(estado=d.obligacion.contable, en=fecha, parametros=parametros)
        for d in deudas
    ]
    imputacion = imputar(
        importe=importe,
        deudas=[
            DeudaPorRubro(
                id=d.obligacion.id,
                vencimiento=d.obligacion.fecha_vencimiento,
                rubros=_debe(d),
                orden=orden,
            )
            for d, orden in zip(deudas, ordenes, strict=True)
        ],
        orden=ordenes[0],
    )
    falta = sum((d.total for d in deudas), Dinero.CERO) - importe
    enteras = [
        d.obligacion
        for d in deudas
        if not admite_abono(estado=d.obligacion.contable, en=fecha, parametros=parametros)
    ]
    if falta > Dinero.CERO and enteras:
        raise AbonoNoAdmitido(_por_que_no(enteras, falta))
    pagado: dict[int, dict[str, Dinero]] = {d.obligacion.id: {} for d in deudas}
    for una in imputacion.aplicaciones:
        pagado[int(una.id)][una.rubro] = una.importe
    return pagado, imputacion.excedente


def _debe(d: DeudaALaFecha) -> dict[str, Dinero]:
    capital = {parte.rubro: parte.saldo for parte in d.obligacion.rubros}
    return {INTERES: d.interes or Dinero.CERO, **capital}


def _por_que_no(enteras: Sequence[ObligacionVista], falta: Dinero) -> str:
    cual = enteras[0]
    nombre = (
        f"La planilla de {cual.periodo.en_palabras}"
        if cual.periodo
        else f"La deuda «{cual.nombre_de_clase}»"
    )
    return (
        f"{nombre} no admite abonos y le faltarían {falta.formato()}. Elija obligaciones que el "
        "valor cubra por completo."
    )
