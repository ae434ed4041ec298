"""The término of a glosa ends with its last day, whole (COA 158)."""

from datetime import date

import pytest

from recaudo.domain.cartera.actions.vencer_terminos import vencer_terminos
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import PRUEBA, SISTEMA, glosa_en_casillero

pytestmark = pytest.mark.django_db


def test_the_glosa_is_vencida_the_day_after_and_once() -> None:
    ana, aviso = glosa_en_casillero(el=date(2026, 4, 27))
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    assert vencer_terminos(fecha=date(2026, 5, 12), por=SISTEMA) == 0
    with pytest.raises(SinPermiso):
        vencer_terminos(fecha=date(2026, 5, 13), por=Actor(id=3, nombre="Carla"))
    assert vencer_terminos(fecha=date(2026, 5, 13), por=SISTEMA) == 1
    assert vencer_terminos(fecha=date(2026, 5, 13), por=SISTEMA) == 0
    assert Glosa.objects.get().estado == "notificada_vencida"
    assert Hecho.objects.get(tipo="terminos_vencidos").acto == "vencer_terminos"
