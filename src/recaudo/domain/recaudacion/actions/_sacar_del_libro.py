"""Take an entry of the bank out of the books, with what its money did. Not an act."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import Pata, cuenta_de_banco
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.actions._recepcion import NORMA
from recaudo.domain.recaudacion.actions.reversar_pagos import reversar_pagos
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    Ingreso,
    LineaExtracto,
    ReversoBancario,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import patas_de_cargo_revertido, patas_de_comision
from recaudo.domain.recaudacion.states import EstadoAclaracion, EstadoValor
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import tabla_temporal
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_TABLA: Final = "d_reverso"


class SuDineroYaSeUso(Rechazo):
    """What it paid left a credit that was used, or the debit was cleared up: a person decides."""

    mensaje = (
        "Su dinero ya se usó: dejó un crédito a favor que se gastó, deshizo un pago o se cruzó con "
        "un débito. Deshaga primero eso."
    )
    norma = NORMA


def sacar_credito(
    a: ActoAbierto,
    cursor: CursorWrapper,
    lineas: Sequence[LineaExtracto],
    *,
    cuenta: str,
    tipo: Ingreso.Tipo,
    razon: str,
) -> None:
    """Undo what the money of these lines did, and post that it left the ledger account `cuenta`.

    Payments are undone by `reversar_pagos`; what waits leaves the queue with `razon`. All of it or
    nothing: raises SuDineroYaSeUso.
    """
    contrarios = Ingreso.objects.bulk_create(
        Ingreso(
            tipo=tipo, importe=-(x.importe or Dinero.CERO), fecha=a.fecha,
            origen_tipo="linea_extracto", origen_id=x.pk, hecho_id=a.hecho_id,
        )
        for x in lineas
    )  # fmt: skip
    sale = cuentas_por_codigo()[cuenta]
    tabla_temporal(
        cursor, f"{_TABLA} (ingreso_id bigint, reverso_id bigint, cuenta bigint)",
        [(x.pk, i.pk, sale) for x, i in zip(lineas, contrarios, strict=True)],
    )  # fmt: skip
    if reversar_pagos(causa=a, cursor=cursor, tabla=_TABLA) != len(lineas):
        raise SuDineroYaSeUso
    cursor.execute(f"DROP TABLE {_TABLA}")
    ValorPorAplicar.objects.filter(
        ingreso_id__in=[x.pk for x in lineas], estado=EstadoValor.REVERSADO
    ).update(razon=razon)


def devolver_comisiones(
    a: ActoAbierto, lineas: Collection[LineaExtracto], *, cuenta: str, concepto: str
) -> None:
    """Take out of the expense what the bank, after all, did not keep of these lines."""
    for linea in lineas:
        if linea.comision:
            _asentar(a, linea, patas_de_comision(banco=cuenta, importe=linea.comision), concepto)


def sacar_cargo(a: ActoAbierto, linea: LineaExtracto, *, concepto: str) -> None:
    """Take a debit out of the account to clear up; SuDineroYaSeUso when it was cleared up."""
    aclarado = AclaracionDeCargo.objects.filter(cargo=linea).exclude(
        estado=EstadoAclaracion.DEVUELTA
    )
    if ReversoBancario.objects.filter(cargo=linea).exists() or aclarado.exists():
        raise SuDineroYaSeUso
    banco, importe = cuenta_de_banco(linea.cuenta_id), linea.importe or Dinero.CERO
    _asentar(a, linea, patas_de_cargo_revertido(banco=banco, importe=importe), concepto)


def _asentar(a: ActoAbierto, linea: LineaExtracto, patas: list[Pata], concepto: str) -> None:
    asentar(
        acto=a, concepto=concepto, origen=("linea_extracto", linea.pk), provincia=NACIONAL,
        patas=patas,
    )  # fmt: skip
