"""The gallery in a real browser: accessibility, reflow, keyboard, with and without JavaScript."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Page

from tests.navegador.comprobaciones import (
    sin_desborde,
    sin_mensajes,
    sin_violaciones_axe,
    violaciones_axe,
)
from tests.navegador.conftest import Paginas, Vista

PAGES = (
    "/vista/galeria/",
    "/vista/galeria/oficina/",
    "/vista/galeria/lista/?estado=pagada&orden=-total",
    "/vista/galeria/lista/?desde=31/02/2026",
    "/vista/galeria/lista/?desde=01/01/2099",
    "/vista/galeria/confirmacion/",
    "/accesibilidad/",
    "/privacidad/",
)
WIDTHS = (1366, 320)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the smallest site on a free port of this machine."""
    with override_settings(
        ROOT_URLCONF="tests.interfaces.vista.urls_de_prueba",
        MIDDLEWARE=[
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "csp.middleware.CSPMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
        ALLOWED_HOSTS=["127.0.0.1"],
    ):
        server = make_server(
            "127.0.0.1", 0, WSGIHandler(), server_class=Server, handler_class=Quiet
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def open_page(site: str, paginas_prestadas: Paginas) -> Iterator[Callable[..., Page]]:
    """Open an address of the gallery, with its scripts run if it has them."""
    with ExitStack() as lent:

        def opened(address: str, width: int, *, script: bool = True) -> Page:
            page = lent.enter_context(paginas_prestadas.prestada(Vista(width, con_js=script)))
            page.goto(site + address)
            if script:
                wait_for_script(page)
            return page

        yield opened


def wait_for_script(page: Page) -> None:
    """Wait until our module has run: it is what adds this class."""
    page.locator("body.govuk-frontend-supported").wait_for()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_the_console_is_silent_and_nothing_overflows(
    open_page: Callable[..., Page], address: str
) -> None:
    """At 1366 and 320 px, and at 320 with the text spacing of the reader (WCAG 1.4.12)."""
    page = open_page(address, WIDTHS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        sin_desborde(page)
        sin_violaciones_axe(page)
    assert page.evaluate("document.body.classList.contains('govuk-frontend-supported')")
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    sin_desborde(page)
    sin_mensajes(page)


def test_axe_sees_a_planted_fault(open_page: Callable[..., Page]) -> None:
    page = open_page("/accesibilidad/", 1366)
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/x\">'")
    assert any(found.startswith("image-alt") for found in violaciones_axe(page))


def test_the_running_total_adds_what_is_ticked_and_announces_it(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/vista/galeria/", 320)
    total = page.get_by_role("status", name="Total de lo elegido")
    assert total.inner_text() == "$ 0,00"
    page.get_by_label("Planilla de octubre").check()
    page.get_by_label("Aporte pendiente").check()
    assert total.inner_text() == "$ 48.263,07"
    page.get_by_label("Planilla de octubre").uncheck()
    assert total.inner_text() == "$ 50,00"


def test_the_first_tab_leads_to_the_content_and_the_summary_takes_the_focus(
    site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("/accesibilidad/", 1366)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Saltar al contenido principal"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"
    page.goto(site + "/vista/galeria/")
    wait_for_script(page)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Seleccione dónde va a pagar").click()
    assert page.evaluate("document.activeElement.id") == "id_mal-canal_0"


def test_the_why_opens_by_keyboard_without_javascript_and_the_live_total_is_not_shown(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/vista/galeria/", 320, script=False)
    assert not page.locator("total-vivo").is_visible()
    why = page.locator("details.desglose").nth(1)
    assert not why.locator("table").is_visible()
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    assert why.locator("table").is_visible()


def test_filtering_a_list_replaces_it_and_moves_the_address_with_or_without_javascript(
    open_page: Callable[..., Page],
) -> None:
    for script in (True, False):
        page = open_page("/vista/galeria/lista/?orden=-total", 1366, script=script)
        page.locator("details.filtros summary").click()
        page.get_by_label("Estado").select_option("pagada")
        page.get_by_role("button", name="Aplicar filtros").click()
        page.get_by_text("6 planillas").wait_for()
        page.wait_for_url("**estado=pagada**")
        assert "orden=-total" in page.url
        sin_mensajes(page)


def test_a_list_that_cannot_be_updated_says_so_in_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page("/vista/galeria/lista/", 1366)
    page.route("**/vista/galeria/lista/**", lambda route: route.fulfill(status=500))
    page.locator("details.filtros summary").click()
    page.get_by_role("button", name="Aplicar filtros").click()
    notice = page.get_by_text("No se pudo actualizar la lista. Vuelva a intentarlo.")
    notice.wait_for()
    assert notice.is_visible()
