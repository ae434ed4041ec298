"""Paid copies are handed over once; before they are paid, never."""

import pytest

from recaudo.domain.copias.actions.retirar_copias import CopiasNoSeRetiran
from tests.factories.copias import estado_de, pagar, pedir, retirar
from tests.factories.deudas import violaciones

pytestmark = pytest.mark.django_db


def test_they_are_handed_over_once_and_only_when_they_are_paid() -> None:
    numero = pedir()
    with pytest.raises(CopiasNoSeRetiran, match="no están pagadas"):
        retirar(numero)
    pagar(numero)
    retirar(numero)
    assert estado_de(numero) == "retirada"
    with pytest.raises(CopiasNoSeRetiran, match="ya se retiraron"):
        retirar(numero)
    assert violaciones() == {}
