"""GET and HEAD cannot write: the database refuses it before any view can forget it."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse

from recaudo.infra.solo_lectura import permitir_escribir, solo_leer

LEEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class SoloLectura:
    """Middleware: a view that answers GET or HEAD runs where nothing can be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, and end what the view began."""
        try:
            return self.get_response(request)
        finally:
            terminar = getattr(request, "terminar_lectura", None)
            if terminar is not None:
                terminar()

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Decide by the method alone: no address writes when it is read."""
        if request.method in LEEN:
            cast("Any", request).terminar_lectura = solo_leer()
        else:
            permitir_escribir()
