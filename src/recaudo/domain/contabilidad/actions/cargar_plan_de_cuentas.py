"""Load the chart of accounts into its table."""

from recaudo.domain.contabilidad.models import Cuenta
from recaudo.domain.contabilidad.plan_contable import PLAN


def cargar_plan_de_cuentas() -> int:
    """This act will make the table `cuenta` say what `plan_contable.PLAN` says (C.D. 497 DG 7.ª).

    Idempotent; never deletes an account. Returns the number of accounts.
    """
    for cuenta in PLAN:
        Cuenta.objects.update_or_create(
            codigo=cuenta.codigo,
            defaults={
                "nombre": cuenta.nombre,
                "naturaleza": cuenta.naturaleza,
                "fondo": cuenta.fondo,
                "estado_cartera": cuenta.estado_cartera,
            },
        )
    return len(PLAN)
