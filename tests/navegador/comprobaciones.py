"""What every page must satisfy, asked of the real browser or of the bytes that were served."""

import importlib.util
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError
from playwright.sync_api import CDPSession, ConsoleMessage, Error, Page, Response

# Attributes that point at other elements of the page by their id.
_REFERENCES = (
    "aria-controls",
    "aria-describedby",
    "aria-errormessage",
    "aria-labelledby",
    "aria-owns",
    "for",
    "form",
    "headers",
    "list",
)
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Vigia:
    """What one page said and received: console, uncaught errors, HTML responses, its frames."""

    page: Page
    mensajes: list[str] = field(default_factory=list)
    marcos: set[str] = field(default_factory=set)
    _htmls: list[tuple[str, str]] = field(default_factory=list)
    _unread: int = 0

    def escuchar(self) -> None:
        """Listen to everything that happens in the page from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.mensajes.append(f"error: {error}"))
        self.page.on("response", self._response)

    @property
    def respuestas(self) -> list[tuple[str, str]]:
        """The address and the bytes as text of every HTML received, once all are read."""
        for _ in range(100):
            if not self._unread:
                break
            self.page.wait_for_timeout(20)
        return self._htmls

    def _console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        self.mensajes.append(f"{message.type}: {message.text} ({place})")

    def _response(self, response: Response) -> None:
        if "text/html" not in response.headers.get("content-type", "") or _is_redirect(response):
            return
        self._unread += 1
        try:
            self._htmls.append((response.url, response.text()))
        except Error:
            pass  # the browser already left that page and dropped its bytes
        finally:
            self._unread -= 1


def _is_redirect(response: Response) -> bool:
    return 300 <= response.status < 400


_witnesses: dict[Page, Vigia] = {}


def vigilar(page: Page) -> Vigia:
    """Keep a witness of ``page``; the fixture ``pagina`` does it for every page it gives."""
    witness = Vigia(page)
    witness.escuchar()
    _witnesses[page] = witness
    return witness


def vigia(page: Page) -> Vigia:
    """Return the witness of a page that ``vigilar`` watches."""
    return _witnesses[page]


def soltar(page: Page) -> None:
    """Forget the witness of a page that is closed."""
    _witnesses.pop(page, None)
    _quiet.pop(page, None)


def olvidar_mensajes(page: Page, fragmento: str) -> None:
    """Drop the messages with ``fragmento``: the browser reports each expected 404 or 422 as one.

    Fails when there is none, so that an exception outlives its reason in no test.
    """
    witness = vigia(page)
    kept = [message for message in witness.mensajes if fragmento not in message]
    assert len(kept) < len(witness.mensajes), f"ningún mensaje dice «{fragmento}»"
    witness.mensajes[:] = kept


def sin_mensajes(page: Page) -> None:
    """Assert that the page logged nothing: no warning, no error, no CSP violation."""
    messages = vigia(page).mensajes
    assert not messages, "\n".join(messages)


def sin_desborde(page: Page) -> None:
    """Assert that nothing makes the page scroll sideways (WCAG 1.4.10); name who does."""
    offenders = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(e => e.outerHTML.slice(0, 120));
        }"""
    )
    width = page.evaluate("document.documentElement.scrollWidth")
    visible = page.evaluate("document.documentElement.clientWidth")
    assert width <= visible, f"la página mide {width} px en {visible}: {offenders}"


def html_valido(html: str) -> None:
    """Assert that a page, or a fragment of one, is HTML with no error and no broken reference."""
    errors = errores_de_html(html)
    assert not errors, "\n".join(errors)


def errores_de_html(html: str) -> list[str]:
    """Return what a strict parser, or a reader of its ids, finds wrong in ``html``."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    whole = html.lstrip().lower().startswith(("<!doctype", "<html"))
    try:
        tree = parser.parse(html) if whole else parser.parseFragment(html)
    except ParseError as error:
        line, column = parser.tokenizer.stream.position()
        return [f"línea {line}, columna {column}: {error}"]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    found = [f"id repetido: {name}" for name, times in ids.items() if times > 1]
    if whole:
        found += [
            f"{element.tag}[{attribute}] nombra un id que no existe: {name}"
            for element, attribute, name in _references(elements)
            if name not in ids
        ]
    return found


def _references(elements: list[Element]) -> Iterator[tuple[Element, str, str]]:
    for element in elements:
        for attribute in _REFERENCES:
            for name in (element.get(attribute) or "").split():
                yield element, attribute, name


@cache
def _axe() -> str:
    """Return axe-core's source, from the package that carries it and without importing that."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


#: Marks what axe has looked at: each row that is made as two before it in its table, and a head,
#: a menu or a foot made as one that this page showed before at this width. Returns what it saw.
_REPETIDAS = """vistas => {
    const pieza = e => e.tagName + [...e.attributes].filter(a => a.name !== 'data-repetida')
        .map(a => a.name === 'class' ? a.value : a.name)
        + (e.children.length || e.textContent.trim() ? '' : 'vacía');
    const hecha = e => [e, ...e.querySelectorAll('*')].map(pieza).join();
    for (const cuerpo of document.querySelectorAll('main tbody')) {
        const filas = new Map();
        for (const fila of cuerpo.rows) {
            const suya = hecha(fila);
            filas.set(suya, (filas.get(suya) || 0) + 1);
            fila.toggleAttribute('data-repetida', filas.get(suya) > 2);
        }
    }
    return [...document.querySelectorAll('body > header, body > footer, body > nav')].map(e => {
        const suya = innerWidth + hecha(e);
        e.toggleAttribute('data-repetida', vistas.includes(suya));
        return suya;
    });
}"""
# Only what is wrong crosses to Python: the whole result is a thousand times longer.
_CORRER_AXE = """async tags => {
    const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
    const {violations} = await axe.run({exclude: [['[data-repetida]']]}, options);
    return violations.map(({id, help, nodes}) =>
        ({id, help, nodes: nodes.slice(0, 3).map(node => node.html.slice(0, 120))}));
}"""


def violaciones_axe(page: Page) -> list[str]:
    """Return each accessibility violation that axe-core finds: rule, help and first elements.

    Of the rows of a table that are made of the very same pieces it looks at two, and once at what
    frames all the pages. In a page whose
    scripts were not run (`sin_guiones`) they are allowed while it looks: axe runs, and what the
    browser left out when it read the page stays out.
    """
    quiet = _quiet.get(page)
    try:
        if quiet:
            quiet.send(_SCRIPTS, {"value": False})
        vigia(page).marcos.update(page.evaluate(_REPETIDAS, list(vigia(page).marcos)))
        if page.evaluate("typeof window.axe") != "object":
            page.evaluate(_axe())
        violations: list[dict[str, Any]] = page.evaluate(_CORRER_AXE, _WCAG)
    finally:
        if quiet:
            quiet.send(_SCRIPTS, {"value": True})
    return [f"{one['id']}: {one['help']} {one['nodes']}" for one in violations]


def sin_violaciones_axe(page: Page) -> None:
    """Assert that axe-core finds no violation of WCAG 2.2 AA nor of good practice."""
    violations = violaciones_axe(page)
    assert not violations, "\n".join(violations)


_SCRIPTS = "Emulation.setScriptExecutionDisabled"
_quiet: dict[Page, CDPSession] = {}


def sin_guiones(page: Page) -> None:
    """From now on run none of the scripts of the pages that it opens, as a browser that has none.

    The same switch as a context made without scripts, which nobody could turn again for axe.
    """
    _quiet[page] = page.context.new_cdp_session(page)
    _quiet[page].send(_SCRIPTS, {"value": True})
