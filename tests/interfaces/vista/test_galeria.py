"""The shared look, seen through its gallery: everything a page can be made of, in every state."""

import re
from collections.abc import Iterator

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import Client, override_settings

from recaudo.interfaces.vista.contexto import rutas

PAGES = (
    "/vista/galeria/",
    "/vista/galeria/oficina/",
    "/vista/galeria/lista/",
    "/vista/galeria/lista/?estado=pagada&orden=-total",
    "/vista/galeria/lista/?desde=31/02/2026",
    "/vista/galeria/lista/?desde=01/01/2099",
    "/vista/galeria/confirmacion/",
    "/accesibilidad/",
    "/privacidad/",
    "/no-existe/",
)


@pytest.fixture(autouse=True)
def _the_smallest_site() -> Iterator[None]:
    """The gallery needs no database, session or user: a site without them must do."""
    with override_settings(
        ROOT_URLCONF="tests.interfaces.vista.urls_de_prueba",
        MIDDLEWARE=[
            "csp.middleware.CSPMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    ):
        yield


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == (404 if "no-existe" in address else 200)
    return response.content.decode()


def html_errors(text: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    lines = text.splitlines()
    return [f"{code}: {lines[place[0] - 1][:200]}" for place, code, _ in parser.errors]


@pytest.mark.parametrize("address", PAGES)
def test_no_component_is_left_unrendered(address: str) -> None:
    assert "<c-" not in page(address)


def test_other_loaders_do_leave_components_unrendered_so_the_check_above_can_fail() -> None:
    from copy import deepcopy

    from django.template.utils import EngineHandler

    from recaudo.interfaces.vista.ajustes import plantillas

    wrong = deepcopy(plantillas(en_cache=False))
    wrong[0]["OPTIONS"]["loaders"] = [
        ("template_partials.loader.Loader", ["django.template.loaders.app_directories.Loader"])
    ]
    text = EngineHandler(wrong)["django"].get_template("vista/privacidad.html").render({})
    assert "<c-" in text


@pytest.mark.parametrize("address", PAGES)
def test_the_html_has_no_error(address: str) -> None:
    assert html_errors(page(address)) == []


def test_the_html_check_sees_a_planted_error() -> None:
    broken = page("/accesibilidad/").replace("<main ", '<main id="otro" ')
    assert any("duplicate-attribute" in error for error in html_errors(broken))


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_so_that_the_policy_can_be_strict(address: str) -> None:
    text = page(address)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert re.findall(r"<script(?![^>]* src=)", text) == []


@pytest.mark.parametrize("address", PAGES)
def test_every_static_file_that_a_page_asks_for_exists(address: str) -> None:
    asked = re.findall(r'(?:src|href)="/static/([^"?#]+)', page(address))
    assert asked
    assert [name for name in asked if finders.find(name) is None] == []


@pytest.mark.parametrize("address", PAGES)
def test_every_id_is_used_once_and_every_reference_finds_its_id(address: str) -> None:
    text = page(address)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    pattern = r'(?:for|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"'
    wanted = {one for many in re.findall(pattern, text) for one in many.split()}
    wanted |= set(re.findall(r'href="#([^"]+)"', text))
    assert wanted - set(ids) == set()


def test_the_policy_allows_only_our_own_origin() -> None:
    policy = Client().get("/accesibilidad/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy


def test_the_page_title_says_error_when_the_form_came_back_wrong() -> None:
    template = engines["django"].from_string("{% prefijo_error %}Datos")
    from recaudo.interfaces.vista.muestrario import FormularioDeMuestra

    assert template.render({"form": FormularioDeMuestra({})}) == "Error: Datos"
    assert template.render({"form": FormularioDeMuestra()}) == "Datos"
    assert template.render({}) == "Datos"


def test_an_error_page_needs_no_context_at_all() -> None:
    for status in ("400", "403", "404", "408", "409", "413", "500", "503"):
        text = engines["django"].get_template(f"{status}.html").render({})
        assert "<h1" in text
        assert html_errors(text) == []


def test_the_server_error_page_says_that_nothing_was_saved_and_gives_a_code() -> None:
    from django.test import RequestFactory

    from recaudo.interfaces.vista.views import error_500

    response = error_500(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "No se guardó ningún cambio" in response.content.decode()
    assert re.search(r'class="codigo">[0-9a-f]{8}<', response.content.decode())


def test_a_list_keeps_its_order_when_it_is_filtered_and_its_filter_when_it_is_ordered() -> None:
    text = page("/vista/galeria/lista/?estado=pagada&orden=-total")
    assert '<input type="hidden" name="orden" value="-total">' in text
    assert 'aria-sort="descending"' in text
    assert re.search(r'href="\?estado=pagada&amp;orden=periodo"', text)
    assert '<a href="?orden=-total"><span class="govuk-visually-hidden">Quitar el filtro' in text
    totals = re.findall(r'<span class="dinero">\$ ([\d.,]+)</span>', text)
    cents = [int(re.sub(r"\D", "", total)) for total in totals]
    assert len(cents) > 3
    assert cents == sorted(cents, reverse=True)


def test_an_empty_list_says_so_instead_of_showing_an_empty_table() -> None:
    text = page("/vista/galeria/lista/?desde=01/01/2099")
    assert "No hay planillas con esos filtros" in text
    assert "<table" not in text


def test_the_addresses_of_one_site_are_not_those_of_another() -> None:
    de_esta = rutas()
    assert set(de_esta) == {"accesibilidad", "privacidad"}
    with override_settings(ROOT_URLCONF="recaudo.project.urls"):
        assert set(rutas()) == {"accesibilidad", "privacidad", "entrar", "salir", "sesiones"}
    assert rutas() == de_esta
