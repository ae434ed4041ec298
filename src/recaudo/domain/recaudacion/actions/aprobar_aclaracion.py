"""Approve what another person said that a debit of the bank was."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import DEBITOS_BANCARIOS
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.actions._aclaracion import propuesta_por_otra_persona
from recaudo.domain.recaudacion.actions._recepcion import NORMA, bloquear_importaciones
from recaudo.domain.recaudacion.actions.reversar_pagos import reversar_pagos
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.facts import AclaracionAprobada
from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    Ingreso,
    LineaExtracto,
    ReversoBancario,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import patas_de_aclaracion, patas_de_comision
from recaudo.domain.recaudacion.queries import (
    Devolucion,
    cargo,
    devolucion,
    dinero_de_la_entrada,
)
from recaudo.domain.recaudacion.states import EstadoAclaracion, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import tabla_temporal
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("aprobar_aclaracion", Permiso.CARGO_APROBAR, AclaracionAprobada)
_TABLA: Final = "e_reverso"
Destino = AclaracionDeCargo.Destino


class AclaracionQueYaNoVale(Rechazo):
    """What the proposal says changed since it was made."""

    mensaje = "Lo que dice la propuesta cambió desde que se hizo: devuélvala y proponga de nuevo."
    norma = NORMA


class NadaQueDeshacer(Rechazo):
    """No payment of the credit can be undone any more."""

    mensaje = (
        "De ese crédito ya no se puede deshacer ningún pago: se deshizo antes, o su crédito "
        "a favor ya se usó. Devuelva la propuesta."
    )
    norma = NORMA


def aprobar_aclaracion(*, aclaracion_id: int, por: Actor, hoy: date) -> AclaracionDeCargo:
    """This act will post what a debit was, as another person proposed it (C.D. 497 2.3.2.1; S03).

    The debit leaves the account to clear up: to the expense, against the open value, or undoing
    each payment of the entry taken back that can still be undone; the rest of it goes on waiting.
    Raises AclaracionNoExiste, ApruebaQuienPropuso, AclaracionQueYaNoVale, NadaQueDeshacer,
    SinPermiso.
    """
    por.exigir(Permiso.CARGO_APROBAR)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        fila = propuesta_por_otra_persona(aclaracion_id, por)
        if cargo(fila.cargo_id).falta != fila.importe:
            raise AclaracionQueYaNoVale
        importe, cuantos = fila.importe, 0
        if fila.destino == Destino.REVERSO:
            importe, cuantos = _reversar(cursor, a, fila)
        else:
            _asentar(a, fila)
        AclaracionDeCargo.objects.filter(pk=fila.pk).update(
            estado=EstadoAclaracion.APROBADA, importe=importe, resuelta_por=por.id, resuelta_el=hoy
        )
        a.declarar(
            AclaracionAprobada(
                fila.cargo_id, fila.pk, str(Destino(fila.destino).label), importe, cuantos
            )
        )
        fila.refresh_from_db()
    return fila


def _asentar(a: ActoAbierto, fila: AclaracionDeCargo) -> None:
    if fila.destino == Destino.CONTRAPARTIDA:
        hechos = ValorPorAplicar.objects.filter(
            pk=fila.contra_id or 0, estado=EstadoValor.ABIERTO, importe=fila.importe
        ).update(
            estado=EstadoValor.CRUZADO, resuelto_por=a.por.id or 0, resuelto_en=Now(),
            razon=fila.razon,
        )  # fmt: skip
        if not hechos:
            raise AclaracionQueYaNoVale
    asentar(
        acto=a, concepto="débito aclarado", origen=("linea_extracto", fila.cargo_id),
        provincia=NACIONAL,
        patas=patas_de_aclaracion(destino=fila.destino, importe=fila.importe),
    )  # fmt: skip


def _reversar(cursor: CursorWrapper, a: ActoAbierto, fila: AclaracionDeCargo) -> tuple[Dinero, int]:
    """Undo what can be undone of the entry; return how much of the debit, and how many payments.

    What the debit takes back as it was booked comes with its fee: that leaves the expense.
    """
    dicho = devolucion(fila.contra_id or 0, fila.importe)
    if dicho is None:
        raise AclaracionQueYaNoVale
    creditos = dinero_de_la_entrada(fila.contra_id or 0)
    with transaction.atomic():  # which can be undone is what undoing them says
        resultados = _intentar(cursor, a, creditos)
        transaction.set_rollback(True)
    posibles = [c for c, resultado in resultados if resultado in {"PAGO", "VALOR"}]
    if not posibles:
        raise NadaQueDeshacer
    comisiones = _comisiones(dicho, creditos, posibles)
    suyos = LineaExtracto.objects.in_bulk(posibles)
    toma = {c: (suyos[c].importe or Dinero.CERO) - comisiones.get(c, Dinero.CERO) for c in posibles}
    importe = sum(toma.values(), Dinero.CERO)
    if importe > fila.importe:
        raise AclaracionQueYaNoVale
    _intentar(cursor, a, posibles)
    if devuelve := sum(comisiones.values(), Dinero.CERO):
        asentar(
            acto=a, concepto="comisión devuelta", origen=("linea_extracto", fila.cargo_id),
            provincia=NACIONAL,
            patas=patas_de_comision(banco=DEBITOS_BANCARIOS, importe=devuelve),
        )  # fmt: skip
    ReversoBancario.objects.bulk_create(
        ReversoBancario(
            cargo_id=fila.cargo_id, credito_id=c, importe=toma[c], fecha=a.fecha,
            hecho_id=a.hecho_id,
        )
        for c in posibles
    )  # fmt: skip
    return importe, len(posibles)


def _comisiones(
    dicho: Devolucion, creditos: Sequence[int], posibles: Sequence[int]
) -> dict[int, Dinero]:
    """Return the fee that comes back with each credit undone; that of a whole, with all of them."""
    if not dicho.se_devuelve:
        return {}
    suyas = {x.pk: x.comision for x in LineaExtracto.objects.filter(pk__in=creditos) if x.comision}
    if sum(suyas.values(), Dinero.CERO) == dicho.comision:
        return {c: suyas[c] for c in posibles if c in suyas}
    return {posibles[0]: dicho.comision} if len(posibles) == len(creditos) else {}


def _intentar(
    cursor: CursorWrapper, a: ActoAbierto, creditos: Sequence[int]
) -> Sequence[tuple[int, str]]:
    """Undo the money of these lines, each against an ingreso of its own; say what became of it."""
    lineas = LineaExtracto.objects.in_bulk(creditos)
    contrarios = Ingreso.objects.bulk_create(
        Ingreso(
            tipo=Ingreso.Tipo.REVERSO, importe=-(lineas[c].importe or Dinero.CERO), fecha=a.fecha,
            origen_tipo="linea_extracto", origen_id=c, hecho_id=a.hecho_id,
        )
        for c in creditos
    )  # fmt: skip
    cuenta = cuentas_por_codigo()[DEBITOS_BANCARIOS]
    tabla_temporal(
        cursor, f"{_TABLA} (ingreso_id bigint, reverso_id bigint, cuenta bigint)",
        [(c, i.pk, cuenta) for c, i in zip(creditos, contrarios, strict=True)],
    )  # fmt: skip
    reversar_pagos(causa=a, cursor=cursor, tabla=_TABLA)
    cursor.execute("SELECT ingreso_id, resultado FROM r_pedido ORDER BY ingreso_id")
    return list(cursor.fetchall())
