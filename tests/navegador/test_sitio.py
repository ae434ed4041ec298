"""The served site of the browser tests: production's own server on the module's own database."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.navegador.comprobaciones import (
    olvidar_mensajes,
    sin_desborde,
    sin_violaciones_axe,
    vigia,
)
from tests.navegador.conftest import Sitio


def test_even_the_page_of_what_does_not_exist_is_sound_in_every_view(
    pagina: Page, sitio: Sitio
) -> None:
    answer = pagina.goto(sitio / "no-existe/")

    assert answer is not None
    assert answer.status == 404
    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    assert len(vigia(pagina).respuestas) == 1
    olvidar_mensajes(pagina, "404")


def test_what_is_written_for_the_site_stays_out_of_the_other_tests(
    sitio: Sitio, django_db_blocker: Any
) -> None:
    from django.contrib.contenttypes.models import ContentType

    written = {"app_label": "prueba", "model": "del_sitio"}
    with sitio.datos():
        ContentType.objects.create(**written)
    with sitio.datos():
        assert ContentType.objects.filter(**written).exists()
    with django_db_blocker.unblock():
        assert not ContentType.objects.filter(**written).exists()


@pytest.mark.django_db
def test_the_data_of_the_site_is_refused_inside_a_transaction_of_a_test(sitio: Sitio) -> None:
    with pytest.raises(RuntimeError, match="django_db"), sitio.datos():
        pass
