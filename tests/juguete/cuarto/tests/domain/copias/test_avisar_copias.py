"""The lawyer signs at the counter: the order is told and its término runs."""

from datetime import date

import pytest
from tests.factories.copias import entregar_en_mostrador, estado_de, pedir

from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta
from recaudo.domain.plazos.models import PlazoPendiente

pytestmark = pytest.mark.django_db


def test_whoever_signs_has_five_business_days() -> None:
    numero = pedir()
    assert entregar_en_mostrador(numero) == date(2026, 9, 17)
    assert estado_de(numero) == "avisada"
    assert PlazoPendiente.objects.get(plazo__materia_id=numero).plazo.regla == "pagar_copias"


def test_without_a_signature_nobody_is_notified(monkeypatch: pytest.MonkeyPatch) -> None:
    numero = pedir()
    monkeypatch.setattr("tests.factories.copias.registrar_recepcion", _sin_firma)
    with pytest.raises(PruebaIncompleta, match="firmó"):
        entregar_en_mostrador(numero)
    assert estado_de(numero) == "liquidada"


def _sin_firma(**datos: object) -> object:
    from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion

    return registrar_recepcion(**{**datos, "prueba": {"firma": " "}})  # type: ignore[arg-type]
