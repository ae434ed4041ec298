"""The término of a glosa ends with its last day, whole (COA 158)."""

from datetime import date

import pytest

from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.plazos.models import EventoDePlazo, PlazoPendiente
from recaudo.infra.audit.models import Hecho
from tests.factories.cartera import PRUEBA, SISTEMA, glosa_en_casillero, pagar_del_todo

pytestmark = pytest.mark.django_db


def test_the_glosa_is_vencida_the_day_after_and_once() -> None:
    ana, aviso = glosa_en_casillero(el=date(2026, 4, 27))
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    assert vencer_plazos(fecha=date(2026, 5, 12), por=SISTEMA) == 0
    assert vencer_plazos(fecha=date(2026, 5, 13), por=SISTEMA) == 1
    assert vencer_plazos(fecha=date(2026, 5, 13), por=SISTEMA) == 0
    assert Glosa.objects.get().estado == "notificada_vencida"
    hecho = Hecho.objects.get(tipo="terminos_vencidos")
    causa = Hecho.objects.get(pk=hecho.causa_id)
    assert (hecho.acto, causa.tipo) == ("vencer_terminos", "plazos_vencidos")


def test_the_end_of_the_termino_of_a_glosa_paid_in_time_moves_nothing() -> None:
    """It goes on counting: if the bank takes the payment back, the days were not given again."""
    ana, aviso = glosa_en_casillero(el=date(2026, 4, 27))
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    pagar_del_todo(Obligacion.objects.get(), fecha=date(2026, 5, 4))
    assert PlazoPendiente.objects.count() == 1
    assert vencer_plazos(fecha=date(2026, 5, 13), por=SISTEMA) == 0
    assert EventoDePlazo.objects.get().que == "VENCIO"
    assert Glosa.objects.get().estado == "cancelada"
    assert not Hecho.objects.filter(tipo="terminos_vencidos").exists()
