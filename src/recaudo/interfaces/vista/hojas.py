"""Cells of a file that a spreadsheet will open: what looks like a formula must not run."""

#: What a spreadsheet takes for a formula when a cell begins with it.
PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "\n")


def celda_segura(valor: object) -> str:
    """Return the cell as text; one that a spreadsheet would run gets an apostrophe before it."""
    texto = "" if valor is None else str(valor)
    if texto.startswith(PELIGROSOS) and not _es_numero(texto):
        return f"'{texto}"
    return texto


def _es_numero(texto: str) -> bool:
    cuerpo = texto.removeprefix("-")
    return cuerpo.replace(".", "", 1).isdigit() and cuerpo.isascii()
