"""The page of the API door in a real browser: it fits, it is accessible, nothing is foreign."""

from playwright.sync_api import Page

from tests.navegador.comprobaciones import sin_desborde, sin_violaciones_axe, vigia
from tests.navegador.conftest import Sitio


def test_the_page_for_programs_is_sound_in_every_view(pagina: Page, sitio: Sitio) -> None:
    answer = pagina.goto(sitio / "api/v1/")

    assert answer is not None
    assert answer.status == 200
    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    assert len(vigia(pagina).respuestas) == 1
