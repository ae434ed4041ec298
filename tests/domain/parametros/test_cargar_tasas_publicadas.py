"""The published series that ships with the law (D21)."""

from datetime import date

import pytest

from recaudo.domain.parametros.actions.cargar_tasas_publicadas import cargar_tasas_publicadas
from recaudo.domain.parametros.queries import (
    tabla_de_tasas,
)
from recaudo.kernel.money import Tasa
from recaudo.norma.mora.tasas import TasaProvisional, TasaSinDatos

pytestmark = pytest.mark.django_db


def test_the_published_series_loads_once_and_its_doubtful_months_wait() -> None:
    cuantas = cargar_tasas_publicadas()
    assert cuantas > 150
    assert cargar_tasas_publicadas() == 0
    tabla = tabla_de_tasas()
    assert tabla.vigente(date(2026, 6, 15)).tasa == Tasa("7.99")
    with pytest.raises(TasaProvisional):
        tabla.vigente(date(2015, 3, 1))
    with pytest.raises(TasaSinDatos):
        tabla.vigente(date(2026, 7, 1))
