"""What applying money to some debts will do, told before, computed by the same rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.queries import ObligacionVista
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.domain.recaudacion.queries.comprobantes import (
    InteresALaFecha,
    estado_contable,
    interes_a_la_fecha,
)
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import (
    DeudaPorRubro,
    admite_abono,
    imputar,
    orden_de_imputacion,
)
from recaudo.norma.parametros import cargar_parametros


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


def prever_aplicacion(
    importe: Dinero, deudas: Sequence[ObligacionVista], *, fecha_pago: date
) -> Prevision:
    """Say how an amount paid on a day would be applied to those debts (order of the norm)."""
    try:
        intereses = interes_a_la_fecha(
            deudas, corte=fecha_pago, tasas=tabla_de_tasas(), parametros=cargar_parametros()
        )
        pagado, excedente = imputar_en(importe, deudas, intereses, fecha_pago)
    except Rechazo as rechazo:
        return Prevision(fecha_pago, (), Dinero.CERO, rechazo.mensaje)
    return Prevision(
        fecha_pago, tuple(_previsto(o, pagado[o.id], intereses[o.id]) for o in deudas), excedente
    )


def imputar_en(
    importe: Dinero,
    deudas: Sequence[ObligacionVista],
    intereses: Mapping[int, InteresALaFecha],
    fecha_pago: date,
) -> tuple[dict[int, dict[str, Dinero]], Dinero]:
    """Return what each rubro of each debt receives, and what is left over, in USD.

    The order is that of the most advanced state present. Raises AbonoNoAdmitido when a debt that
    takes no partial payment would get one.
    """
    parametros = cargar_parametros()
    estados = {o.id: estado_contable(o) for o in deudas}
    orden = orden_de_imputacion(
        estado="GLOSA" if "GLOSA" in estados.values() else "PLANILLA",
        en=fecha_pago,
        parametros=parametros,
    )
    rubros = {
        o.id: {
            "INTERES": intereses[o.id].interes, "APORTE_PERSONAL": o.saldo_personal,
            "APORTE_PATRONAL": o.saldo_patronal, "CCC": o.saldo_ccc,
        }
        for o in deudas
    }  # fmt: skip
    imputacion = imputar(
        importe=importe,
        deudas=[
            DeudaPorRubro(id=o.id, vencimiento=o.fecha_vencimiento, rubros=rubros[o.id])
            for o in deudas
        ],
        orden=orden,
    )  # fmt: skip
    pagado: dict[int, dict[str, Dinero]] = {o.id: {} for o in deudas}
    for una in imputacion.aplicaciones:
        pagado[int(una.id)][una.rubro] = una.importe
    for o in deudas:
        falta = sum(rubros[o.id].values(), Dinero.CERO) - sum(pagado[o.id].values(), Dinero.CERO)
        admite = admite_abono(estado=estados[o.id], en=fecha_pago, parametros=parametros)
        if falta and not admite:
            msg = (
                f"La planilla del período {o.periodo} no admite abonos y le faltarían "
                f"{falta.formato()}. Elija obligaciones que el valor cubra por completo."
            )
            raise AbonoNoAdmitido(msg)
    return pagado, imputacion.excedente


def _previsto(
    o: ObligacionVista, rubros: Mapping[str, Dinero], interes: InteresALaFecha
) -> PagoPrevisto:
    del_interes = rubros.get("INTERES", Dinero.CERO)
    capital = sum(rubros.values(), Dinero.CERO) - del_interes
    return PagoPrevisto(o, del_interes, capital, o.saldo - capital + interes.interes - del_interes)
