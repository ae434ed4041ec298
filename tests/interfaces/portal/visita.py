"""Whatever an employer can reach by links from its home: pages, files and papers, as text."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from tests.interfaces.portal.conftest import Caso

_ENLACE = re.compile(r'href="([^"#]+)')


def todo_lo_que_ve(caso: Caso, *ademas: str) -> dict[str, str]:
    """Return each address under the employer, and those given, with what it says."""
    por_ver, vistas = [f"{caso.casa}/", *ademas], dict[str, str]()
    while por_ver:
        direccion = por_ver.pop()
        if direccion in vistas:
            continue
        vistas[direccion] = dicho = _texto(caso.navegador.get(direccion))
        enlaces = {e.replace("&amp;", "&") for e in _ENLACE.findall(dicho)}
        por_ver += [e for e in _absolutos(enlaces, direccion) if _interesa(e, caso)]
    return vistas


def _absolutos(enlaces: set[str], direccion: str) -> Iterator[str]:
    for enlace in enlaces:
        yield f"{direccion.partition('?')[0]}{enlace}" if enlace.startswith("?") else enlace


def _interesa(enlace: str, caso: Caso) -> bool:
    """Leave out what only orders the same rows again."""
    suyo = enlace.startswith((caso.casa, "/verificar/"))
    return suyo and not re.search(r"[?&](?:orden|pagina|por_pagina)=", enlace)


def _texto(respuesta: Any) -> str:
    if respuesta.status_code == 404:
        return (
            ""  # a debt of the factories, which no planilla asks for; the walk looks for the rest
        )
    assert respuesta.status_code in {200, 302}, respuesta.request["PATH_INFO"]
    crudo = b"".join(respuesta) if respuesta.streaming else respuesta.content
    tipo = respuesta.headers.get("Content-Type", "")
    if "pdf" in tipo:
        hojas = (p.extract_text() for p in PdfReader(io.BytesIO(crudo)).pages)
        return " ".join(" ".join(hojas).split())
    if "spreadsheet" in tipo:
        return _de_libro(crudo)
    destino = f' href="{respuesta["Location"]}"' if respuesta.status_code == 302 else ""
    return str(crudo.decode()).replace("\xa0", " ") + destino


def _de_libro(crudo: bytes) -> str:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(crudo)) as libro:
        return libro.read("xl/worksheets/sheet1.xml").decode()
