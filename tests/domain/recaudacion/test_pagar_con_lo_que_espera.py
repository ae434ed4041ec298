"""The true money of a comprobante pays it once the payment that used it up is undone."""

import pytest
from django.db import connection

from recaudo.domain.recaudacion.models import ValorPorAplicar
from tests.domain.recaudacion.test_aprobar_desmentido import deshacer, dos_avisos, negadas

pytestmark = pytest.mark.django_db


def test_the_value_that_found_it_paid_is_applied_with_its_reason() -> None:
    dos_avisos(1)
    esperaba = ValorPorAplicar.objects.get(estado="abierto")
    assert esperaba.motivo == "COMPROBANTE_YA_PAGADO"
    deshacer(negadas()[0])
    esperaba.refresh_from_db()
    assert (esperaba.estado, "lo paga este dinero" in esperaba.razon) == ("aplicado", True)


def test_money_that_the_core_does_not_take_goes_on_waiting() -> None:
    """What waits for another reason is for a person, though it cites the comprobante."""
    c = dos_avisos(1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE recaudacion_valorporaplicar DISABLE TRIGGER valor_fijo")
        ValorPorAplicar.objects.filter(estado="abierto").update(motivo="VARIAS_REFERENCIAS")
        cursor.execute("ALTER TABLE recaudacion_valorporaplicar ENABLE TRIGGER valor_fijo")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    deshacer(negadas()[0])
    c.refresh_from_db()
    assert ValorPorAplicar.objects.filter(estado="abierto").count() == 1
    assert c.estado in {"generado", "caducado"}
