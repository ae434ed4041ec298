"""Demonstration rates, marked."""

from datetime import date

import pytest

from recaudo.domain.parametros.actions.cargar_tasas_de_demostracion import (
    SoloEnDemostracion,
    cargar_tasas_de_demostracion,
)
from recaudo.domain.parametros.actions.cargar_tasas_publicadas import cargar_tasas_publicadas
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.queries import (
    tabla_de_tasas,
)
from recaudo.infra import clock
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.norma.parametros import EstadoVerificacion
from tests.factories.parametros import HOY

pytestmark = pytest.mark.django_db


def test_demonstration_rates_fill_the_gaps_marked_and_only_in_a_demonstration() -> None:
    desde, hasta = Periodo(2026, 5), Periodo(2026, 8)
    cargar_tasas_publicadas()
    with pytest.raises(SoloEnDemostracion):
        cargar_tasas_de_demostracion(desde=desde, hasta=hasta, tasa=Tasa("7.99"))
    clock.fijar_fecha_simulada(HOY)
    assert cargar_tasas_de_demostracion(desde=desde, hasta=hasta, tasa=Tasa("7.99")) == 3
    fila = tabla_de_tasas().vigente(date(2026, 7, 1))
    assert (fila.estado, fila.tasa) == (EstadoVerificacion.DEMO, Tasa("7.99"))
    assert TasaPublicada.objects.get(desde=date(2026, 6, 1)).estado_verificacion != "DEMO"
