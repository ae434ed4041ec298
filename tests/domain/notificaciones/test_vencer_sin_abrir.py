"""A notice that nobody opens in time is marked, and opens nothing (COA 166)."""

from datetime import date

import pytest

from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA, glosa_en_casillero

pytestmark = pytest.mark.django_db


def test_its_last_day_is_whole_and_it_is_marked_once() -> None:
    glosa_en_casillero(el=date(2026, 10, 16))
    assert vencer_sin_abrir(fecha=date(2026, 10, 23), por=SISTEMA) == 0
    assert vencer_sin_abrir(fecha=date(2026, 10, 24), por=SISTEMA) == 1
    assert vencer_sin_abrir(fecha=date(2026, 10, 24), por=SISTEMA) == 0
    assert Notificacion.objects.get().estado == "no_abierta"


def test_a_stranger_marks_nothing() -> None:
    glosa_en_casillero(el=date(2026, 10, 16))
    with pytest.raises(SinPermiso):
        vencer_sin_abrir(fecha=date(2026, 10, 24), por=Actor(id=3, nombre="Carla"))
