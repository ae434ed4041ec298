"""Undo what somebody declared money of its own: another person says that it is not."""

from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import Pata, cuenta_de_banco
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.actions._declaracion import (
    ajustar_apertura,
    partes_de_la_entrada,
)
from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    bloquear_importaciones,
)
from recaudo.domain.recaudacion.actions.reversar_pagos import reversar_pagos
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.facts import DeclaracionDeLineaRevertida
from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    DeclaracionRevertida,
    DineroDeclarado,
    Ingreso,
    LineaExtracto,
    ReversoBancario,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import patas_de_cargo_revertido, patas_de_comision
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import LineaNoExiste
from recaudo.domain.recaudacion.states import EstadoAclaracion, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import copiar
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("revertir_declaracion", Permiso.LINEA_DECLARAR_PROPIA, DeclaracionDeLineaRevertida)
_TABLA = "d_reverso"


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


class SuDineroYaSeUso(Rechazo):
    """What it paid left a credit that was used, or the debit was cleared up: a person decides."""

    mensaje = (
        "Su dinero ya se usó: dejó un crédito a favor que se gastó, deshizo un pago o se cruzó con "
        "un débito. Deshaga primero eso."
    )
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
    if not 0 < len(razon) <= LARGO_RAZON:
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
    partes, banco = partes_de_la_entrada(primera), cuenta_de_banco(primera.cuenta_id)
    if (primera.entrada or Dinero.CERO) < Dinero.CERO:
        _sacar_cargo(a, primera, banco)
        return
    cuenta = cuentas_por_codigo()[banco]
    filas = [(p.pk, _contrario(a, p).pk, cuenta) for p in partes]
    cursor.execute(
        f"CREATE TEMP TABLE {_TABLA} (ingreso_id bigint, reverso_id bigint, cuenta bigint) "
        "ON COMMIT DROP"
    )
    copiar(cursor, _TABLA, ("ingreso_id", "reverso_id", "cuenta"), filas)
    if reversar_pagos(causa=a, cursor=cursor, tabla=_TABLA) != len(filas):
        raise SuDineroYaSeUso
    cursor.execute(f"DROP TABLE {_TABLA}")
    ValorPorAplicar.objects.filter(
        ingreso_id__in=[p.pk for p in partes], estado=EstadoValor.REVERSADO
    ).update(razon="Se revirtió la declaración de dinero propio")
    for parte in partes:
        if parte.comision:
            _asentar(a, parte, patas_de_comision(banco=banco, importe=parte.comision))


def _sacar_cargo(a: ActoAbierto, linea: LineaExtracto, banco: str) -> None:
    aclarado = AclaracionDeCargo.objects.filter(cargo=linea).exclude(
        estado=EstadoAclaracion.DEVUELTA
    )
    if ReversoBancario.objects.filter(cargo=linea).exists() or aclarado.exists():
        raise SuDineroYaSeUso
    importe = linea.importe or Dinero.CERO
    _asentar(a, linea, patas_de_cargo_revertido(banco=banco, importe=importe))


def _contrario(a: ActoAbierto, parte: LineaExtracto) -> Ingreso:
    return Ingreso.objects.create(
        tipo=Ingreso.Tipo.REVERSION, importe=-(parte.importe or Dinero.CERO), fecha=a.fecha,
        origen_tipo="linea_extracto", origen_id=parte.pk, hecho_id=a.hecho_id,
    )  # fmt: skip


def _asentar(a: ActoAbierto, linea: LineaExtracto, patas: list[Pata]) -> None:
    asentar(
        acto=a, concepto="declaración revertida", origen=("linea_extracto", linea.pk),
        provincia=NACIONAL, patas=patas,
    )  # fmt: skip
