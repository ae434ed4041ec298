"""One text for one content, the same that PostgreSQL writes for a `jsonb`.

So its SHA-256 can be checked in the database without Python.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


class ContenidoNoAdmitido(TypeError):
    """The content holds something else than text, integers, booleans, lists and dictionaries."""


def simplificar(valor: object) -> Any:
    """Return `valor` as plain JSON: money, rates, dates and periods as their text.

    A `float` is refused: two programs may write it differently. Raises ContenidoNoAdmitido.
    """
    if valor is None or isinstance(valor, bool | int):
        return valor
    if isinstance(valor, str):
        return str(valor)
    if isinstance(valor, Mapping):
        return {str(k): simplificar(v) for k, v in valor.items()}
    if isinstance(valor, list | tuple):
        return [simplificar(v) for v in valor]
    if isinstance(valor, float):
        mensaje = "A document does not hold floats: use Dinero, Tasa or text"
        raise ContenidoNoAdmitido(mensaje)
    return str(valor)


def texto_canonico(contenido: Mapping[str, object]) -> str:
    """Return the text of `contenido` as `jsonb::text` writes it: keys by length, then by bytes."""
    plano = _ordenado(simplificar(contenido))
    return json.dumps(plano, ensure_ascii=False, separators=(", ", ": "))


def huella(contenido: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(texto_canonico(contenido).encode()).hexdigest()


def _ordenado(valor: Any) -> Any:
    if isinstance(valor, dict):
        claves = sorted(valor, key=lambda k: (len(k.encode()), k.encode()))
        return {k: _ordenado(valor[k]) for k in claves}
    if isinstance(valor, list):
        return [_ordenado(v) for v in valor]
    return valor
