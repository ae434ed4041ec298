"""One text for one content, the same that PostgreSQL writes for a `jsonb`.

So its SHA-256 can be checked in the database without Python.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from recaudo.kernel.money import Dinero


class ContenidoNoAdmitido(TypeError):
    """The content holds something else than what a document is made of."""


def simplificar(valor: object) -> Any:
    """Return `valor` as plain JSON: amounts as `1234.50`, dates as `2026-10-16`.

    Refuses (ContenidoNoAdmitido) a `float`, which two programs may write differently, a blank that
    nobody filled, and any other type; drops from a text what no database keeps (NUL, half
    characters).
    """
    if valor is None or isinstance(valor, bool | int):
        return valor
    if isinstance(valor, str):
        return _texto(valor)
    if isinstance(valor, Dinero | date):
        return str(valor)
    if isinstance(valor, Mapping):
        return {_texto(str(k)): simplificar(v) for k, v in valor.items()}
    if isinstance(valor, list | tuple):
        return [simplificar(v) for v in valor]
    mensaje = f"A document does not hold {type(valor).__name__}: use Dinero, date, int or text"
    raise ContenidoNoAdmitido(mensaje)


def texto_canonico(contenido: Mapping[str, object]) -> str:
    """Return the text of `contenido` as `jsonb::text` writes it: keys by length, then by bytes."""
    plano = _ordenado(simplificar(contenido))
    return json.dumps(plano, ensure_ascii=False, separators=(", ", ": "))


def huella(contenido: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(texto_canonico(contenido).encode()).hexdigest()


def _texto(valor: str) -> str:
    """Plain `str`; NUL and lone surrogates, which PostgreSQL refuses, become the sign of a loss."""
    if valor.isascii() and "\0" not in valor:
        return str(valor)
    return valor.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _ordenado(valor: Any) -> Any:
    if isinstance(valor, dict):
        claves = sorted(valor, key=lambda k: (len(k.encode()), k.encode()))
        return {k: _ordenado(valor[k]) for k in claves}
    if isinstance(valor, list):
        return [_ordenado(v) for v in valor]
    return valor
