"""The término ends: the order is unpaid from the close of the next day, never before."""

from datetime import timedelta

import pytest

from tests.factories.copias import cerrar_hasta, entregar_en_mostrador, estado_de, pedir

pytestmark = pytest.mark.django_db


def test_the_last_day_is_whole() -> None:
    numero = pedir()
    ultimo = entregar_en_mostrador(numero)
    cerrar_hasta(ultimo)
    assert estado_de(numero) == "avisada"
    cerrar_hasta(ultimo + timedelta(days=1))
    assert estado_de(numero) == "impaga"
