"""The lines of a bank that no comprobante explains: what the queue of unidentified money is for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recaudo.ensayo.demostracion.escenario import REENVIO
from recaudo.ensayo.demostracion.extractos import Abono
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import numero_con_control

_SERIE_QUE_NO_EXISTE = 900_000_000


def lineas_ajenas(pagos: Sequence[Abono], dia: date) -> list[Abono]:
    """Return one line of each kind that banks send besides good payments.

    A cash deposit that cites nothing, a comprobante that does not exist, the commission of the
    bank, and the smallest payment made twice. On the day of its oversight, a deposit that the bank
    has not booked, and never will.
    """
    prefijo = f"BE{dia:%y%m%d}9"
    ajenas = [
        Abono(
            importe=Dinero("87.40"), fecha=dia, referencia=f"{prefijo}0001",
            ordenante="DEPOSITO EN EFECTIVO", texto="DEPOSITO VENTANILLA SIN REFERENCIA",
        ),
        Abono(
            importe=Dinero("150.00"), fecha=dia, referencia=f"{prefijo}0002",
            ordenante="ORDENANTE DE EJEMPLO",
            cita=numero_con_control(dia.year, _SERIE_QUE_NO_EXISTE + dia.toordinal()),
        ),
        Abono(importe=Dinero("0.35"), fecha=dia, referencia=f"{prefijo}0003", es_cargo=True),
    ]  # fmt: skip
    if pagos:
        menor = min(pagos, key=lambda pago: (pago.importe, pago.referencia))
        ajenas.append(replace(menor, referencia=f"{prefijo}0004"))
    if dia == REENVIO:
        ajenas.append(
            Abono(
                importe=Dinero("64.20"), fecha=dia, referencia=f"{prefijo}0005",
                ordenante="CHEQUE POR EFECTIVIZAR", texto="CHEQUE DE OTRO BANCO",
                es_pendiente=True,
            )
        )  # fmt: skip
    return ajenas
