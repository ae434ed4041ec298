"""A site without Django for the tests of the server: a page, and ten megabytes."""

import os
from collections.abc import Callable, Iterator
from typing import Any

from recaudo.project.rsgi import Sitio

PIEZA = b"x" * 65_536


def aplicacion(ambiente: dict[str, Any], empezar: Callable[..., Any]) -> Iterator[bytes]:
    """Answer `/mucho` with 160 pieces, and anything else with who answered and what came."""
    empezar("200 OK", [("Content-Type", "text/plain")])
    if ambiente["PATH_INFO"] == "/mucho":
        for _ in range(160):
            yield PIEZA
        return
    recibido = ambiente["wsgi.input"].read()
    visto = ambiente.get("HTTP_X_FORWARDED_FOR", "-")
    yield f"{os.getpid()} {len(recibido)} {ambiente['PATH_INFO']} {visto}".encode()


sitio = Sitio(aplicacion, lambda _: 1_000_000)
