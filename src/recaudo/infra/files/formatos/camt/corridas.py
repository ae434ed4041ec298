"""Runs of entries written alike, taken out of a statement before the XML parser sees them.

A bank writes every entry with the same tags. Once the tags of one entry were parsed, an entry with
the same tags and plain text between them needs no parser: one regular expression gives its texts.
Each run is replaced by one empty entry, so the parser still judges the rest of the file, the place
of the run in it and its line numbers. What is not plain (entities, comments, CDATA, instructions,
prefixes, another encoding) goes to the parser as it came.
"""

import re
import secrets
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from lxml import etree

from recaudo.infra.files.formatos.camt.entrada import FormaEntrada, LectorDeEntradas
from recaudo.infra.files.formatos.camt.lotes import lugares_de, renumerado

_BLOQUE: Final = 1 << 16  # larger pieces of memory go back to the system, and cost to get again
_LARGO_ENTRADA: Final = 1 << 20  # a longer one goes to the parser
_FORMAS: Final = 64
_ESTUDIOS: Final = 4096  # of tags that may still turn out simple
_ETIQUETAS: Final = 400  # a longer one is a batch: it is not written like its neighbours
_ABRE, _CIERRA = "<Ntry>", "</Ntry>"
_CIERRA_BYTES = _CIERRA.encode()
_ETIQUETA = re.compile(r"(<[^>]*>)")
#: Tags in the simplest writing; attributes without entities.
_ETIQUETA_LLANA = re.compile(r"</?\w+(?: \w+=\"[^\"<>&\s]*\")*/?>", re.ASCII)
#: What the parser would have to look at twice is not plain: the group ends there.
_LLANO = "[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
_BLANCOS: Final = " \t\n"
#: Events of their own for the reader of the whole file.
_CON_SENTIDO_PROPIO = frozenset({"MsgId", "Stmt", "Ntfctn"})
_DECLARACION = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml(?:\s+[a-z]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*\?>"
)
_CODIFICACION = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


class Plantilla(NamedTuple):
    """Entries with the same tags: a pattern for their texts, and where each lies."""

    patron: re.Pattern[str]
    forma: FormaEntrada


class Tramo(NamedTuple):
    """Entries in a row of one template: the texts of each, and the line where it begins."""

    forma: FormaEntrada
    textos: list[tuple[str, ...]]
    lineas: list[int]


