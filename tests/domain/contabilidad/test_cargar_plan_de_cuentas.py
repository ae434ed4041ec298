"""Load the chart of accounts: all of it, once, and again without harm."""

import pytest

from recaudo.domain.contabilidad.actions.cargar_plan_de_cuentas import cargar_plan_de_cuentas
from recaudo.domain.contabilidad.models import Cuenta
from recaudo.domain.contabilidad.plan_contable import (
    FONDOS,
    PLAN,
    emitido_por_recaudar,
    recaudado,
)

pytestmark = pytest.mark.django_db


def test_cargar_plan_de_cuentas_makes_the_table_say_what_the_chart_says() -> None:
    Cuenta.objects.filter(codigo="1101").update(nombre="Otro nombre")
    assert cargar_plan_de_cuentas() == len(PLAN)
    guardadas = {(c.codigo, c.nombre, c.naturaleza, c.fondo) for c in Cuenta.objects.all()}
    assert guardadas == {(c.codigo, c.nombre, c.naturaleza, c.fondo) for c in PLAN}


def test_each_fund_has_an_account_of_what_was_emitted_and_one_of_what_was_collected() -> None:
    codigos = set(Cuenta.objects.values_list("codigo", flat=True))
    for fondo in (*(f for f, _ in FONDOS), "CCC"):
        assert {emitido_por_recaudar(fondo), recaudado(fondo)} <= codigos
