"""The lawyer signs at the counter: the order is told and its término runs."""

from datetime import date

import pytest

from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta
from recaudo.domain.plazos.models import PlazoPendiente
from tests.factories.copias import entregar_en_mostrador, estado_de, pedir

pytestmark = pytest.mark.django_db


def test_whoever_signs_has_five_business_days() -> None:
    numero = pedir()
    assert entregar_en_mostrador(numero) == date(2026, 9, 17)
    assert estado_de(numero) == "avisada"
    assert PlazoPendiente.objects.get(plazo__materia_id=numero).plazo.regla == "pagar_copias"


def test_without_a_signature_nobody_is_notified() -> None:
    numero = pedir()
    with pytest.raises(PruebaIncompleta, match="firmó"):
        entregar_en_mostrador(numero, firma=" ")
    assert estado_de(numero) == "liquidada"