class FuenteAligerada:
    """A binary source for the parser, without the runs; `corrida` gives them back in order."""

    def __init__(self, fuente: BinaryIO) -> None:
        """Keep the source; nothing is read yet."""
        self._fuente = fuente
        self._marca = f"m{secrets.token_hex(8)}"
        self._corridas: dict[str, list[Tramo]] = {}
        self._corrida: list[Tramo] = []
        self._lineas_de_corrida = 0
        self._plantillas: list[Plantilla] = []
        self._estudiadas: set[int] = set()
        self._resto = b""
        self._linea = 1
        self._al_principio = True
        self._tal_cual = False

    def read(self, _tamano: int = -1) -> bytes:
        """Return what the parser has to see next; nothing only at the end of the source."""
        while True:
            bloque = self._fuente.read(_BLOQUE)
            if not bloque:
                resto, self._resto = self._resto, b""
                return resto
            if sale := self._aligerar(bloque):
                return sale

    def corrida(self, elemento: etree._Element) -> list[Tramo] | None:
        """Return the run that an entry stands for; None when it is an entry like any other."""
        clave = elemento.get(self._marca)
        return None if clave is None else self._corridas.pop(clave)

    def _aligerar(self, bloque: bytes) -> bytes:
        """Add what was read, and return what goes on to the parser."""
        datos, self._resto = self._resto + bloque, b""
        if self._tal_cual:
            return datos
        if b"\r" in datos:  # as the parser itself would: every end of line is one character
            datos = datos.replace(b"\r\n", b"\n")
        corte = datos.rfind(_CIERRA_BYTES) + len(_CIERRA_BYTES)
        if corte < len(_CIERRA_BYTES):
            if len(datos) > _LARGO_ENTRADA:
                return self._rendirse(datos)
            self._resto = datos
            return b""
        if not self._es_llano(datos[:corte]):
            return self._rendirse(datos)
        try:
            texto = datos[:corte].decode()
        except UnicodeDecodeError:
            return self._rendirse(datos)
        self._resto = datos[corte:]
        return "".join(self._sin_corridas(texto)).encode()

    def _rendirse(self, datos: bytes) -> bytes:
        """From here on the parser reads everything."""
        self._tal_cual = True
        return datos

    def _es_llano(self, datos: bytes) -> bool:
        """No comment, CDATA, DTD or instruction, other than a declaration of UTF-8."""
        desde = 0
        if self._al_principio:
            self._al_principio = False
            if declarada := _DECLARACION.match(datos):
                desde = declarada.end()
                if _CODIFICACION.search(declarada.group()):
                    return False
        return not (
            (b"!" in datos and b"<!" in datos)  # one byte is looked for much faster than two
            or (b"?" in datos and datos.find(b"<?", desde) >= 0)
            or b"\r" in datos
        )

    def _sin_corridas(self, texto: str) -> Iterator[str]:
        """Yield the pieces of a text, with one empty entry where a run was."""
        fin = 0
        while (inicio := texto.find(_ABRE, fin)) >= 0:
            entre = texto[fin:inicio]
            if entre.strip(_BLANCOS):
                yield self._cerrar()
                yield entre
            else:
                self._lineas_de_corrida += entre.count("\n")
            self._linea += entre.count("\n")
            fin = self._tramo(texto, inicio)
            if fin == inicio:
                fin = texto.find(_CIERRA, inicio) + len(_CIERRA)
                yield self._cerrar()
                yield texto[inicio:fin]
                self._linea += texto.count("\n", inicio, fin)
        yield self._cerrar()
        yield texto[fin:]
        self._linea += texto.count("\n", fin)

    def _cerrar(self) -> str:
        """Return what stands for the run that ends here, with the ends of line it had."""
        corrida, self._corrida = self._corrida, []
        saltos, self._lineas_de_corrida = "\n" * self._lineas_de_corrida, 0
        if not corrida:
            return saltos
        clave = str(len(self._corridas))
        while clave in self._corridas:
            clave += "0"
        self._corridas[clave] = corrida
        return f'<Ntry {self._marca}="{clave}"/>{saltos}'

    def _tramo(self, texto: str, inicio: int) -> int:
        """Add to the run the entries of one template that begin here; return where they end."""
        plantilla, casada = self._plantilla(texto, inicio)
        if plantilla is None:
            return inicio
        casar, linea = plantilla.patron.match, self._linea
        textos: list[tuple[str, ...]] = []
        lineas: list[int] = []
        while casada:
            textos.append(casada.groups())
            lineas.append(linea)
            fin = casada.end()
            linea += texto.count("\n", inicio, fin)
            inicio = fin
            casada = casar(texto, inicio)
        self._corrida.append(Tramo(plantilla.forma, textos, lineas))
        self._lineas_de_corrida += linea - self._linea
        self._linea = linea
        return inicio

    def _plantilla(
        self, texto: str, inicio: int
    ) -> tuple[Plantilla, re.Match[str]] | tuple[None, None]:
        """Return the template of an entry, and its texts; none when the parser has to read it."""
        for lugar, plantilla in enumerate(self._plantillas):
            if casada := plantilla.patron.match(texto, inicio):
                if lugar:
                    self._plantillas.insert(0, self._plantillas.pop(lugar))
                return plantilla, casada
        fin = texto.find(_CIERRA, inicio) + len(_CIERRA)
        entero = texto[inicio:fin]
        if "&" in entero or fin - inicio > _LARGO_ENTRADA:
            return None, None
        nueva = self._aprender(entero)
        casada = nueva and nueva.patron.match(texto, inicio)
        return (nueva, casada) if nueva and casada else (None, None)

    def _lleno(self) -> bool:
        return len(self._plantillas) >= _FORMAS or len(self._estudiadas) >= _ESTUDIOS

    def _aprender(self, entero: str) -> Plantilla | None:
        """Study an entry with tags not seen before; None when they are not simple."""
        etiquetas = _ETIQUETA.findall(entero)
        clave = hash("".join(etiquetas))
        if clave in self._estudiadas or self._lleno():
            return None
        self._estudiadas.add(clave)
        forma = _estudiar(entero, etiquetas)
        if forma is None:
            return None
        usados = sorted(set(_lugares(forma)))
        huecos = dict.fromkeys(usados, f"({_LLANO})")
        patron = "".join(
            re.escape(etiqueta) + (huecos.get(i, _LLANO) if i < len(etiquetas) else "")
            for i, etiqueta in enumerate(etiquetas, start=1)
        )
        orden = {lugar: grupo for grupo, lugar in enumerate(usados)}
        forma = _renumerar(forma, orden)
        # The last group is empty, so that there is always one. Blanks after an entry go with it.
        plantilla = Plantilla(re.compile(f"{patron}()[{_BLANCOS}]*+"), forma)
        self._plantillas.append(plantilla)
        return plantilla


def _estudiar(entero: str, etiquetas: list[str]) -> FormaEntrada | None:
    if len(etiquetas) > _ETIQUETAS or not all(map(_ETIQUETA_LLANA.fullmatch, etiquetas)):
        return None
    nombres = {e.strip("</>").split(" ", 1)[0] for e in etiquetas[1:-1]}
    if "xmlns" in entero or nombres & (_CON_SENTIDO_PROPIO | {"Ntry"}):
        return None
    try:
        elemento = etree.fromstring(entero)
    except etree.XMLSyntaxError:
        return None
    return LectorDeEntradas("").estudiar(elemento, etiquetas)


def _lugares(forma: FormaEntrada) -> Iterator[int]:
    for detalle in (forma.propio, *forma.detalles):
        yield from lugares_de(detalle)


def _renumerar(forma: FormaEntrada, orden: dict[int, int]) -> FormaEntrada:
    """The same shape over the groups of the pattern, instead of over all the texts."""
    return FormaEntrada(
        forma.moneda,
        renumerado(forma.propio, orden),
        [renumerado(una, orden) for una in forma.detalles],
    )
