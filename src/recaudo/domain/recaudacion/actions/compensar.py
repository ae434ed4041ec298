"""Use a credit in favour of a debtor on debts of the same debtor."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.plan_contable import CREDITO_A_FAVOR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.queries import (
    ObligacionNoExiste,
    ObligacionVista,
    bloquear,
    deuda_exigible_a,
    vencidas_de,
)
from recaudo.domain.recaudacion.actions.aplicar_valor import (
    LARGO_RAZON,
    DecisionSinRazon,
    ObligacionComprometida,
)
from recaudo.domain.recaudacion.actions.reimputar_pagos import reimputar_pagos
from recaudo.domain.recaudacion.batches.aplicar_a_elegidas import DineroElegido, aplicar_a_elegidas
from recaudo.domain.recaudacion.batches.pasos_de_reverso import EL_ULTIMO, bloquear_en_juego
from recaudo.domain.recaudacion.facts import CreditoCompensado, DeudasPagadas
from recaudo.domain.recaudacion.models import CreditoAFavor, Ingreso, Pago
from recaudo.domain.recaudacion.queries import (
    CreditoNoExiste,
    comprobantes_vivos_con,
    exigir_lo_vencido_primero,
)
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("compensar", Permiso.CREDITO_COMPENSAR, CreditoCompensado, DeudasPagadas)
NORMA = "R-REC-04"


class CreditoAgotado(Rechazo):
    """Nothing is left of the credit."""

    mensaje = "De ese crédito a favor no queda nada: ya se usó o se deshizo el pago que lo originó."
    norma = NORMA


class ObligacionYaPagada(Rechazo):
    """Some of the debts that somebody chose are paid: who chose is told, and nothing is applied."""

    norma = NORMA


def compensar(
    *, credito_id: int, obligaciones: Sequence[int], por: Actor, hoy: date, razon: str
) -> Pago:
    """This act will pay chosen debts with a credit of the same debtor (R-REC-04).

    What enters is the smaller of the credit and what the debts come to on `hoy`; interest runs
    until that day. While the debtor has an overdue debt that is not chosen, it pays none that is
    not due yet (C.D. 604). Raises CreditoNoExiste, CreditoAgotado, DecisionSinRazon,
    ObligacionNoExiste (missing or another's), ObligacionYaPagada (which ones), PrimeroLoVencido,
    ObligacionComprometida, AbonoNoAdmitido, TasaSinDatos, SinPermiso.
    """
    por.exigir(Permiso.CREDITO_COMPENSAR)
    if not es_razon(razon.strip(), hasta=LARGO_RAZON):
        raise DecisionSinRazon
    with (
        acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a,
        connection.cursor() as cursor,
    ):
        bloquear_en_juego(cursor, obligaciones, hoy, EL_ULTIMO)
        credito = CreditoAFavor.objects.select_for_update().filter(pk=credito_id).first()
        if credito is None:
            raise CreditoNoExiste
        if not credito.saldo:
            raise CreditoAgotado
        return reimputar_pagos(
            causa=a, cursor=cursor, deudas=obligaciones, desde=hoy,
            aplicar=lambda: _compensar(cursor, a, credito, obligaciones, razon.strip()),
        )  # fmt: skip


def _exigir_que_se_deban(elegidas: Sequence[ObligacionVista]) -> None:
    """Refuse (ObligacionYaPagada) chosen debts of which some are paid, and say which."""
    pagadas = [f"«{o.denominacion}»" for o in elegidas if not o.esta_viva]
    if pagadas:
        msg = (
            f"Ya no se debe {', '.join(pagadas)}. No se aplicó nada: quítelo de lo elegido y "
            "vuelva a ver qué pasará."
        )
        raise ObligacionYaPagada(msg)


def _compensar(
    cursor: CursorWrapper, a: ActoAbierto, credito: CreditoAFavor, elegidas: Sequence[int],
    razon: str,
) -> Pago:  # fmt: skip
    vivas = bloquear(elegidas)
    titular = (credito.empleador_id, credito.persona_id)
    if not vivas or any((o.empleador_id, o.persona_id) != titular for o in vivas):
        raise ObligacionNoExiste
    _exigir_que_se_deban(vivas)
    exigir_lo_vencido_primero(vivas, vencidas_de(*titular, antes_de=a.fecha), hoy=a.fecha)
    if ocupadas := comprobantes_vivos_con(o.id for o in vivas):
        numeros = ", ".join(sorted(set(ocupadas.values())))
        msg = f"Una de las obligaciones está en el comprobante vigente {numeros}."
        raise ObligacionComprometida(msg)
    deudas = deuda_exigible_a(vivas, corte=a.fecha)
    importe = min(credito.saldo, sum((d.total for d in deudas.values()), Dinero.CERO))
    ingreso = Ingreso.objects.create(
        tipo=Ingreso.Tipo.CREDITO_A_FAVOR, importe=importe, fecha=a.fecha,
        origen_tipo="credito_a_favor", origen_id=credito.pk, hecho_id=a.hecho_id,
    )  # fmt: skip
    aplicador = aplicar_a_elegidas(
        cursor,
        a,
        DineroElegido(
            ingreso_id=ingreso.pk,
            importe=importe,
            cuenta_debe=cuentas_por_codigo()[CREDITO_A_FAVOR],
            deudas=[deudas[o.id] for o in vivas],
            concepto="compensación",
        ),
    )
    CreditoAFavor.objects.filter(pk=credito.pk).update(saldo=credito.saldo - importe)
    pago = Pago.objects.get(ingreso_id=ingreso.pk)
    a.declarar(
        CreditoCompensado(
            credito.pk, pago.pk, credito.empleador_id, vivas[0].provincia, importe,
            tuple(o.id for o in vivas), razon,
        )
    )  # fmt: skip
    aplicador.declarar()
    return pago
