"""Money for debts that a person chose: the payment core with a set of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.queries import DeudaALaFecha
from recaudo.domain.recaudacion.batches.aplicar_ingresos import (
    AplicadorDeIngresos,
    elegir,
    un_ingreso,
)
from recaudo.domain.recaudacion.queries import fue_contada_por_extracto, imputar_en
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_DESTINO = "#1"


class DineroSinDestino(Rechazo):
    """The chosen debts are not what they were: somebody changed them meanwhile."""

    mensaje = "Una de las obligaciones elegidas cambió: vuelva a elegirlas."


@dataclass(frozen=True, slots=True, kw_only=True)
class DineroElegido:
    """One ingreso and the debts it pays, locked and liquidated to its date, of one debtor."""

    ingreso_id: int
    importe: Dinero
    cuenta_debe: int
    deudas: Sequence[DeudaALaFecha]
    concepto: str
    comprobante_id: int | None = None
    #: The debts it was for, paid ones included; those of `deudas` when nothing is said.
    elegidas: Sequence[int] = ()
    #: Whether the comprobante learns of the money: not again of what it knew.
    abona: bool = True


def aplicar_a_elegidas(
    cursor: CursorWrapper, a: ActoAbierto, dinero: DineroElegido
) -> AplicadorDeIngresos:
    """Apply one ingreso to chosen debts, in the open act, and post it; the caller declares it.

    Refuses AbonoNoAdmitido, naming the debt and what is missing, and DineroSinDestino.
    """
    imputar_en(dinero.importe, dinero.deudas)
    corte = dinero.deudas[0].corte
    elegir(cursor, _DESTINO, dinero.deudas, comprobante_id=dinero.comprobante_id)
    un_ingreso(
        cursor, ingreso_id=dinero.ingreso_id, importe=dinero.importe,
        cuenta_debe=dinero.cuenta_debe, fecha_pago=corte, destino=_DESTINO,
    )  # fmt: skip
    aplicador = AplicadorDeIngresos(
        cursor, a, cobrado=_cobrado(cursor, dinero), cobrables=(EstadoComprobante.GENERADO,),
        concepto=dinero.concepto, abona=dinero.abona,
    )  # fmt: skip
    aplicador.decidir()
    aplicador.recordar_elegidas(dinero.elegidas or [d.obligacion.id for d in dinero.deudas])
    cursor.execute("SELECT resultado FROM i_resultado")
    if cursor.fetchone()[0] == "POR_IDENTIFICAR":
        raise DineroSinDestino
    aplicador.asentar_pagos(origen=("ingreso", dinero.ingreso_id))
    aplicador.guardar()
    cursor.execute("DELETE FROM i_elegida")
    return aplicador


def _cobrado(cursor: CursorWrapper, dinero: DineroElegido) -> EstadoComprobante:
    """Say what the money makes of its comprobante: what a statement booked is in the account."""
    if dinero.comprobante_id is None:
        return EstadoComprobante.PAGADO
    depositado = fue_contada_por_extracto(raiz_del_dinero(cursor, dinero.ingreso_id))
    return EstadoComprobante.DEPOSITADO if depositado else EstadoComprobante.PAGADO


def raiz_del_dinero(cursor: CursorWrapper, ingreso_id: int) -> int:
    """Return the number with which that money entered, whatever was imputed again since."""
    cursor.execute("SELECT recaudo_dinero_raiz(%s)", [ingreso_id])
    return int(cursor.fetchone()[0])
