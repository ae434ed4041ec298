"""The policy of contents is the library's, whole, written once."""

import pytest
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from recaudo.interfaces.vista.politica import PoliticaFija


def _directivas(texto: str) -> set[str]:
    return {parte.strip() for parte in texto.split(";")}


def _de_la_libreria() -> str:
    respuesta = CSPMiddleware(lambda _: HttpResponse()).process_response(
        HttpRequest(), HttpResponse()
    )
    return respuesta.headers[HEADER]


def test_it_says_what_the_library_says() -> None:
    fija = PoliticaFija(lambda _: HttpResponse())
    escrita = fija.process_response(HttpRequest(), HttpResponse()).headers[HEADER]
    assert _directivas(escrita) == _directivas(_de_la_libreria())
    assert "script-src 'self'" in _directivas(escrita)


def test_the_comparison_notices_a_policy_that_lets_more_in() -> None:
    fija = PoliticaFija(lambda _: HttpResponse())
    with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": {"script-src": ["*"]}}):
        escrita = fija.process_response(HttpRequest(), HttpResponse()).headers[HEADER]
    assert _directivas(escrita) != _directivas(_de_la_libreria())


def test_what_wrote_its_own_keeps_it() -> None:
    propia = HttpResponse(headers={HEADER: "default-src 'none'"})
    fija = PoliticaFija(lambda _: propia)
    assert fija.process_response(HttpRequest(), propia).headers[HEADER] == "default-src 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/", "/no-existe/", "/entrar/"])
def test_every_answer_has_it(ruta: str) -> None:
    assert HEADER in Client().get(ruta).headers
