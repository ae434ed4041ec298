"""The checks of a page catch what they must: each one before a page with that very fault."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from tests.navegador.comprobaciones import (
    errores_de_html,
    olvidar_mensajes,
    sin_desborde,
    sin_mensajes,
    sin_violaciones_axe,
    vigia,
)
from tests.navegador.conftest import VISTAS, Paginas, Vista

_GOOD = (
    '<!doctype html><html lang="es"><head><title>Planillas</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "</head><body><main><h1>Planillas</h1>{}</main></body></html>"
)
_PAGES = {
    "/buena": "<p>Nada pendiente.</p>",
    "/ancha": '<p style="width: 3000px">Ancha.</p>',
    "/sin-texto": '<img src="/buena.png">',
    "/habla": "<script>console.warn('algo')</script>",
    "/prohibido": "<script>document.title = 'no'</script>",
    "/mal-cerrada": "<p>uno<b></p>",
    "/pálida": "<style>p { color: #999 }</style><p>Nada pendiente.</p>",
    "/encima": "<style>p { color: #fff; background: #000 } b { color: #eee }"
    "@media (width < 500px) { b { position: relative; top: 3em } }</style><p>Uno <b>dos</b></p>",
    "/angosta": "<style>i { display: none }"
    "@media (width < 500px) { i { display: block } }</style><i><img src='/buena.png'></i>",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = _PAGES.get(unquote(self.path))
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
            return
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/prohibido":
            self.send_header("Content-Security-Policy", "script-src 'none'")
        self.end_headers()
        self.wfile.write(_GOOD.format(body or "<p>No existe.</p>").encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def muestra() -> Iterator[str]:
    """A server with one page per fault."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=VISTAS, ids=str)
def suelta(request: pytest.FixtureRequest, paginas_prestadas: Paginas) -> Iterator[Page]:
    """A watched page with no check at its end: here the faults are wanted."""
    with paginas_prestadas.prestada(request.param) as page:
        yield page


def test_a_good_page_passes_every_check(pagina: Page, muestra: str) -> None:
    pagina.goto(f"{muestra}/buena")

    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    sin_mensajes(pagina)
    assert len(vigia(pagina).respuestas) == 1


def test_a_page_wider_than_the_screen_is_caught(suelta: Page, muestra: str) -> None:
    suelta.goto(f"{muestra}/ancha")

    with pytest.raises(AssertionError, match="3000px"):
        sin_desborde(suelta)


def test_an_image_without_text_is_caught_with_and_without_scripts(
    suelta: Page, muestra: str
) -> None:
    suelta.goto(f"{muestra}/sin-texto")

    with pytest.raises(AssertionError, match="image-alt"):
        sin_violaciones_axe(suelta)


@pytest.mark.parametrize("suelta", [Vista(1366, con_js=True)], indirect=True)
def test_what_was_sound_once_is_looked_at_again_where_it_looks_another_way(
    suelta: Page, muestra: str
) -> None:
    """Axe does not repeat itself: same pieces, another ink; same page, another width."""
    suelta.goto(f"{muestra}/buena")
    sin_violaciones_axe(suelta)
    suelta.goto(f"{muestra}/pálida")
    for _ in range(2):
        with pytest.raises(AssertionError, match="color-contrast"):
            sin_violaciones_axe(suelta)
    for path, words in (("encima", "color-contrast"), ("angosta", "image-alt")):
        suelta.set_viewport_size({"width": 1366, "height": 800})
        suelta.goto(f"{muestra}/{path}")
        sin_violaciones_axe(suelta)
        suelta.set_viewport_size({"width": 320, "height": 800})
        with pytest.raises(AssertionError, match=words):
            sin_violaciones_axe(suelta)


@pytest.mark.parametrize("suelta", [Vista(1366, con_js=True)], indirect=True)
@pytest.mark.parametrize(
    ("path", "words"), [("habla", "algo"), ("prohibido", "Content Security Policy")]
)
def test_a_message_and_a_policy_violation_are_caught(
    suelta: Page, muestra: str, path: str, words: str
) -> None:
    suelta.goto(f"{muestra}/{path}")

    with pytest.raises(AssertionError, match=words):
        sin_mensajes(suelta)


@pytest.mark.parametrize("suelta", [Vista(1366, con_js=True)], indirect=True)
def test_an_expected_message_is_forgotten_only_if_it_was_there(suelta: Page, muestra: str) -> None:
    suelta.goto(f"{muestra}/no-existe")

    olvidar_mensajes(suelta, "404")
    sin_mensajes(suelta)
    with pytest.raises(AssertionError, match="ningún mensaje"):
        olvidar_mensajes(suelta, "404")


def test_the_html_that_was_served_is_what_is_judged(suelta: Page, muestra: str) -> None:
    suelta.goto(f"{muestra}/mal-cerrada")

    ((_url, html),) = vigia(suelta).respuestas
    assert errores_de_html(html) != []


@pytest.mark.parametrize(
    "fault",
    [
        "<p>uno<b></p>",
        '<p id="a"></p><p id="a"></p>',
        '<label for="no-existe">RUC</label>',
        '<input aria-describedby="no-existe">',
        "<table><div></div></table>",
        "<p></p></div>",
        '<a href="x" href="y">z</a>',
        "<p>a < b</p>",
        "<p>a &nada; b</p>",
        '<table><tr><td id="a">1</td></tr><tr><td id="a">2</td></tr></table>',
        "<table>" + "<tr><td>1</td></tr>" * 3 + "<tr><td>2</b></td></tr></table>",
    ],
)
def test_bad_html_is_caught(fault: str) -> None:
    assert errores_de_html(_GOOD.format(fault)) != []
    assert errores_de_html(_GOOD.format('<label for="a">RUC</label><input id="a">')) == []


def test_a_fragment_may_refer_to_the_page_around_it_and_not_repeat_an_id() -> None:
    assert errores_de_html('<input aria-describedby="ayuda">') == []
    assert errores_de_html('<i id="a"></i><i id="a"></i>') == ["id repetido: a"]
