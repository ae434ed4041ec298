"""Undo the payments whose money the bank took back; impute again those that came after."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.aplicar_pagos import devolver_pagos, restar_rubros
from recaudo.domain.obligaciones.queries import bloquear, deuda_exigible_a
from recaudo.domain.recaudacion.batches.aplicar_a_elegidas import (
    DineroElegido,
    aplicar_a_elegidas,
)
from recaudo.domain.recaudacion.batches.aplicar_ingresos import (
    RESPONSABLE,
    AplicadorDeIngresos,
)
from recaudo.domain.recaudacion.batches.pasos_de_reverso import pasos_de_reverso
from recaudo.domain.recaudacion.facts import DeudasPagadas, PagosReversados
from recaudo.domain.recaudacion.models import Ingreso, ValorPorAplicar
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import PasosSql
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("reversar_pagos", None, PagosReversados, DeudasPagadas)
NORMA: Final = "R-REC-01"
_REVIVIDAS: Final = "r_deuda"
_POCAS: Final = 50


def reversar_pagos(*, causa: ActoAbierto, cursor: CursorWrapper, tabla: str) -> int:
    """This act will undo, inside `causa`, the payments whose money the bank takes back (R-REC-01).

    `tabla` is a temporary table of the caller, one row for each reversal: `ingreso_id` (the money
    that had entered), `reverso_id` (the ingreso of the debit, which exists already), `cuenta`
    (ledger account that the money leaves). Debts live again where they were, with their interest;
    funds and ledger by entries of the contrary sign; credits disappear; the comprobante is
    `reversado`, or owes again what was an abono; money still in the queue leaves it. What was paid
    later on the same debts is imputed again from its own date (D19, D20).

    Leaves `r_pedido` (ingreso_id, resultado): PAGO and VALOR were undone; YA_REVERSADO, SIN_DINERO
    and CREDITO_USADO (a person decides) were not. Returns how many were undone.
    """
    pasos = pasos_de_reverso(cursor, tabla)
    pasos("limpiar", "pedidos", "cadenas", "bloquear_deudas")
    cursor.execute("DROP TABLE r_cadena")
    pasos("cadenas", "usados", "elegidos")
    pagos, posteriores, valores = pasos.fila("cuantos")
    if not pagos and not valores:
        return 0
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        _deshacer(cursor, a, pasos, pagos, posteriores)
        pendientes = _pendientes(cursor, pasos)
        _declarar(cursor, a, pagos - posteriores + valores)
        for pago_id, importe, fecha, comprobante_id, deudas in pendientes:
            _imputar_de_nuevo(
                cursor, a, (pago_id, comprobante_id), Dinero.de_centavos(importe), fecha, deudas
            )
    return int(pagos - posteriores + valores)


def _deshacer(
    cursor: CursorWrapper, a: ActoAbierto, pasos: PasosSql, pagos: int, posteriores: int
) -> None:
    """Write the payments of the contrary sign, post them, and give back to debts what they took."""
    pasos.valores |= {
        "hecho": a.hecho_id,
        "actor": a.por.id,
        "hoy": a.fecha,
        "por_aplicar": cuentas_por_codigo()[VALORES_POR_APLICAR],
        "base_pago": pasos.reservar("recaudacion_pago", pagos),
        "base_ingreso": pasos.reservar("recaudacion_ingreso", posteriores),
    }
    pasos(
        "deudas", "contrarios", "ingresos_contrarios", "valores_contrarios",
        "aplicaciones_contrarias", "rubros_contrarios",
    )  # fmt: skip
    aplicador = AplicadorDeIngresos(
        cursor, a, cobrado=EstadoComprobante.PAGADO, concepto="reverso de pago"
    )
    aplicador.asentar_contrarios(origen=("reverso", a.hecho_id))
    devolver_pagos(cursor, pasos.texto("devoluciones"))
    restar_rubros(
        cursor,
        "SELECT obligacion_id, rubro, fondo, sum(importe)::bigint AS importe FROM i_rubro "
        "GROUP BY obligacion_id, rubro, fondo",
    )
    pasos("deshacer_creditos", "deshacer_comprobantes", "deshacer_abonos", "deshacer_valores")


def _pendientes(cursor: CursorWrapper, pasos: PasosSql) -> Sequence[tuple[Any, ...]]:
    pasos("por_imputar")
    return list(cursor.fetchall())


def _declarar(cursor: CursorWrapper, a: ActoAbierto, cuantos: int) -> None:
    cursor.execute(
        "SELECT coalesce(sum(importe), 0)::bigint FROM r_pedido WHERE resultado IN "
        "('PAGO', 'VALOR')"
    )
    importe = Dinero.de_centavos(cursor.fetchone()[0])
    cursor.execute(
        f"SELECT obligacion_id FROM {_REVIVIDAS} ORDER BY 1 LIMIT %s",  # noqa: S608 - our table
        [_POCAS + 1],
    )
    deudas = tuple(fila[0] for fila in cursor.fetchall())
    a.declarar(
        PagosReversados(
            a.hecho_id, cuantos, importe, deudas if len(deudas) <= _POCAS else (), _REVIVIDAS
        )
    )


def _imputar_de_nuevo(
    cursor: CursorWrapper,
    a: ActoAbierto,
    origen: tuple[int, int | None],
    importe: Dinero,
    fecha: date,
    deudas: Sequence[int] | None,
) -> None:
    """Apply a later payment again, from its own date, to the debts it had paid; or queue it."""
    pago_id, comprobante_id = origen
    ingreso = Ingreso.objects.create(
        tipo=Ingreso.Tipo.REIMPUTACION, importe=importe, fecha=fecha, origen_tipo="pago",
        origen_id=pago_id, hecho_id=a.hecho_id,
    )  # fmt: skip
    vivas = [o for o in bloquear(deudas or ()) if o.esta_viva]
    try:
        if not vivas:
            raise SinDeudaQuePagar
        liquidadas = deuda_exigible_a(vivas, corte=fecha)
        aplicar_a_elegidas(
            cursor,
            a,
            DineroElegido(
                ingreso_id=ingreso.pk,
                importe=importe,
                cuenta_debe=cuentas_por_codigo()[VALORES_POR_APLICAR],
                deudas=[liquidadas[o.id] for o in vivas],
                comprobante_id=comprobante_id,
                concepto="pago imputado de nuevo",
            ),
        ).declarar()
    except Rechazo:
        ValorPorAplicar.objects.create(
            ingreso_id=ingreso.pk, motivo=ValorPorAplicar.Motivo.OBLIGACION_CAMBIO,
            importe=importe, responsable=RESPONSABLE, recibido_el=fecha,
        )  # fmt: skip


class SinDeudaQuePagar(Rechazo):
    """What a payment had paid is owed no more: its money waits for a person."""

    mensaje = "Lo que ese pago cubría ya no se debe: su dinero queda por identificar."
