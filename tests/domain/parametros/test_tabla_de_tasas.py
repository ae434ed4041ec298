"""The table of rates that interest is computed with."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models.functions import Now

from recaudo.domain.parametros.actions.cargar_tasas_publicadas import cargar_tasas_publicadas
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.queries import tabla_de_tasas

pytestmark = pytest.mark.django_db


def test_the_kept_table_follows_every_change_of_the_rows() -> None:
    cargar_tasas_publicadas()
    antes = tabla_de_tasas()
    assert tabla_de_tasas() is antes
    TasaPublicada.objects.create(
        desde=date(2031, 1, 1),
        hasta=date(2031, 2, 1),
        tasa=Decimal("7.5"),
        fuente="Prueba",
        estado_verificacion="SECUNDARIO",
        registrada_por=1,
        registrada_en=Now(),
    )
    despues = tabla_de_tasas()
    assert despues is not antes
    assert len(despues.filas) == len(antes.filas) + 1
