"""The keyboard alone: a page is walked from its first link to its last, and then left."""

import pytest
from playwright.sync_api import Page, expect

from tests.moldes import Molde
from tests.navegador import escenario
from tests.navegador.conftest import Sitio, Vista
from tests.navegador.escenario import DE_ANA
from tests.navegador.manos import foco_visible
from tests.navegador.pasos import estar_dentro

PAGINAS = [
    ("nadie", ""),
    ("nadie", "entrar/"),
    ("nadie", "verificar/"),
    ("ana", ""),
    ("ana", f"{DE_ANA}planillas/"),
    ("ana", f"{DE_ANA}comprobantes/nuevo/"),
    ("bruno", "oficina/"),
    ("bruno", "oficina/recaudacion/valores/"),
    ("bruno", "oficina/recaudacion/extractos/importar/"),
]
# Everything that takes the focus, once for each group of radios, in the order of the page.
_PARADAS = """() => {
    const grupos = new Set();
    return [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0
            && e.checkVisibility({visibilityProperty: true}))
        .filter(e => e.type !== 'radio' || !grupos.has(e.name) && grupos.add(e.name))
        .map((e, n) => e.dataset.parada = String(n)).length;
}"""
_PARADA = "() => Number(document.activeElement?.dataset?.parada ?? -1)"


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """The demonstration."""
    return escenario.DEMOSTRACION


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
@pytest.mark.parametrize(("quien", "lugar"), PAGINAS, ids=lambda x: x or "inicio")
def test_tab_goes_in_order_through_all_that_can_be_used_and_is_never_trapped(
    pagina: Page, sitio: Sitio, quien: str, lugar: str
) -> None:
    if quien != "nadie":
        estar_dentro(pagina, sitio, quien)
    pagina.goto(sitio / lugar)
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
    cuantas = int(pagina.evaluate(_PARADAS))
    assert cuantas > 5

    pisadas = []
    for _ in range(cuantas):
        pagina.keyboard.press("Tab")
        foco_visible(pagina)
        pisadas.append(int(pagina.evaluate(_PARADA)))
    assert pisadas == list(range(cuantas))
    pagina.keyboard.press("Tab")
    assert int(pagina.evaluate(_PARADA)) in {-1, 0}, "el foco no sale de la página"


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
def test_the_first_stop_skips_to_the_content(pagina: Page, sitio: Sitio) -> None:
    pagina.goto(sitio / "verificar/")
    pagina.keyboard.press("Tab")
    salto = pagina.get_by_role("link", name="Saltar al contenido principal")
    expect(salto).to_be_focused()
    expect(salto).to_be_in_viewport()
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
def test_a_focus_that_cannot_be_told_or_seen_is_noticed(pagina: Page, sitio: Sitio) -> None:
    pagina.goto(sitio / "entrar/")
    enlace = pagina.get_by_role("main").get_by_role("link").first
    enlace.focus()
    foco_visible(pagina)
    enlace.evaluate("e => { e.style.outline = 'none'; e.style.boxShadow = 'none'; }")
    with pytest.raises(AssertionError, match="no se distingue"):
        foco_visible(pagina)
    enlace.evaluate("e => { e.style.position = 'fixed'; e.style.top = '-200px'; }")
    with pytest.raises(AssertionError, match="donde no se ve"):
        foco_visible(pagina)
