"""What a page may not say to people: our own codes, raw dates, words that mean something else here.

Each rule has its reason and is looked for in what is read: text, titles and the names that a
screen reader says, never addresses.
"""

import re
from html.parser import HTMLParser
from typing import Final

_CALLADOS: Final = frozenset(["script", "style", "svg", "template"])
_DICHOS: Final = ("alt", "aria-label", "title", "placeholder")
#: A name of a file that somebody sent, which is said as it came.
_ARCHIVO: Final = re.compile(r"[\w.-]+\.(?:xml|txt|dat|csv|pdf|xlsx)\b")
#: An account of the ledger is known by its number, whole.
_CUENTA: Final = re.compile(r"\b\d{4}\.[A-Z_]+\b")

REGLAS: Final = {
    "código de una regla nuestra": re.compile(r"\b[RQ]-[A-Z]{2,4}-\d+|\b[CR] §\d"),
    "nombre de programa": re.compile(r"\b[a-záéíóúñ]{2,}_[a-z_]{2,}\b"),
    "clave en mayúsculas": re.compile(r"\b[A-Z]{3,}_[A-Z_]{2,}\b"),
    "fecha sin traducir": re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w-])"),
    "mes sin traducir": re.compile(r"(?<![\w/-])(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?![\w-])"),
    "hora de otro lugar": re.compile(r"\bUTC\b|\+00:00|\d{2}:\d{2}:\d{2}Z"),
    "archivo de nuestras normas": re.compile(r"\b[\w-]+\.(?:md|ya?ml|py|sql)\b"),
    "cancelar quiere decir pagar": re.compile(r"\bcancel\w+", re.IGNORECASE),
    "se dice línea": re.compile(r"\bfilas?\b", re.IGNORECASE),
    "una sola, en plural": re.compile(
        r"(?<![\w.,/$-])1 (?!(?:mes|más|es|antes|después|tras|entre)\b)[a-záéíóúñ]{2,}[aeiou]s\b"
    ),
    "varias, en singular": re.compile(
        r"(?<![\w.,/$-])(?:[2-9]|\d{2,}) "
        r"(?:línea|planilla|glosa|archivo|día|comprobante|obligación)\b"
    ),
    "valor vacío de programa": re.compile(r"\b(?:None|True|False|NaN|null|undefined)\b"),
    "decimal sin traducir": re.compile(r"(?<![\w.,-])\d+\.\d{1,2} ?%|\$ ?\d+\.\d{2}\b"),
}


class _Lector(HTMLParser):
    """What is read of a page, in pieces."""

    def __init__(self, html: str) -> None:
        """Read it whole."""
        super().__init__()
        self.trozos: list[str] = []
        self._callado = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says by itself."""
        self._callado += tag in _CALLADOS
        self.trozos += [valor for nombre, valor in attrs if nombre in _DICHOS and valor]

    def handle_endtag(self, tag: str) -> None:
        """Come out of what is not read."""
        self._callado -= tag in _CALLADOS

    def handle_data(self, data: str) -> None:
        """Note a piece of text."""
        if not self._callado and data.strip():
            self.trozos.append(" ".join(data.split()))


def lo_que_dice(html: str) -> list[str]:
    """Return the pieces of text of a page, without the names of files and accounts."""
    return [_CUENTA.sub("…", _ARCHIVO.sub("…", trozo)) for trozo in _Lector(html).trozos]


def faltas_de_contenido(html: str) -> list[str]:
    """Return each thing that the page may not say, with the words around it."""
    return [
        f"{regla}: «{_alrededor(trozo, hallado)}»"
        for trozo in lo_que_dice(html)
        for regla, patron in REGLAS.items()
        if (hallado := patron.search(trozo))
    ]


def _alrededor(trozo: str, hallado: re.Match[str]) -> str:
    return trozo[max(0, hallado.start() - 30) : hallado.end() + 30]
