"""How much of a file of statements may be in memory at once.

The parser keeps each element until the reader forgets it. The reader forgets entries and
statements; what is neither stays. So the elements that go to the parser are counted, and those that
are forgotten are taken off: a file of too many is refused while it is read, not after.

Not counted yet: attributes (one element may bring 15 MB of them), and texts that lie between
entries, since each entry begins its bytes anew. A file made on purpose of those still grows.
"""

import re
from typing import Final, Protocol

from recaudo.kernel.refusals import Rechazo

#: Elements held at once. One of a batch costs up to 0.9 KB until its entry was read.
LIMITE_ELEMENTOS: Final = 200_000
#: Bytes between the ends of two entries: texts and attributes, of which few elements may bring all.
LIMITE_PIEZA: Final = 16 * 1024**2
#: A bank sends one for each account and day.
LIMITE_EXTRACTOS: Final = 10_000
#: The opening of an element, also in UTF-16 and UTF-32; one in a comment is counted and kept so.
_ABRE_ELEMENTO: Final = re.compile(rb"<\x00{0,3}[^/!?\x00]")
_MEDIA_ABIERTA: Final = re.compile(rb"<\x00{0,3}\Z")


class PiezaDemasiadoGrande(Rechazo):
    """A piece of the file is larger than may be kept in memory."""

    mensaje = (
        "El archivo trae un movimiento, o algo fuera de los movimientos, demasiado grande para "
        "leerlo. No se importó nada: pida al banco que lo divida."
    )


class DemasiadosExtractos(Rechazo):
    """The file holds more statements than may be kept in memory."""

    mensaje = (
        f"El archivo trae más de {LIMITE_EXTRACTOS:_} estados de cuenta. No se importó nada: "
        "pida al banco que lo divida."
    ).replace("_", " ")


class _Fuente(Protocol):
    def read(self, tamano: int = -1, /) -> bytes: ...


class FuenteMedida:
    """A source for the parser that refuses (`PiezaDemasiadoGrande`) to fill the memory."""

    def __init__(self, fuente: _Fuente) -> None:
        """Keep the source; nothing is read yet."""
        self._fuente = fuente
        self._elementos = 0
        self._bytes = 0
        self._fin = b""

    def read(self, tamano: int = -1) -> bytes:
        """Return what the parser has to see next, once it is known to fit."""
        trozo = self._fuente.read(tamano)
        self._elementos += len(_ABRE_ELEMENTO.findall(self._fin + trozo))
        cola = (self._fin + trozo)[-4:]
        abierta = _MEDIA_ABIERTA.search(cola)
        self._fin = abierta.group() if abierta else b""
        self._bytes += len(trozo)
        if self._elementos > LIMITE_ELEMENTOS or self._bytes > LIMITE_PIEZA:
            raise PiezaDemasiadoGrande
        return trozo

    def olvidar(self, elementos: int) -> None:
        """Take off what the reader has just dropped from the tree: an entry or a statement.

        More dropped than counted is an encoding whose tags are not seen: refused too.
        """
        self._elementos -= elementos
        if self._elementos < -LIMITE_EXTRACTOS:
            raise PiezaDemasiadoGrande
        self._bytes = 0
