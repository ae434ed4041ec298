"""What is posted when a debt is born, and in which account it stands: pure."""

from collections.abc import Mapping

from recaudo.domain.contabilidad.plan_contable import Pata, emitido_por_recaudar, por_cobrar
from recaudo.domain.obligaciones.catalogo import (
    estado_contable,
    rubro_de,
)
from recaudo.kernel.money import Dinero

CONCEPTO = "ALTA_DE_OBLIGACION"
ORIGEN = "obligacion"


def cuenta_por_cobrar(rubro: str, contable: str) -> str:
    """Account of the receivable of a rubro in an accounting state (C.D. 497 DG 7.ª)."""
    return por_cobrar(rubro_de(rubro).por_cobrar, contable)


def patas_de_alta(
    *, obligacion_id: int, clase: str, estado: str, partes: Mapping[tuple[str, str], Dinero]
) -> list[Pata]:
    """Return the legs of the birth of a debt (C.D. 497 DG 7.ª, 8.ª), in USD.

    `partes` has the capital by (rubro, fund). One receivable leg per account, one leg per fund.
    """
    contable = estado_contable(clase, estado)
    debes: dict[str, Dinero] = {}
    haberes: dict[str, Dinero] = {}
    for (rubro, fondo), importe in partes.items():
        debe, haber = cuenta_por_cobrar(rubro, contable), emitido_por_recaudar(fondo)
        debes[debe] = debes.get(debe, Dinero.CERO) + importe
        haberes[haber] = haberes.get(haber, Dinero.CERO) + importe
    return [
        *(Pata(c, debe=v, obligacion_id=obligacion_id) for c, v in sorted(debes.items()) if v),
        *(Pata(c, haber=v) for c, v in sorted(haberes.items()) if v),
    ]
