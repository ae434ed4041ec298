"""How much of a file of statements may be in memory at once.

The parser keeps each element until the reader forgets it. The reader forgets entries and
statements; what is neither stays, and so does an entry that does not end. So what goes to the
parser is counted, elements, attributes and texts, and now and then what has stayed is weighed: a
file that would fill the memory is refused while it is read, not after. A long file of short entries
weighs nothing.

Names are apart: the parser keeps each new one for ever, of what was forgotten too.
"""

import re
from typing import Final

from lxml import etree

from recaudo.infra.files.formatos.camt.codificacion import Fuente
from recaudo.kernel.refusals import Rechazo

#: Elements and attributes that may stay, each up to 0.5 KB.
LIMITE_NODOS: Final = 200_000
#: Bytes that may stay, as they would be written.
LIMITE_BYTES: Final = 16 * 1024**2
#: What may come between two weighings.
_NODOS_ENTRE: Final = 50_000
_BYTES_ENTRE: Final = 2 * 1024**2
#: Attributes of one element: the parser sees none of them until it sees all.
LIMITE_ATRIBUTOS: Final = 10_000
#: Letters of all the names of a file that are not alike; those of the standard are some 10 000.
LIMITE_NOMBRES: Final = 1024**2
#: Instructions to other programs (`<?…?>`): a name each.
LIMITE_INSTRUCCIONES: Final = 1_000
#: A bank sends one for each account and day.
LIMITE_EXTRACTOS: Final = 10_000
_NOMBRES: Final = re.compile(r"<[^\s/>]+|\s(?:xmlns[^\s=]*=(?:\"[^\"]*|'[^']*)|[^\s=\"'<>]+(?==))")


class PiezaDemasiadoGrande(Rechazo):
    """What the file brings besides entries is more than may be kept in memory."""

    mensaje = (
        "El archivo trae, fuera de los movimientos, más de lo que un extracto dice de sí mismo "
        f"({LIMITE_NODOS // 1000} 000 elementos o {LIMITE_BYTES // 1024**2} MB). No se "
        "importó nada: pida al banco otra copia."
    )


class MovimientoDemasiadoGrande(Rechazo):
    """One entry is more than may be kept in memory."""

    mensaje = (
        f"El archivo trae un movimiento de más de {LIMITE_NODOS // 1000} 000 elementos o "
        f"{LIMITE_BYTES // 1024**2} MB en una sola pieza, que no se puede leer de una vez. "
        "No se importó nada: pida al banco que lo reparta en varios movimientos."
    )


class DemasiadosExtractos(Rechazo):
    """The file holds more statements than may be kept in memory."""

    mensaje = (
        f"El archivo trae más de {LIMITE_EXTRACTOS // 1000} 000 estados de cuenta. No se importó "
        "nada: pida al banco que lo divida."
    )


class DemasiadosNombres(Rechazo):
    """The file has more names of its own than any standard."""

    mensaje = (
        "El archivo trae más nombres de elementos, atributos o instrucciones que los que tiene un "
        "extracto. No se importó nada: pida al banco otra copia."
    )


class FuenteMedida:
    """A source in UTF-8 for the parser that refuses to fill the memory.

    Raises PiezaDemasiadoGrande, MovimientoDemasiadoGrande, DemasiadosNombres.
    """

    def __init__(self, fuente: Fuente) -> None:
        """Keep the source; nothing is read yet."""
        self._fuente = fuente
        self._raiz: etree._Element | None = None
        self._nodos = self._bytes = 0  # that stayed, and that came since they were weighed
        self._nodos_nuevos = self._bytes_nuevos = 0
        self._atributos = self._instrucciones = 0
        self._nombres: set[str] = set()
        self._letras = 0

    def leer_de(self, raiz: etree._Element) -> None:
        """Say where what was parsed lies; until then all that came has stayed."""
        self._raiz = raiz

    def read(self, tamano: int = -1, /) -> bytes:
        """Return what the parser has to see next, once it is known to fit.

        Between two pieces the parser does nothing: what it has can be looked at.
        """
        trozo = self._fuente.read(tamano)
        self._contar_atributos(trozo)
        self._nodos_nuevos += trozo.count(b"<") - trozo.count(b"</") + trozo.count(b"=")
        self._bytes_nuevos += len(trozo)
        if self._nodos_nuevos > _NODOS_ENTRE or self._bytes_nuevos > _BYTES_ENTRE:
            self._pesar()
        return trozo

    def nombrar(self, etiquetas: str) -> None:
        """Count the names in the tags of something that will be forgotten."""
        nuevos = set(_NOMBRES.findall(etiquetas)) - self._nombres
        self._nombres |= nuevos
        self._letras += sum(map(len, nuevos))
        if self._letras > LIMITE_NOMBRES:
            raise DemasiadosNombres

    def _contar_atributos(self, trozo: bytes) -> None:
        """Refuse an element of too many: inside a tag there is no other `<`."""
        *antes, ultimo = trozo.rsplit(b"<", 1)
        self._instrucciones += trozo.count(b"<?")
        if self._instrucciones > LIMITE_INSTRUCCIONES:
            raise DemasiadosNombres
        self._atributos = ultimo.count(b"=") + (0 if antes else self._atributos)
        if self._atributos > LIMITE_ATRIBUTOS:
            raise PiezaDemasiadoGrande

    def _pesar(self) -> None:
        """Weigh what has stayed, and refuse what is too much."""
        if self._raiz is None:
            self._nodos += self._nodos_nuevos
            self._bytes += self._bytes_nuevos
        else:
            self._nodos, self._bytes = peso(self._raiz)
        self._nodos_nuevos = self._bytes_nuevos = 0
        if self._nodos > LIMITE_NODOS or self._bytes > LIMITE_BYTES:
            raise MovimientoDemasiadoGrande if self._es_un_movimiento() else PiezaDemasiadoGrande

    def _es_un_movimiento(self) -> bool:
        """Tell whether what is too much is an entry that does not end: the last thing there is."""
        elemento = self._raiz
        while elemento is not None and len(elemento):
            if nombre_local(elemento) == "Ntry":
                nodos, octetos = peso(elemento)
                return 2 * nodos > self._nodos or 2 * octetos > self._bytes
            elemento = elemento[-1]
        return False


def nombre_local(elemento: etree._Element) -> str:
    """Return the name of an element without its namespace, however odd both are."""
    return str(elemento.tag).rpartition("}")[2]


def peso(raiz: etree._Element) -> tuple[int, int]:
    """Return how many elements and attributes a tree has, and how many bytes it would be written.

    As it is written: what a namespace says of itself is in no element.
    """
    escrito = etree.tostring(raiz, encoding="utf-8")
    abiertos = escrito.count(b"<") - escrito.count(b"</")
    return abiertos + escrito.count(b'="'), len(escrito)
