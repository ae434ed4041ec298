"""Text as Spanish orders and counts it, without asking the machine's locale."""

from __future__ import annotations

import unicodedata

_ENIE = "n~"  # the tilde sorts after every letter: «caña» comes after «canto»


def contar(cuantos: int, singular: str, plural: str) -> str:
    """Return the number and its noun in the right form, thousands grouped: `1.234 planillas`."""
    return f"{cuantos:,}".replace(",", ".") + f" {singular if cuantos == 1 else plural}"


def es_razon(texto: str, *, hasta: int) -> bool:
    """Say whether a text may be a reason: it has a letter or a digit, and `hasta` characters."""
    return len(texto.strip()) <= hasta and any(letra.isalnum() for letra in texto)


def tiene_cifras_ajenas(texto: str) -> bool:
    """Say whether a text has digits that are not 0 to 9: Python would read `٨` as eight."""
    return any(letra.isnumeric() and not letra.isascii() for letra in texto)


def clave_de_orden(texto: str) -> str:
    """Return the key that sorts names as a Spanish dictionary does, compared byte by byte.

    Lower case, without accents, ñ as a letter after n, blanks collapsed. The key is for sorting
    only (columns with collation "C"): it is never shown.
    """
    piezas: list[str] = []
    for letra in unicodedata.normalize("NFC", texto).casefold():
        if letra == "ñ":
            piezas.append(_ENIE)
            continue
        descompuesta = unicodedata.normalize("NFKD", letra)
        piezas.append("".join(c for c in descompuesta if not unicodedata.combining(c)))
    return " ".join("".join(piezas).split())
