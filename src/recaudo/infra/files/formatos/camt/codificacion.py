"""The letters of a file of statements: whatever it is written in, it goes on in UTF-8.

So that what is looked for in its bytes (where an entry begins, how many elements there are) is what
the XML parser will see. A file in UTF-8, as nearly all are, goes on as it came.
"""

import codecs
import re
from typing import Final, Protocol

from recaudo.kernel.refusals import Rechazo

_CABEZA: Final = 512
_DECLARADA: Final = re.compile(
    r"(<\?xml\s[^>]*?\bencoding\s*=\s*[\"'])([A-Za-z0-9._:-]{1,40})(?=[\"'])"
)
#: Those in which a program writes XML; the rest of what Python knows is not read.
_CONOCIDAS: Final = re.compile(
    r"utf-?(8|16|32)([lb]e)?|(us-)?ascii|iso[-_]?8859-?\d{1,2}|latin-?\d|(windows-|cp)125\d|cp8\d\d"
    r"|iso-10646-ucs-[24]|ucs-?[24]",
    re.IGNORECASE,
)
#: The longest first: the mark of UTF-32 begins like that of UTF-16; without one, the first letter.
_ANCHAS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"), (b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip
_EBCDIC: Final = b"\x4c\x6f\xa7\x94"


class CodificacionIlegible(Rechazo):
    """The file is written in letters that are not read, or not in those that it says."""

    mensaje = (
        "El archivo tiene letras que no se pueden leer. No se importó nada: pida al banco el "
        "extracto en UTF-8."
    )


class Fuente(Protocol):
    """Bytes that are asked by pieces."""

    def read(self, tamano: int = -1, /) -> bytes:
        """Return the next piece; nothing only at the end."""
        ...


class EnUtf8:
    """A source of bytes in UTF-8, whatever it is written in. Raises CodificacionIlegible."""

    def __init__(self, fuente: Fuente) -> None:
        """Keep the source; nothing is read yet."""
        self._fuente = fuente
        self._empezo = False
        self._lector: codecs.IncrementalDecoder | None = None

    def read(self, tamano: int = -1, /) -> bytes:
        """Return the next piece."""
        if not self._empezo:
            return self._empezar(tamano)
        trozo = self._fuente.read(tamano)
        if self._lector is None:
            return trozo
        return self._leer(trozo, tamano)

    def _empezar(self, tamano: int) -> bytes:
        """Find what it is written in, by its first bytes, and say UTF-8 where it said so."""
        self._empezo = True
        trozo = self._fuente.read(tamano)
        while 0 < len(trozo) < _CABEZA and (mas := self._fuente.read(_CABEZA)):
            trozo += mas
        codigo = _codigo_de(trozo)
        if codigo is None:
            return trozo
        self._lector = codecs.getincrementaldecoder(codigo)()
        leido = self._leer(trozo, tamano)
        return (
            _DECLARADA.sub(r"\1UTF-8", leido.decode(), count=1)
            .encode()
            .removeprefix(codecs.BOM_UTF8)
        )

    def _leer(self, trozo: bytes, tamano: int) -> bytes:
        """Return a piece in UTF-8: half a letter waits for the rest."""
        lector = self._lector
        while lector is not None:
            try:
                leido = lector.decode(trozo, final=not trozo).encode()
            except UnicodeError as falla:
                raise CodificacionIlegible from falla
            if leido or not trozo:
                return leido
            trozo = self._fuente.read(tamano)
        return trozo


def _codigo_de(trozo: bytes) -> str | None:
    """Return the codec of a file that begins so; None when it is UTF-8 and says nothing else."""
    ancha = next((codigo for marca, codigo in _ANCHAS if trozo.startswith(marca)), None)
    if ancha is not None:
        return ancha
    if trozo.startswith(_EBCDIC):
        raise CodificacionIlegible
    declarada = _DECLARADA.search(trozo[:_CABEZA].decode("latin-1"))
    dicha = declarada[2].lower() if declarada else "utf-8"
    if _CONOCIDAS.fullmatch(dicha) is None:
        raise CodificacionIlegible
    if "utf" in dicha or "ucs" in dicha:  # what says UTF-16 and has no zeros is not in UTF-16
        return None if dicha in {"utf-8", "utf8"} else "utf-8"
    return dicha
