"""Undo what somebody declared money of its own: another person says that it is not."""

from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.actions._declaracion import (
    ajustar_apertura,
)
from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    bloquear_importaciones,
)
from recaudo.domain.recaudacion.actions._sacar_del_libro import (
    SuDineroYaSeUso,
    devolver_comisiones,
    sacar_cargo,
    sacar_credito,
)
from recaudo.domain.recaudacion.facts import DeclaracionDeLineaRevertida
from recaudo.domain.recaudacion.models import (
    DeclaracionRevertida,
    DineroDeclarado,
    Ingreso,
    LineaExtracto,
)
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import LineaNoExiste
from recaudo.domain.recaudacion.queries.cargos import partes_de_la_entrada
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

__all__ = ["ACTO", "SuDineroYaSeUso", "revertir_declaracion"]
ACTO = Acto("revertir_declaracion", Permiso.LINEA_DECLARAR_PROPIA, DeclaracionDeLineaRevertida)
_CONCEPTO = "declaración revertida"


class NoEstaDeclarada(Rechazo):
    """Only what somebody declared money of its own, and nobody reverted, can be reverted."""

    mensaje = "Esa línea no está declarada como dinero propio: no hay nada que revertir."
    norma = NORMA


class RevierteQuienDeclaro(Rechazo):
    """Four eyes: who declared it does not revert it (S03)."""

    mensaje = "Revierte una persona distinta de la que declaró la línea. Pídaselo a otra."
    norma = NORMA


class ReversionSinRazon(Rechazo):
    """Money never leaves the books without saying why."""

    mensaje = "Escriba cómo se sabe que no es dinero aparte, en 400 letras como máximo."
    norma = NORMA


def revertir_declaracion(*, linea_id: int, por: Actor, hoy: date, razon: str) -> LineaExtracto:
    """This act will take out of the books a line declared money of its own (four eyes, S03).

    It goes back to be believed seen. Money that waits leaves the queue; payments made with it are
    undone by `reversar_pagos`, with their debts; a debit leaves the account to clear up. Raises
    LineaNoExiste, NoEstaDeclarada, RevierteQuienDeclaro, SuDineroYaSeUso, ReversionSinRazon,
    SinPermiso.
    """
    por.exigir(Permiso.LINEA_DECLARAR_PROPIA)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise ReversionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        declaracion = _declaracion(linea_id)
        if not es_otra_persona(por, declaracion.declarado_por_id):
            raise RevierteQuienDeclaro
        primera = declaracion.linea
        _sacar(a, cursor, primera)
        DeclaracionRevertida.objects.create(
            declaracion=declaracion, razon=razon, revertida_por=por.nombre,
            revertida_por_id=por.id, revertida_en=Now(), hecho_id=a.hecho_id,
        )  # fmt: skip
        LineaExtracto.objects.filter(pk__in=[p.pk for p in partes_de_la_entrada(primera)]).update(
            resultado=LineaExtracto.Resultado.YA_VISTA, motivo=declaracion.motivo_previo,
            ocurrencia=0,
        )  # fmt: skip
        entrada = primera.entrada or Dinero.CERO
        ajustar_apertura(a, primera, -entrada)
        a.declarar(
            DeclaracionDeLineaRevertida(primera.extracto_id, primera.numero, abs(entrada), razon)
        )
        primera.refresh_from_db()
    return primera


def _declaracion(linea_id: int) -> DineroDeclarado:
    pedida = LineaExtracto.objects.filter(pk=linea_id).first()
    if pedida is None:
        raise LineaNoExiste
    declaracion = (
        DineroDeclarado.objects.select_related("linea")
        .filter(pk=pedida.pk - max(pedida.parte - 1, 0), declaracionrevertida=None)
        .first()
    )
    if declaracion is None:
        raise NoEstaDeclarada
    return declaracion


def _sacar(a: ActoAbierto, cursor: CursorWrapper, primera: LineaExtracto) -> None:
    """Post that the money left: each part from where it was."""
    if (primera.entrada or Dinero.CERO) < Dinero.CERO:
        sacar_cargo(a, primera, concepto=_CONCEPTO)
        return
    partes, banco = partes_de_la_entrada(primera), cuenta_de_banco(primera.cuenta_id)
    sacar_credito(
        a, cursor, partes, cuenta=banco, tipo=Ingreso.Tipo.REVERSION,
        razon="Se revirtió la declaración de dinero propio",
    )  # fmt: skip
    devolver_comisiones(a, partes, cuenta=banco, concepto=_CONCEPTO)
