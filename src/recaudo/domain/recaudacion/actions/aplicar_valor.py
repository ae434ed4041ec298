"""Apply by hand money that the machine could not place."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from recaudo.domain.recaudacion.actions._colocar_valor import (
    NORMA,
    CitaDeOtro,
    DestinoIncompleto,
    DeudoresDistintos,
    NadaPorPagar,
    ObligacionComprometida,
    Pedido,
    ValorYaResuelto,
    colocar_valor,
)
from recaudo.domain.recaudacion.facts import DeudasPagadas, ValorAplicado
from recaudo.domain.recaudacion.models import Pago
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

__all__ = [
    "ACTO",
    "CitaDeOtro",
    "DecisionSinRazon",
    "DestinoIncompleto",
    "DeudoresDistintos",
    "NadaPorPagar",
    "ObligacionComprometida",
    "ValorYaResuelto",
    "aplicar_valor",
]
ACTO = Acto("aplicar_valor", Permiso.VALOR_APLICAR, ValorAplicado, DeudasPagadas)
LARGO_RAZON = 400


class DecisionSinRazon(Rechazo):
    """Money is never placed without saying why."""

    mensaje = "Escriba la razón de la decisión, en 400 letras como máximo."
    norma = NORMA


def aplicar_valor(
    *,
    valor_id: int,
    por: Actor,
    hoy: date,
    razon: str,
    comprobante_numero: str | None = None,
    empleador_id: int | None = None,
    obligaciones: Sequence[int] = (),
    cita_de_otro: bool = False,
) -> Pago:
    """This act will apply an open value to a comprobante's debts or to chosen ones (R-REC-03).

    Interest runs to the channel's transaction date (R-VEN-04); the order is that of the norm;
    what is left over becomes a credit of the same debtor. What was paid on those debts with a later
    date is imputed again behind it (`reimputar_pagos`). A line that cites a comprobante of another
    employer needs `cita_de_otro`: who decides saw it. Raises ValorNoExiste, ValorYaResuelto,
    DecisionSinRazon, DestinoIncompleto, ComprobanteNoExiste, ObligacionNoExiste,
    DeudoresDistintos, NadaPorPagar, CitaDeOtro,
    ObligacionComprometida, AbonoNoAdmitido, CreditoYaUsado, TasaSinDatos, SinPermiso.
    """
    por.exigir(Permiso.VALOR_APLICAR)
    if not es_razon(razon.strip(), hasta=LARGO_RAZON):
        raise DecisionSinRazon
    pedido = Pedido(comprobante_numero, empleador_id, obligaciones, cita_de_otro)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        return colocar_valor(cursor, a, valor_id, pedido, razon)
