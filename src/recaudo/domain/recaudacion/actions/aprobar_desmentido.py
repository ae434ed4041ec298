"""Undo what a notice told and the bank denies, as another person proposed it."""

from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.actions._comprobante_revivido import revivir_comprobantes
from recaudo.domain.recaudacion.actions._desmentido import negada_por_el_banco, propuesta_de_otro
from recaudo.domain.recaudacion.actions._recepcion import NORMA, bloquear_importaciones
from recaudo.domain.recaudacion.actions._sacar_del_libro import (
    SuDineroYaSeUso,
    devolver_comisiones,
    sacar_cargo,
    sacar_credito,
)
from recaudo.domain.recaudacion.actions.pagar_con_lo_que_espera import pagar_con_lo_que_espera
from recaudo.domain.recaudacion.facts import AvisoDesmentido
from recaudo.domain.recaudacion.models import DesmentidoDeAviso, Ingreso, LineaExtracto
from recaudo.domain.recaudacion.queries import dinero_de_la_entrada
from recaudo.domain.recaudacion.queries.cargos import partes_de_la_entrada
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero

__all__ = ["ACTO", "SuDineroYaSeUso", "aprobar_desmentido"]
ACTO = Acto("aprobar_desmentido", Permiso.DESMENTIDO_APROBAR, AvisoDesmentido)
_CONCEPTO = "aviso desmentido"


def aprobar_desmentido(*, desmentido_id: int, por: Actor, hoy: date) -> DesmentidoDeAviso:
    """This act will undo an entry that a notice told and the bank denies (C.D. 497 2.3.2.1; S03).

    It is looked at again before its bank. Its payments are undone by `reversar_pagos`, with their
    debts, interest, funds and ledger; what waits leaves the queue; a debit leaves the account to
    clear up. A comprobante that it had paid is payable again, and the money that cites it and found
    it paid pays it now. The line keeps its place in its statement and none in the account. Raises
    DesmentidoNoExiste, DesmienteQuienPropuso, ElBancoNoLoNiega, SuDineroYaSeUso, SinPermiso.
    """
    por.exigir(Permiso.DESMENTIDO_APROBAR)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        fila = propuesta_de_otro(desmentido_id, por)
        negada_por_el_banco(fila.linea_id)
        DesmentidoDeAviso.objects.filter(pk=fila.pk).update(
            estado=EstadoAclaracion.APROBADA, resuelta_por=por.id, resuelta_el=hoy
        )
        cobros, pagados = _sacar(a, cursor, fila.linea)
        a.declarar(
            AvisoDesmentido(
                fila.linea.extracto_id, fila.linea.numero, fila.pk, abs(fila.importe), cobros,
                pagados,
            )
        )  # fmt: skip
        fila.refresh_from_db()
    return fila


def _sacar(a: ActoAbierto, cursor: CursorWrapper, primera: LineaExtracto) -> tuple[int, int]:
    """Take the entry out; return how many collections it undid, and comprobantes paid instead."""
    partes = partes_de_la_entrada(primera)
    dinero = list(
        LineaExtracto.objects.filter(pk__in=dinero_de_la_entrada(primera.pk)).order_by("id")
    )
    pagados = 0
    if (primera.entrada or Dinero.CERO) < Dinero.CERO:
        sacar_cargo(a, primera, concepto=_CONCEPTO)
    else:
        banco = cuenta_de_banco(primera.cuenta_id)
        sacar_credito(
            a, cursor, dinero, cuenta=banco, tipo=Ingreso.Tipo.DESMENTIDO,
            razon="El extracto del banco no lo tiene",
        )  # fmt: skip
        devolver_comisiones(a, partes, cuenta=banco, concepto=_CONCEPTO)
    LineaExtracto.objects.filter(pk__in={x.pk for x in (*partes, *dinero)}).update(
        resultado=LineaExtracto.Resultado.RECHAZADA, motivo="DESMENTIDA", ocurrencia=0
    )
    if dinero:
        revividos = revivir_comprobantes(a, dinero)
        pagados = pagar_con_lo_que_espera(causa=a, cursor=cursor, comprobantes=revividos)
    return len(dinero), pagados
