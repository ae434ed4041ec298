"""A término is extended once, before it ends, by up to half (COA 161; case C24)."""

from datetime import date

import pytest

from recaudo.domain.plazos.actions.ampliar_plazo import PlazoNoAmpliable, ampliar_plazo
from recaudo.domain.plazos.models import PlazoPendiente
from recaudo.domain.plazos.queries import historia_de_plazo
from recaudo.norma.plazos.plazo import AmpliacionExcesiva
from tests.factories.plazos import RESPUESTA, abrir, cambiar

pytestmark = pytest.mark.django_db
DESDE = date(2026, 4, 28)  # eight days: to 12-May


def test_four_days_more_asked_on_the_11th_end_on_the_18th() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE)
    nuevo = cambiar(date(2026, 5, 11), ampliar_plazo, plazo_id=plazo.pk, extra=4)
    assert (nuevo.vence, nuevo.reemplaza_a_id, nuevo.cantidad) == (date(2026, 5, 18), plazo.pk, 12)
    assert PlazoPendiente.objects.get().plazo_id == nuevo.pk
    historia = historia_de_plazo("juguete", 7, hoy=DESDE)
    assert [p.vence for p in historia] == [date(2026, 5, 18), date(2026, 5, 12)]
    with pytest.raises(PlazoNoAmpliable):
        cambiar(date(2026, 5, 15), ampliar_plazo, plazo_id=nuevo.pk, extra=2)


def test_more_than_half_and_after_the_end_are_refused() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE)
    with pytest.raises(AmpliacionExcesiva):
        cambiar(date(2026, 5, 11), ampliar_plazo, plazo_id=plazo.pk, extra=5)
    with pytest.raises(PlazoNoAmpliable):
        cambiar(date(2026, 5, 13), ampliar_plazo, plazo_id=plazo.pk, extra=4)
