"""Until when the frozen amount of a comprobante de pago can be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.kernel.reasons import Traza
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidezDeComprobante:
    """Last local civil date on which the amount holds (until 23:59, America/Guayaquil)."""

    hasta: date
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("LSS art. 89")
def validez_de_comprobante(
    *, generado: date, vencimientos: Sequence[date], parametros: Parametros
) -> ValidezDeComprobante:
    """Validity of a comprobante that groups obligations due on ``vencimientos``.

    Nothing overdue: until the earliest due date. Any overdue obligation carries interest that
    changes the next day: the parameter ``comprobante.dias_con_mora`` (0 = the same day).
    """
    vencidas = [fecha for fecha in vencimientos if fecha < generado]
    traza = Traza().mas("Generado", generado.isoformat(), "")
    parametro = parametros.vigente("comprobante.dias_con_mora", en=generado)
    if vencidas or not vencimientos:
        hasta = generado.fromordinal(generado.toordinal() + parametro.entero)
        motivo = "Contiene intereses, que cambian cada día" if vencidas else "Sin vencimiento"
        traza = traza.mas(motivo, hasta.isoformat(), "LSS art. 89")
    else:
        hasta = min(vencimientos)
        traza = traza.mas("Primer vencimiento que incluye", hasta.isoformat(), "LSS art. 73")
    return ValidezDeComprobante(
        hasta=hasta,
        estado_verificacion=parametro.estado_verificacion,
        traza=traza.mas("Se puede pagar hasta", f"{hasta.isoformat()} 23:59", ""),
    )
