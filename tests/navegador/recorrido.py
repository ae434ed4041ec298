"""A walk: every page that each person of the demonstration can reach by links is sound.

`Recorrido` has the tests; a module for each door says who walks and from where, so that two
workers walk at once. Each has a site of its own, as it was prepared, and only reads it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, ClassVar

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.navegador import escenario
from tests.navegador.comprobaciones import (
    errores_de_html,
    sin_desborde,
    sin_mensajes,
    sin_violaciones_axe,
)
from tests.navegador.conftest import Sitio, Vista, servido
from tests.navegador.contenido import faltas_de_contenido
from tests.navegador.visitante import Respuesta, Visitante, anclas_rotas, esqueleto

EXTRANO = "nadie"
#: What only receives what a form sends, or has no link in the walk.
SIN_ENLACE = {
    "salir", "portal:revision", "portal:corregir", "portal:fallas", "portal:continuar",
    "portal:verificar_archivo", "portal:comprobante_generado",
    "oficina:revertir_linea",  # on the page of lines of one statement, and the walk opens two
    "oficina:desmentir_aviso", "oficina:decidir_desmentido",  # no notice is denied in the walk
    "oficina:reconocer_lote", "oficina:revertir_lote",  # nor is a batch left in doubt
}  # fmt: skip
_SIN_COMPILAR = ("<c-", "</c-", "{{", "{%", "{#")

Paginas = dict[str, dict[str, Respuesta]]


class Recorrido:
    """What is asked of the pages of one door; whoever inherits says whose."""

    #: Who walks.
    PERSONAS: ClassVar[tuple[str, ...]]
    #: Where each one starts.
    ENTRADAS: ClassVar[tuple[str, ...]]
    #: What somebody opens first, of what the others may not see.
    ANTES: ClassVar[dict[str, tuple[str, ...]]] = {}
    #: How the names of the views of this door begin; the other door looks at the rest.
    PROPIAS: ClassVar[tuple[str, ...]]
    #: At least so many pages are found, and so many kinds of screen of this door.
    PAGINAS: ClassVar[int]
    CLASES: ClassVar[int]

    @pytest.fixture(scope="class")
    @classmethod
    def sitio(
        cls, _sitios: tuple[ExitStack, dict[str, Sitio]], django_db_blocker: Any
    ) -> Iterator[Sitio]:
        """The demonstration, as it was prepared: the shared one if nobody has opened it yet."""
        abiertos, por_nombre = _sitios
        molde = escenario.DEMOSTRACION
        if molde.que in por_nombre:
            with servido(molde, django_db_blocker, f"_{cls.__name__.lower()}") as propio:
                yield propio
        else:
            compartido = abiertos.enter_context(servido(molde, django_db_blocker))
            por_nombre[molde.que] = compartido
            yield compartido

    @pytest.fixture(scope="class")
    @classmethod
    def visitantes(cls, sitio: Sitio) -> dict[str, Visitante]:
        """A session for each one who walks."""
        return {quien: Visitante(sitio, escenario.QUIEN.get(quien, "")) for quien in cls.PERSONAS}

    @pytest.fixture(scope="class")
    @classmethod
    def paginas(cls, visitantes: dict[str, Visitante]) -> Paginas:
        """What each one finds."""
        pedidos: set[str] = set()
        return {
            quien: v.recorrer(*cls.ANTES.get(quien, ()), *cls.ENTRADAS, estaticos=pedidos)
            for quien, v in visitantes.items()
        }

    @pytest.fixture(scope="class")
    @classmethod
    def una_de_cada_clase(cls, paginas: Paginas) -> list[tuple[str, str]]:
        """Who looks at which address: of each kind of screen, the one with most pieces.

        A kind is the view that answers; one that answers only to a question is looked at with it.
        Every other page of the same kind is made of the same pieces, and all are read as HTML.
        """
        mejores: dict[str, tuple[bool, int, str, str]] = {}
        for quien, r in _todas(paginas):
            if r.es_html and r.estado == 200 and cls.es_propia(r.nombre):
                suya = ("?" not in r.url, len(esqueleto(r)), quien, r.url)
                mejores[r.nombre] = max(mejores.get(r.nombre, suya), suya)
        return sorted((quien, url) for _, _, quien, url in mejores.values())

    @classmethod
    def es_propia(cls, nombre: str) -> bool:
        """Say whether a view is of this door."""
        raise NotImplementedError

    def test_every_link_that_a_page_offers_answers(self, paginas: Paginas) -> None:
        rotos = [
            f"{quien}: {r.url} responde {r.estado} (enlace en {r.desde})"
            for quien, r in _todas(paginas)
            if r.estado != 200
        ]
        assert sum(map(len, paginas.values())) > self.PAGINAS
        assert rotos == []

    def test_every_page_is_valid_html_with_no_markup_left_to_compile(
        self, paginas: Paginas
    ) -> None:
        faltas = {}
        for quien, r in _todas(paginas):
            if r.es_html:
                restos = [resto for resto in _SIN_COMPILAR if resto in r.html]
                halladas = [*errores_de_html(r.html), *restos, *anclas_rotas(r)]
                if halladas:
                    faltas[f"{quien}: {r.url}"] = halladas
        assert faltas == {}

    def test_no_page_speaks_to_people_in_the_words_of_programs(self, paginas: Paginas) -> None:
        """Rule codes, raw dates, names of programs, a plural of one: none on any page."""
        faltas: dict[str, set[str]] = {}
        for quien, r in _todas(paginas):
            if r.es_html and not r.nombre.startswith("api:"):
                for falta in faltas_de_contenido(r.html):
                    faltas.setdefault(falta, set()).add(f"{quien}: {r.nombre}")
        assert faltas == {}

    def test_every_paper_is_of_the_kind_it_says(self, paginas: Paginas) -> None:
        papeles = [r for _, r in _todas(paginas) if r.tipo.startswith("application/pdf")]
        assert len(papeles) >= 2
        assert all(r.cuerpo.startswith(b"%PDF-") for r in papeles)

    def test_every_page_of_the_door_has_a_link_to_it(self, paginas: Paginas) -> None:
        halladas = {r.nombre for _, r in _todas(paginas)}
        propias = {n for n in _nombres(get_resolver().url_patterns) if n.startswith(self.PROPIAS)}
        assert len(propias) > 20
        assert propias - halladas - SIN_ENLACE == set()

    @pytest.mark.parametrize(
        "pagina", [Vista(1366, con_js=True), Vista(1366, con_js=False)], indirect=True, ids=str
    )
    def test_each_kind_of_screen_is_accessible_and_fits_in_the_four_views(
        self,
        request: pytest.FixtureRequest,
        pagina: Page,
        visitantes: dict[str, Visitante],
        una_de_cada_clase: list[tuple[str, str]],
    ) -> None:
        """Wide and narrow, with and without scripts.

        Without them axe looks at the narrow one alone: the pieces that are there only without
        scripts are the same in the wide one, where it has looked at all the others.
        """
        con_js = "con-js" in request.node.name
        assert len(una_de_cada_clase) >= self.CLASES
        faltas, antes = {}, ""
        for quien, url in una_de_cada_clase:
            if quien != antes:
                pagina.context.clear_cookies()
                pagina.context.add_cookies(visitantes[quien].para_el_navegador())  # type: ignore[arg-type]
                antes = quien
            if halladas := _mirar(pagina, url, con_axe=(1366, 320) if con_js else (320,)):
                faltas[f"{quien}: {url}"] = halladas
        assert faltas == {}


def _todas(paginas: Paginas) -> Iterator[tuple[str, Respuesta]]:
    for quien, suyas in paginas.items():
        for respuesta in suyas.values():
            yield quien, respuesta


def _nombres(patrones: list[URLPattern | URLResolver], antes: str = "") -> Iterator[str]:
    for patron in patrones:
        if isinstance(patron, URLResolver):
            lugar = f"{patron.namespace}:" if patron.namespace else ""
            yield from _nombres(patron.url_patterns, antes + lugar)
        elif patron.name:
            yield antes + patron.name


def _mirar(pagina: Page, url: str, con_axe: tuple[int, ...]) -> list[str]:
    """Return what is wrong with a page at 1366 and at 320 px, with every detail open.

    What sticks to an edge of the screen is set free before axe looks. Where it is depends on how
    far one has scrolled: axe, which never scrolls, would measure the rows that it half covers as
    if nobody could uncover them, and would call a target that is whole too small. What must not
    happen is that it covers what has the focus, and `foco.js` looks at that stop by stop.
    """
    halladas = []
    pagina.set_viewport_size({"width": 1366, "height": 800})
    pagina.goto(url)
    pagina.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for ancho in (1366, 320):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        axe = [_axe_sin_lo_que_se_pega] if ancho in con_axe else []
        for comprobar in (sin_desborde, *axe, sin_mensajes):
            try:
                comprobar(pagina)
            except AssertionError as falta:
                halladas.append(f"{ancho} px: {falta}")
    pagina.evaluate(_ESCRIBIR_LARGO, LARGO)
    try:
        sin_desborde(pagina)
    except AssertionError as falta:
        halladas.append(f"con un texto de {LARGO} letras: {falta}")
    return halladas


#: More letters than anybody writes as a reason, without a blank.
LARGO = 5_000
#: Writes them wherever the page says something in words: a reason, a name or a reference may be
#: there; not in the rows made as two before them. What has a form of its own (amounts, dates,
#: states, numbers) is narrow by its class.
_ESCRIBIR_LARGO = """letras => {
    const conLetras = e => [...e.childNodes]
        .find(n => n.nodeType === 3 && /[a-záéíóúñ]{3}/i.test(n.data));
    const piezas = document.querySelectorAll('main p, main dd, main li, main td, main blockquote');
    const textos = [...piezas]
        .filter(e => e.checkVisibility() && !e.closest('.numero, .entero, [data-repetida]'))
        .map(conLetras).filter(Boolean);
    for (const texto of textos) texto.data = 'x'.repeat(letras);
}"""


def _axe_sin_lo_que_se_pega(pagina: Page) -> None:
    pagina.evaluate(
        """[...document.querySelectorAll('main *')]
            .filter(e => getComputedStyle(e).position === 'sticky')
            .forEach(e => { e.style.position = 'static'; })"""
    )
    sin_violaciones_axe(pagina)
