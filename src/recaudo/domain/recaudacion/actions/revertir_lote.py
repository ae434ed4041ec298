"""Undo what somebody affirmed of a batch: another person says that those are not its pieces."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Q
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR, cuenta_de_banco
from recaudo.domain.recaudacion.actions._comprobante_revivido import revivir_comprobantes
from recaudo.domain.recaudacion.actions._declaracion import ajustar_apertura
from recaudo.domain.recaudacion.actions._lote import DUDOSA, LoteSinRazon, razon_limpia
from recaudo.domain.recaudacion.actions._recepcion import NORMA, bloquear_importaciones
from recaudo.domain.recaudacion.actions._sacar_del_libro import SuDineroYaSeUso, sacar_credito
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.facts import LoteRevertido
from recaudo.domain.recaudacion.models import (
    Comprobante,
    Ingreso,
    LineaExtracto,
    LoteReconocido,
    Pago,
    PiezaContada,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import patas_de_cargo, patas_de_valor_recibido
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import fue_contada_por_extracto
from recaudo.domain.recaudacion.states import EstadoComprobante, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

__all__ = ["ACTO", "LoteSinRazon", "SuDineroYaSeUso", "revertir_lote"]
ACTO = Acto("revertir_lote", Permiso.LOTE_RECONOCER, LoteRevertido)
YA_VISTA = LineaExtracto.Resultado.YA_VISTA


class NoHayLote(Rechazo):
    """Nobody affirmed pieces of that line, or another person reverted it before."""

    mensaje = "De esa línea nadie reconoció piezas, o ya se revirtió: no hay nada que revertir."
    norma = NORMA


class RevierteQuienReconocio(Rechazo):
    """Four eyes: who affirmed it does not revert it (S03)."""

    mensaje = "Revierte una persona distinta de la que reconoció el lote. Pídaselo a otra."
    norma = NORMA


def revertir_lote(*, linea_id: int, por: Actor, hoy: date, razon: str) -> LoteReconocido:
    """This act will undo what was affirmed of a batch (four eyes, S03); it is in doubt again.

    What left the books enters them again and waits; what the pieces paid with its money is undone
    by `reversar_pagos`, and the money waits whole. It is not affirmed twice. Raises NoHayLote,
    RevierteQuienReconocio, SuDineroYaSeUso, LoteSinRazon, SinPermiso.
    """
    por.exigir(Permiso.LOTE_RECONOCER)
    razon = razon_limpia(razon)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        fila = _vigente(linea_id)
        if not es_otra_persona(por, fila.reconocido_por_id):
            raise RevierteQuienReconocio
        LoteReconocido.objects.filter(pk=fila.pk).update(
            revertido_por=por.nombre, revertido_por_id=por.id, revertido_en=Now(),
            razon_reversion=razon, hecho_id=a.hecho_id,
        )  # fmt: skip
        piezas = list(LineaExtracto.objects.filter(pk__in=fila.piezas).order_by("id"))
        if all(x.ocurrencia for x in piezas):
            _descontar(a, fila, piezas)
        else:
            _dejar_de_detallar(a, cursor, fila, piezas)
        a.declarar(
            LoteRevertido(
                fila.entera.extracto_id, fila.entera.numero, abs(fila.importe), razon
            )
        )  # fmt: skip
        fila.refresh_from_db()
    return fila


def _vigente(linea_id: int) -> LoteReconocido:
    fila = (
        LoteReconocido.objects.select_for_update(of=("self",)).select_related("entera")
        .filter(Q(entera=linea_id) | Q(lineas__contains=[linea_id]), revertido_en=None)
        .first()
    )  # fmt: skip
    if fila is None:
        raise NoHayLote
    return fila


def _descontar(a: ActoAbierto, fila: LoteReconocido, piezas: Sequence[LineaExtracto]) -> None:
    """The whole is no longer another way of telling entries of the books."""
    PiezaContada.objects.filter(movimiento__in=[x.pk for x in piezas]).delete()
    if fila.salio is not None:
        _volver_al_libro(a, fila)
    else:
        LineaExtracto.objects.filter(pk=fila.entera_id).update(motivo=DUDOSA)
    pagos = Pago.objects.filter(
        ingreso_id__in=[x.pk for x in piezas if not fue_contada_por_extracto(x.pk)]
    )
    Comprobante.objects.filter(
        pk__in=pagos.values("comprobante_id"), estado=EstadoComprobante.DEPOSITADO
    ).update(estado=EstadoComprobante.PAGADO)


def _volver_al_libro(a: ActoAbierto, fila: LoteReconocido) -> None:
    """The whole is an entry again, whose money waits; what repeated it repeats it again."""
    m = LineaExtracto.objects.get(pk=fila.salio_id or 0)
    iguales = LineaExtracto.objects.filter(
        cuenta_id=m.cuenta_id, fecha_contable=m.fecha_contable, referencia=m.referencia,
        entrada=m.entrada,
    )  # fmt: skip
    sitio = int(iguales.aggregate(m=Max("ocurrencia"))["m"] or 0) + 1
    banco, importe = cuenta_de_banco(m.cuenta_id), m.importe or Dinero.CERO
    valor = ValorPorAplicar.objects.filter(ingreso_id=m.pk, estado=EstadoValor.REVERSADO)
    es_credito = fila.importe > Dinero.CERO
    resultado = LineaExtracto.Resultado.CARGO
    patas = patas_de_cargo(banco=banco, importe=importe)
    motivo = ""
    if es_credito:
        resultado = LineaExtracto.Resultado.POR_IDENTIFICAR
        motivo = valor.values_list("motivo", flat=True).get()
        patas = patas_de_valor_recibido(banco=banco, importe=importe, comision=Dinero.CERO)
        valor.update(estado=EstadoValor.ABIERTO, resuelto_por=None, resuelto_en=None, razon="")
    LineaExtracto.objects.filter(pk=m.pk).update(
        resultado=resultado, motivo=motivo, ocurrencia=sitio, duplica_a=None
    )
    for x in LineaExtracto.objects.filter(pk__in=fila.lineas).exclude(pk__in=[m.pk, *fila.piezas]):
        LineaExtracto.objects.filter(pk=x.pk).update(motivo=_como(x, m), duplica_a=m.pk)
    asentar(
        acto=a, concepto="lote revertido", origen=("linea_extracto", m.pk), provincia=NACIONAL,
        patas=patas,
    )  # fmt: skip
    ajustar_apertura(a, m, fila.importe)


def _como(x: LineaExtracto, m: LineaExtracto) -> str:
    """Why a line is believed to repeat another, as the machine says it."""
    if x.fecha_contable != m.fecha_contable:
        return "FECHA"
    return "IGUAL" if x.referencia == m.referencia else "REFERENCIA"


def _dejar_de_detallar(
    a: ActoAbierto, cursor: CursorWrapper, fila: LoteReconocido, piezas: Sequence[LineaExtracto]
) -> None:
    """What the pieces paid is undone; the money of the whole waits again, and they are in doubt."""
    pagaron = [x for x in piezas if x.detalla_a is not None]
    if pagaron:
        sacar_credito(
            a, cursor, pagaron, cuenta=VALORES_POR_APLICAR, tipo=Ingreso.Tipo.LOTE,
            razon="No eran las piezas de ese lote",
        )  # fmt: skip
        revivir_comprobantes(a, pagaron)
        ValorPorAplicar.objects.filter(
            ingreso_id=fila.entera_id, estado=EstadoValor.DETALLADO
        ).update(estado=EstadoValor.ABIERTO, resuelto_por=None, resuelto_en=None, razon="")
    LineaExtracto.objects.filter(pk__in=[x.pk for x in piezas]).update(
        resultado=YA_VISTA, motivo=DUDOSA, duplica_a=fila.entera_id, detalla_a=None
    )
