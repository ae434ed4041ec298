"""What is posted when a planilla is emitted: pure, so that an accountant can review it."""

from collections.abc import Mapping

from recaudo.domain.contabilidad.plan_contable import (
    FONDOS,
    POR_COBRAR_PLANILLA,
    Pata,
    emitido_por_recaudar,
)
from recaudo.kernel.money import Dinero

#: Concept and kind of origin of the entry.
CONCEPTO = "EMISION_PLANILLA"
ORIGEN = "planilla"
#: Column of a planilla that goes to each account, in order; the leg before them is the debt.
HABERES: tuple[tuple[str, str], ...] = (
    *((fondo.lower(), emitido_por_recaudar(fondo)) for fondo, _ in FONDOS),
    ("ccc", emitido_por_recaudar("CCC")),
)


def patas_de_emision(obligacion_id: int, importes: Mapping[str, Dinero]) -> list[Pata]:
    """Return the legs of the emission of a planilla (C.D. 497 DG 7.ª and 8.ª), in USD.

    `importes` has one amount per column of HABERES; the debt is their sum; zeros have no leg.
    """
    haberes = [
        Pata(cuenta, haber=importes[columna]) for columna, cuenta in HABERES if importes[columna]
    ]
    por_cobrar = sum((pata.haber for pata in haberes), Dinero.CERO)
    return [Pata(POR_COBRAR_PLANILLA, debe=por_cobrar, obligacion_id=obligacion_id), *haberes]
