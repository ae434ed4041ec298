"""A walk: every page that each person of the demonstration can reach by links is sound."""

from collections.abc import Callable, Iterator

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
from tests.navegador.conftest import Sitio, Vista
from tests.navegador.contenido import faltas_de_contenido
from tests.navegador.visitante import (
    Respuesta,
    Visitante,
    anclas_rotas,
    esqueleto,
    vinculos_de,
)

EXTRANO = "nadie"
#: What only receives what a form sends, or is asked for by no link of a page.
SIN_ENLACE = {
    "salir", "portal:revision", "portal:corregir", "portal:fallas", "portal:continuar",
    "portal:verificar_archivo",
    "portal:comprobante_generado", "portal:revisar", "oficina:aplicar_valor",
    "oficina:aplicar_valores", "oficina:decidir_tasa",
    "oficina:decidir_tasas",
    "oficina:registrar_cuenta",  # nobody of the demonstration registers accounts
    "portal:aviso", "portal:aviso_pdf",  # the bank takes nothing back in the walk
}  # fmt: skip
_SIN_COMPILAR = ("<c-", "</c-", "{{", "{%", "{#")


@pytest.fixture(scope="module")
def preparar_sitio() -> Callable[[], None]:
    """The demonstration."""
    return escenario.preparar


@pytest.fixture(scope="module")
def visitantes(sitio: Sitio) -> dict[str, Visitante]:
    """A session for each person of the demonstration, and a stranger's."""
    personas = {clave: Visitante(sitio, numero) for clave, numero in escenario.QUIEN.items()}
    return {EXTRANO: Visitante(sitio), **personas}


@pytest.fixture(scope="module")
def paginas(visitantes: dict[str, Visitante]) -> dict[str, dict[str, Respuesta]]:
    """What each one finds from the home of the portal and, who works there, of the office."""
    halladas = {}
    for quien, visitante in visitantes.items():
        entradas = [""] if quien in {EXTRANO, "ana", "carla"} else ["oficina/", "calculadora/"]
        halladas[quien] = visitante.recorrer(*entradas)
    return halladas


def _todas(paginas: dict[str, dict[str, Respuesta]]) -> Iterator[tuple[str, Respuesta]]:
    for quien, suyas in paginas.items():
        for respuesta in suyas.values():
            yield quien, respuesta


def test_every_link_that_a_page_offers_answers(paginas: dict[str, dict[str, Respuesta]]) -> None:
    rotos = [
        f"{quien}: {r.url} responde {r.estado} (enlace en {r.desde})"
        for quien, r in _todas(paginas)
        if r.estado != 200
    ]
    assert sum(map(len, paginas.values())) > 150
    assert rotos == []


def test_every_page_is_valid_html_with_no_markup_left_to_compile(
    paginas: dict[str, dict[str, Respuesta]],
) -> None:
    faltas = {}
    for quien, r in _todas(paginas):
        if r.es_html:
            restos = [resto for resto in _SIN_COMPILAR if resto in r.html]
            halladas = [*errores_de_html(r.html), *restos, *anclas_rotas(r)]
            if halladas:
                faltas[f"{quien}: {r.url}"] = halladas
    assert faltas == {}


def test_no_page_speaks_to_people_in_the_words_of_programs(
    paginas: dict[str, dict[str, Respuesta]],
) -> None:
    """Rule codes, raw dates, names of programs, a plural of one: none on any page of anybody."""
    faltas: dict[str, set[str]] = {}
    for quien, r in _todas(paginas):
        if r.es_html and not r.nombre.startswith("api:"):
            for falta in faltas_de_contenido(r.html):
                faltas.setdefault(falta, set()).add(f"{quien}: {r.nombre}")
    assert faltas == {}


@pytest.mark.parametrize(
    ("dicho", "regla"),
    [
        ("Norma: R-COM-02.", "código de una regla nuestra"),
        ("dias_no_laborados", "nombre de programa"),
        ("AFILIADO_NO_ACTIVO", "clave en mayúsculas"),
        ("Válido hasta 2026-11-16.", "fecha sin traducir"),
        ("Período 2026-11", "mes sin traducir"),
        ("Recibido 10:42 UTC", "hora de otro lugar"),
        ("Según cartera-coactiva.md", "archivo de nuestras normas"),
        ("Glosa cancelada", "cancelar quiere decir pagar"),
        ("2 filas", "se dice línea"),
        ("1 líneas", "una sola, en plural"),
        ("12 planilla", "varias, en singular"),
        ("None", "valor vacío de programa"),
        ("8.25 %", "decimal sin traducir"),
    ],
)
def test_the_eye_for_words_sees_each_thing(dicho: str, regla: str) -> None:
    assert [f.partition(":")[0] for f in faltas_de_contenido(f"<p>{dicho}</p>")] == [regla]


