"""A comprobante expires the day after its last one, and frees its debts."""

from datetime import date, timedelta

import pytest

from recaudo.domain.recaudacion.actions.caducar_comprobantes import caducar_comprobantes
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA
from tests.factories.recaudacion import hacer_comprobante, hacer_deuda

pytestmark = pytest.mark.django_db
UN_DIA = timedelta(days=1)


def test_its_last_day_is_whole_and_it_expires_once() -> None:
    comprobante = hacer_comprobante(hacer_deuda())
    ultimo: date = comprobante.valido_hasta
    assert caducar_comprobantes(fecha=ultimo, por=SISTEMA) == 0
    assert caducar_comprobantes(fecha=ultimo + UN_DIA, por=SISTEMA) == 1
    assert caducar_comprobantes(fecha=ultimo + UN_DIA, por=SISTEMA) == 0
    comprobante.refresh_from_db()
    assert comprobante.estado == "caducado"
    assert Hecho.objects.get(tipo="comprobantes_caducados").acto == "caducar_comprobantes"


def test_a_stranger_expires_nothing() -> None:
    ultimo = hacer_comprobante(hacer_deuda()).valido_hasta
    with pytest.raises(SinPermiso):
        caducar_comprobantes(fecha=ultimo + UN_DIA, por=Actor(id=3, nombre="Carla"))
