"""What a deadline was for is done: nothing follows from it any more."""

from datetime import date

import pytest

from recaudo.domain.plazos.actions.extinguir_plazos import extinguir_plazos
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.plazos.models import EventoDePlazo
from tests.factories.cartera import SISTEMA
from tests.factories.plazos import ABOGADO, RESPUESTA, abrir, en_acto

pytestmark = pytest.mark.django_db
DESDE = date(2026, 4, 28)


def test_every_running_deadline_of_the_matter_ends_and_no_other(
    visto: list[tuple[str, int, str]],
) -> None:
    abrir(RESPUESTA, desde=DESDE)
    abrir(ABOGADO, desde=DESDE, cantidad=5)
    abrir(RESPUESTA, desde=DESDE, materia=("juguete", 8))
    with en_acto(date(2026, 5, 4)) as a:
        assert extinguir_plazos(acto=a, materia_tipo="juguete", materia_ids=[7, 9]) == 2
        assert extinguir_plazos(acto=a, materia_tipo="juguete", materia_ids=[7]) == 0
    eventos = EventoDePlazo.objects.values_list("que", "ocurrio_el")
    assert set(eventos) == {("EXTINGUIDO", date(2026, 5, 4))}
    assert vencer_plazos(fecha=date(2026, 6, 1), por=SISTEMA) == 1
    assert visto == [("juguete", 8, "responder")]
