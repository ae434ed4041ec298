"""Post one entry: balanced, dated by the act, or refused with a sentence."""

import pytest

from recaudo.domain.contabilidad.actions.asentar import (
    AsientoDescuadrado,
    CuentaDesconocida,
    asentar,
)
from recaudo.domain.contabilidad.models import Asiento, Partida
from recaudo.domain.contabilidad.plan_contable import BANCOS, VALORES_POR_APLICAR, Pata
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero
from tests.factories.planillas import HOY, en_un_acto

pytestmark = pytest.mark.django_db
CINCO = Dinero("5.00")


def post(*patas: Pata) -> None:
    """Post these legs inside an act."""

    def trabajo(abierto: ActoAbierto) -> None:
        asentar(acto=abierto, concepto="PRUEBA", origen=("prueba", 7), provincia="17", patas=patas)

    en_un_acto(trabajo)


def test_asentar_posts_the_legs_in_order_on_the_date_of_the_act() -> None:
    post(Pata(BANCOS, debe=CINCO, obligacion_id=3), Pata(VALORES_POR_APLICAR, haber=CINCO))
    asiento = Asiento.objects.get()
    assert (asiento.fecha, asiento.concepto, asiento.origen_id) == (HOY, "PRUEBA", 7)
    patas = Partida.objects.filter(asiento_id=asiento.pk).order_by("linea")
    assert [(p.linea, p.cuenta.codigo, p.debe, p.haber, p.obligacion_id) for p in patas] == [
        (1, BANCOS, CINCO, Dinero.CERO, 3),
        (2, VALORES_POR_APLICAR, Dinero.CERO, CINCO, None),
    ]


@pytest.mark.parametrize(
    "patas",
    [
        [],
        [Pata(BANCOS, debe=CINCO)],
        [Pata(BANCOS, debe=CINCO), Pata(VALORES_POR_APLICAR, haber=Dinero("4.99"))],
        [Pata(BANCOS, debe=CINCO, haber=CINCO), Pata(VALORES_POR_APLICAR, haber=CINCO)],
        [Pata(BANCOS), Pata(VALORES_POR_APLICAR)],
        [Pata(BANCOS, debe=-CINCO), Pata(VALORES_POR_APLICAR, haber=-CINCO)],
    ],
)
def test_asentar_refuses_what_does_not_balance_before_the_database_does(patas: list[Pata]) -> None:
    with pytest.raises(AsientoDescuadrado):
        post(*patas)
    assert not Asiento.objects.exists()


def test_asentar_refuses_an_account_that_the_chart_does_not_have() -> None:
    with pytest.raises(CuentaDesconocida):
        post(Pata("9999", debe=CINCO), Pata(VALORES_POR_APLICAR, haber=CINCO))
    assert not Asiento.objects.exists()
