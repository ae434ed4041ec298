"""What every page must satisfy, asked of the real browser or of the bytes that were served."""

import importlib.util
import re
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
    """What one page said and received: console, uncaught errors, HTML responses."""

    page: Page
    mensajes: list[str] = field(default_factory=list)
    _htmls: list[tuple[str, str]] = field(default_factory=list)
    _unread: int = 0

    def escuchar(self) -> None:
        """Listen to everything that happens in the page from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.mensajes.append(f"error: {error}"))
        self.page.on("response", self._response)

    def olvidar(self) -> None:
        """Forget what was said and received: another test begins."""
        self.mensajes.clear()
        self._htmls.clear()

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


#: How wide the page is and how much of it is seen, and who sticks out.
_DESBORDE = """() => {
    const {clientWidth, scrollWidth} = document.documentElement;
    const salidos = scrollWidth <= clientWidth ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > clientWidth + 1)
        .slice(0, 5)
        .map(e => e.outerHTML.slice(0, 120));
    return [scrollWidth, clientWidth, salidos];
}"""


def sin_desborde(page: Page) -> None:
    """Assert that nothing makes the page scroll sideways (WCAG 1.4.10); name who does."""
    width, visible, offenders = page.evaluate(_DESBORDE)
    assert width <= visible, f"la página mide {width} px en {visible}: {offenders}"


def html_valido(html: str) -> None:
    """Assert that a page, or a fragment of one, is HTML with no error and no broken reference."""
    errors = errores_de_html(html)
    assert not errors, "\n".join(errors)


def errores_de_html(html: str) -> list[str]:
    """Return what a strict parser, or a reader of its ids, finds wrong in ``html``.

    Pages of the same marks are read once, without what is said between them; what is wrong in
    one is told of the page as it came.
    """
    return _faltas(html) if _faltan(_marcas(html)) else []


#: Text without a mark or an entity; the value of what leads somewhere; rows made alike.
_TEXTO = re.compile(r">[^<>&]*[^<>&\s][^<>&]*<")
_VALOR = re.compile(r' (href|src|action|value|content|datetime)="[^"<>&]+"')
_FILAS = re.compile(r"(<tr\b(?:(?!</?tr\b).)*</tr>\s*)\1{2,}", re.DOTALL)


def _marcas(html: str) -> str:
    """Return the page without what no rule here depends on; of rows made alike, two."""
    return _FILAS.sub(r"\1\1", _VALOR.sub(r' \1="x"', _TEXTO.sub(">x<", html)))


@cache
def _faltan(marcas: str) -> bool:
    return bool(_faltas(marcas))


def _faltas(html: str) -> list[str]:
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


#: What there is to look at in a page, and the marks of what its own rows repeat.
_MIRADA = (Path(__file__).parent / "mirada.js").read_text(encoding="utf-8")
# Only what is wrong crosses to Python: the whole result is a thousand times longer. No page plays
# anything, so nothing is loaded for axe besides.
_CORRER_AXE = """async ({tags, reglas, repetidos, cuerpo, medida, colores}) => {
    const mirar = window.porMirar;
    mirar.marcos.forEach((e, n) => e.toggleAttribute('data-repetida', repetidos[n]));
    const sinRepetir = {exclude: [['[data-repetida]']]};
    const sinColor = Object.fromEntries(reglas.color.map(regla => [regla, {enabled: false}]));
    const leer = {runOnly: {type: 'tag', values: tags}, rules: sinColor};
    const con = reglas => ({runOnly: {type: 'rule', values: reglas}});
    const marcos = mirar.marcos.filter((_, n) => !repetidos[n]);
    const pintados = colores.flatMap(firma => mirar.colores.get(firma));
    const vueltas = [];
    if (cuerpo) vueltas.push([sinRepetir, leer]);
    if (!cuerpo && marcos.length) vueltas.push([{include: marcos}, leer]);
    if (!cuerpo && medida) vueltas.push([sinRepetir, con(reglas.medida)]);
    if (pintados.length) vueltas.push([{include: pintados}, con(reglas.color)]);
    const halladas = [];
    for (const [donde, que] of vueltas) {
        const {violations} = await axe.run(donde,
            {...que, resultTypes: ['violations'], preload: {assets: ['media']}, selectors: false});
        halladas.push(...violations);
    }
    return halladas.map(({id, help, nodes}) =>
        ({id, help, nodes: nodes.slice(0, 3).map(node => node.html.slice(0, 120))}));
}"""
#: The rules that ask how things are painted, and those that ask how big they are and where: the
#: other ones read the document, and what of it is there to be seen.
_REGLAS = {
    "color": ["color-contrast", "link-in-text-block"],
    "medida": ["target-size", "scrollable-region-focusable"],
}
#: What axe found sound in this process: frames, whole pages, where their parts are, and colours.
_sanos: set[str] = set()


def violaciones_axe(page: Page) -> list[str]:
    """Return each accessibility violation that axe-core finds: rule, help and first elements.

    It looks once at what is the same: of the rows of a table made of the very same pieces, at two;
    at what frames the pages, once in each view; at the rest, again only when it says or shows
    something else, has its parts elsewhere, or paints a text in another way. Contrast is asked of
    two texts for each ink, size and stack of grounds that the browser paints: what lies over what
    is in the stack, so a text that a narrow screen pushes over another ground is another.

    In a page whose scripts were not run (`sin_guiones`) they are allowed while it looks: axe runs,
    and what the browser left out when it read the page stays out.
    """
    quiet = _quiet.get(page)
    try:
        if quiet:
            quiet.send(_SCRIPTS, {"value": False})
        vista: dict[str, Any] = page.evaluate(_MIRADA)
        suyos = [*vista["marcos"], *vista["colores"], vista["cuerpo"], vista["medida"]]
        pedido = {
            "tags": _WCAG,
            "reglas": _REGLAS,
            "repetidos": [marco in _sanos for marco in vista["marcos"]],
            "cuerpo": vista["cuerpo"] not in _sanos,
            "medida": vista["medida"] not in _sanos,
            "colores": [color for color in vista["colores"] if color not in _sanos],
        }
        if _sanos.issuperset(suyos):
            return []
        if not vista["axe"]:
            page.evaluate(_axe())
        violations: list[dict[str, Any]] = page.evaluate(_CORRER_AXE, pedido)
    finally:
        if quiet:
            quiet.send(_SCRIPTS, {"value": True})
    if not violations:
        _sanos.update(suyos)
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
