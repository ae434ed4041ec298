"""What nobody opened in time was not notified electronically: the glosa says so (COA 166)."""

from datetime import date

import pytest

from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.infra.audit.models import Hecho
from tests.factories.cartera import SISTEMA, glosa_en_casillero, pagar_del_todo

pytestmark = pytest.mark.django_db
DIA_31 = date(2026, 10, 16)  # Friday: the five business days end on Friday 23
TARDE = date(2026, 10, 24)


def test_the_glosa_moves_because_of_its_notice_and_once() -> None:
    glosa_en_casillero(el=DIA_31)
    assert vencer_sin_abrir(fecha=TARDE, por=SISTEMA) == 1
    assert Glosa.objects.get().estado == "no_notificada_electronicamente"
    hecho = Hecho.objects.get(tipo="glosas_no_notificadas")
    assert Hecho.objects.get(pk=hecho.causa_id).tipo == "notificaciones_sin_abrir"
    assert vencer_sin_abrir(fecha=TARDE, por=SISTEMA) == 0


def test_a_glosa_that_was_paid_meanwhile_does_not_move() -> None:
    glosa_en_casillero(el=DIA_31)
    pagar_del_todo(Obligacion.objects.get(), fecha=DIA_31)
    vencer_sin_abrir(fecha=TARDE, por=SISTEMA)
    assert Glosa.objects.get().estado == "cancelada"


def test_while_it_lives_unopened_its_debt_takes_no_second_glosa() -> None:
    glosa_en_casillero(el=DIA_31)
    vencer_sin_abrir(fecha=TARDE, por=SISTEMA)
    otra = Glosa.objects.get()
    otra.pk, otra.numero, otra.estado = None, "17-2026-999999", "en_espera_de_notificacion"
    with pytest.raises(Exception, match="glosa_una_viva_por_obligacion"):
        otra.save(force_insert=True)
