"""Load the chart of accounts into its table."""

from typing import Final

from recaudo.domain.contabilidad.models import Cuenta
from recaudo.domain.contabilidad.plan_contable import PLAN

#: What the plan says of each account.
_DICHO: Final = ("nombre", "naturaleza", "fondo", "estado_cartera")


def cargar_plan_de_cuentas() -> int:
    """This act will make the table `cuenta` say what `plan_contable.PLAN` says (C.D. 497 DG 7.ª).

    Idempotent; never deletes an account. Returns the number of accounts.
    """
    Cuenta.objects.bulk_create(
        [Cuenta(codigo=una.codigo, **{d: getattr(una, d) for d in _DICHO}) for una in PLAN],
        update_conflicts=True,
        unique_fields=["codigo"],
        update_fields=_DICHO,
    )
    return len(PLAN)
