"""What was not paid on its last day is in arrears from the next one (LSS 73)."""

from datetime import date

import pytest

from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA, hacer_obligacion

pytestmark = pytest.mark.django_db
VENCE = date(2026, 9, 15)


def test_the_last_day_is_whole_and_the_next_one_is_in_arrears_once() -> None:
    deuda = hacer_obligacion(vence=VENCE)
    assert entrar_en_mora(fecha=VENCE, por=SISTEMA) == 0
    assert not Hecho.objects.filter(tipo="obligaciones_en_mora").exists()
    assert entrar_en_mora(fecha=date(2026, 9, 16), por=SISTEMA) == 1
    assert entrar_en_mora(fecha=date(2026, 9, 16), por=SISTEMA) == 0
    cambio = CambioEstado.objects.get(objeto_id=deuda.pk)
    hecho = Hecho.objects.get(pk=cambio.hecho_id)
    assert (cambio.acto, hecho.tipo) == ("entrar_en_mora", "obligaciones_en_mora")


def test_only_who_may_close_the_day_puts_debts_in_arrears() -> None:
    hacer_obligacion(vence=VENCE)
    with pytest.raises(SinPermiso):
        entrar_en_mora(fecha=date(2026, 9, 16), por=Actor(id=3, nombre="Carla"))
