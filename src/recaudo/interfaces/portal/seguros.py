"""The funds by the names people know them."""

from recaudo.domain.contabilidad.plan_contable import FONDOS

SEGUROS = dict(FONDOS)