@pytest.mark.parametrize(
    "dicho",
    [
        "extracto-2026-10-08.xml", "Glosa 17-2026-000123", "1 línea, 2 líneas, 1 mes, 21 planillas",
        "2101.GASTOS_ADM", "$ 1.234,50 y 8,25 %", "1 más", "Calle 1 de Mayo",
    ],
)  # fmt: skip
def test_the_eye_for_words_lets_pass_what_is_well_said(dicho: str) -> None:
    assert faltas_de_contenido(f"<p>{dicho}</p>") == []


def test_every_paper_is_of_the_kind_it_says(paginas: dict[str, dict[str, Respuesta]]) -> None:
    papeles = [r for _, r in _todas(paginas) if r.tipo.startswith("application/pdf")]
    assert len(papeles) >= 4
    assert all(r.cuerpo.startswith(b"%PDF-") for r in papeles)


def test_every_page_of_the_portal_and_of_the_office_has_a_link_to_it(
    paginas: dict[str, dict[str, Respuesta]],
) -> None:
    halladas = {r.nombre for _, r in _todas(paginas)}
    todas = set(_nombres(get_resolver().url_patterns))
    propias = {n for n in todas if n.startswith(("portal:", "oficina:")) or n == "entrar"}
    assert len(propias) > 40
    assert propias - halladas - SIN_ENLACE == set()


def _nombres(patrones: list[URLPattern | URLResolver], antes: str = "") -> Iterator[str]:
    for patron in patrones:
        if isinstance(patron, URLResolver):
            lugar = f"{patron.namespace}:" if patron.namespace else ""
            yield from _nombres(patron.url_patterns, antes + lugar)
        elif patron.name:
            yield antes + patron.name


@pytest.fixture(scope="module")
def una_de_cada_clase(paginas: dict[str, dict[str, Respuesta]]) -> dict[str, list[str]]:
    """The addresses to look at, by person: of each kind of screen, the one with most pieces.

    A kind is the view that answers. Every other page of the same kind is made of the same pieces,
    and all of them are read as HTML above.
    """
    mejores: dict[str, tuple[int, str, str]] = {}
    for quien, r in _todas(paginas):
        if r.es_html and "?" not in r.url and r.estado == 200:
            suya = (len(esqueleto(r)), quien, r.url)
            mejores[r.nombre] = max(mejores.get(r.nombre, suya), suya)
    por_persona: dict[str, list[str]] = {}
    for _, quien, url in mejores.values():
        por_persona.setdefault(quien, []).append(url)
    return por_persona


@pytest.mark.parametrize(
    "pagina", [Vista(1280, con_js=True), Vista(1280, con_js=False)], indirect=True, ids=str
)
@pytest.mark.parametrize("quien", [EXTRANO, *escenario.QUIEN])
def test_each_kind_of_screen_is_accessible_and_fits_in_the_four_views(
    request: pytest.FixtureRequest,
    pagina: Page,
    quien: str,
    visitantes: dict[str, Visitante],
    una_de_cada_clase: dict[str, list[str]],
) -> None:
    """Wide and narrow, with and without scripts; axe, which needs them, looks where they run."""
    pagina.context.add_cookies(visitantes[quien].para_el_navegador())  # type: ignore[arg-type]
    faltas = {
        url: halladas
        for url in una_de_cada_clase.get(quien, [])
        if (halladas := _mirar(pagina, url, con_axe="sin-js" not in request.node.name))
    }
    assert faltas == {}


def test_every_kind_of_screen_is_looked_at(una_de_cada_clase: dict[str, list[str]]) -> None:
    assert sum(map(len, una_de_cada_clase.values())) > 40


def _mirar(pagina: Page, url: str, *, con_axe: bool) -> list[str]:
    """Return what is wrong with a page at 1280 and at 320 px, with every detail open."""
    halladas = []
    miradas = (sin_desborde, *([sin_violaciones_axe] if con_axe else []), sin_mensajes)
    pagina.set_viewport_size({"width": 1280, "height": 800})
    pagina.goto(url)
    pagina.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    # What sticks to an edge covers half a row only until one scrolls: axe would measure that half.
    pagina.evaluate(
        """[...document.querySelectorAll('main *')]
            .filter(e => getComputedStyle(e).position === 'sticky')
            .forEach(e => { e.style.position = 'static'; })"""
    )
    for ancho in (1280, 320):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        for comprobar in miradas:
            try:
                comprobar(pagina)
            except AssertionError as falta:
                halladas.append(f"{ancho} px: {falta}")
    return halladas


def test_the_reader_of_links_sees_what_is_broken() -> None:
    html = (
        "<body><a href='/planillas/?orden=total#tabla'>x</a><img src='/static/x.png'>"
        "<main><a href='#aqui'>a</a><a href='#no-esta'>b</a><p id='aqui' class='suave'>c</p></main>"
        "<footer class='pie'></footer>"
    )
    leida = Respuesta("http://sitio.example/inicio/", 200, "text/html", html.encode(), "")

    assert anclas_rotas(leida) == ["#no-esta"]
    assert {v.url for v in vinculos_de(leida)} == {
        "http://sitio.example/planillas/?orden=total",
        "http://sitio.example/static/x.png",
        "http://sitio.example/inicio/",
    }
    assert esqueleto(leida) == {"main.", "a.", "p.suave"}
