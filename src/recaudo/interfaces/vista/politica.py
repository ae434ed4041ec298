"""The content security policy, written once: no page of this site asks for another."""

from functools import cached_property
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class PoliticaFija(CSPMiddleware):
    """The library's policy without what changes with each answer: no nonce, no exception."""

    @cached_property
    def _escrita(self) -> str:
        respuesta = super().process_response(HttpRequest(), HttpResponse())
        return respuesta.headers[HEADER]

    def process_request(self, request: HttpRequest) -> None:
        """Prepare no nonce: nothing inline runs here."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        """Put the header, unless something wrote its own."""
        del request
        response.headers.setdefault(HEADER, self._escrita)
        return response  # type: ignore[no-any-return]
