"""Make room for older money: the payments dated after it are imputed again, behind it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.actions._en_orden import (
    PorImputar,
    deshacer,
    deudas_tocadas,
    imputar_de_nuevo,
    por_imputar,
)
from recaudo.domain.recaudacion.batches.pasos_de_reverso import EL_ULTIMO, pasos_de_lo_posterior
from recaudo.domain.recaudacion.facts import DeudasPagadas, PagosApartados, PagosImputadosDeNuevo
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import PasosSql
from recaudo.kernel.money import Dinero

ACTO = Acto("reimputar_pagos", None, PagosApartados, PagosImputadosDeNuevo, DeudasPagadas)
NORMA: Final = "R-VEN-04"
_APARTADAS: Final = "r_deuda"
_R = TypeVar("_R")


def reimputar_pagos(
    *,
    causa: ActoAbierto,
    cursor: CursorWrapper,
    deudas: Sequence[int],
    desde: date,
    ingreso: int = EL_ULTIMO,
    aplicar: Callable[[], _R],
) -> _R:
    """This act will apply money of the day `desde` before what is dated after it (R-VEN-04).

    Among payments of one day the order is that in which their money entered, `ingreso`, not that in
    which somebody decided about it.

    The IESS had that money since then: on `deudas`, and on those that their payments reach, it is
    as if every payment had been applied on its date. The later payments are undone, `aplicar` runs
    inside `causa`, and each is imputed again from its own date; what it no longer owes is a credit
    of who paid it. Without later payments only `aplicar` runs. Debts are locked by the caller, or
    here. Returns what `aplicar` returns. Refuses CreditoYaUsado.
    """
    puesto = (desde, ingreso)
    pasos = pasos_de_lo_posterior(cursor, deudas, desde, ingreso)
    pagos, *_ = pasos.fila("cuantos")
    if not pagos:
        return aplicar()
    posteriores = _apartar(causa, cursor, pasos)
    antes = [p for p in posteriores if (p.fecha, p.raiz) < puesto]
    if antes:
        _poner(causa, cursor, antes)
    resultado = aplicar()
    if despues := [p for p in posteriores if (p.fecha, p.raiz) > puesto]:
        _poner(causa, cursor, despues)
    return resultado


def _apartar(causa: ActoAbierto, cursor: CursorWrapper, pasos: PasosSql) -> list[PorImputar]:
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        deshacer(cursor, a, pasos)
        pagos = por_imputar(cursor, pasos)
        a.declarar(
            PagosApartados(
                a.hecho_id, len(pagos), sum((p.importe for p in pagos), Dinero.CERO),
                deudas_tocadas(cursor), _APARTADAS,
            )
        )  # fmt: skip
    return pagos


def _poner(causa: ActoAbierto, cursor: CursorWrapper, pagos: Sequence[PorImputar]) -> None:
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        a.declarar(
            PagosImputadosDeNuevo(
                a.hecho_id,
                len(pagos),
                sum((p.importe for p in pagos), Dinero.CERO),
                tuple(sorted({deuda for p in pagos for deuda in p.deudas})),
                "",
            )
        )
        imputar_de_nuevo(cursor, a, pagos)
