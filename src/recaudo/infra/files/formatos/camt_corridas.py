"""Runs of entries written alike, taken out of a statement before the XML parser sees them.

A bank writes every entry with the same tags. Once the tags of one entry were parsed, an entry with
the same tags and plain text between them needs no parser: one regular expression gives its texts.
Each run is replaced by one empty entry, so the parser still judges the rest of the file, the place
of the run in it and its line numbers. What is not plain (entities, comments, CDATA, instructions,
prefixes, another encoding) goes to the parser as it came.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, Final, NamedTuple, cast

from lxml import etree

from recaudo.infra.files.formatos.camt_entrada import (
    Entrada,
    FormaDetalle,
    FormaEntrada,
    LectorDeEntradas,
    entrada_de,
)

_BLOQUE: Final = 1 << 18
_LARGO_ENTRADA: Final = 1 << 20  # a longer one goes to the parser
_FORMAS: Final = 64
_ETIQUETAS: Final = 400  # a longer one is a batch: it is not written like its neighbours
_ABRE, _CIERRA = "<Ntry>", "</Ntry>"
_CIERRA_BYTES = _CIERRA.encode()
_ETIQUETA = re.compile(r"(<[^>]*>)")
#: Tags in the simplest writing; attributes without entities.
_ETIQUETA_LLANA = re.compile(r"</?\w+(?: \w+=\"[^\"<>&\s]*\")*/?>", re.ASCII)
#: What the parser would have to look at twice is not plain: the group ends there.
_LLANO = "[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*"
#: Events of their own for the reader of the whole file.
_CON_SENTIDO_PROPIO = frozenset({"MsgId", "Stmt", "Ntfctn"})
_DECLARACION = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml(?:\s+[a-z]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*\?>"
)
_CODIFICACION = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


#: One entry and the line of the file where it begins.
EntradaEnLinea = tuple[Entrada, int]


class _Plantilla(NamedTuple):
    patron: re.Pattern[str]
    forma: FormaEntrada


class FuenteAligerada:
    """A binary source for the parser, without the runs; `entradas` gives them back in order."""

    def __init__(self, fuente: BinaryIO) -> None:
        """Keep the source; nothing is read yet."""
        self._fuente = fuente
        self._marca = f"m{secrets.token_hex(8)}"
        self._corridas: dict[str, list[EntradaEnLinea]] = {}
        self._plantillas: list[_Plantilla] = []
        self._rechazadas: set[str] = set()
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

    def entradas(
        self, elemento: etree._Element, lector: LectorDeEntradas
    ) -> Sequence[EntradaEnLinea]:
        """Return the run that an entry stands for, or the entry itself. As `lector.leer`."""
        clave = elemento.get(self._marca)
        if clave is None:
            linea = cast("int | None", elemento.sourceline) or 0
            return [(lector.leer(elemento), linea)]
        return self._corridas.pop(clave)

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
        return b"<!" not in datos[desde:] and b"<?" not in datos[desde:] and b"\r" not in datos

    def _sin_corridas(self, texto: str) -> Iterator[str]:
        """Yield the pieces of a text, with one empty entry where a run was."""
        fin = 0
        corrida: list[EntradaEnLinea] = []
        lineas_de_corrida = 0
        while (inicio := texto.find(_ABRE, fin)) >= 0:
            entre = texto[fin:inicio]
            saltos = entre.count("\n")
            self._linea += saltos
            if entre and not entre.isspace():
                yield self._cerrar(corrida, lineas_de_corrida)
                corrida, lineas_de_corrida = [], 0
                yield entre
            else:
                lineas_de_corrida += saltos
            leida, hasta = self._leer(texto, inicio)
            saltos = texto.count("\n", inicio, hasta)
            if leida is not None:
                corrida.append((leida, self._linea))
                lineas_de_corrida += saltos
            else:
                yield self._cerrar(corrida, lineas_de_corrida)
                corrida, lineas_de_corrida = [], 0
                yield texto[inicio:hasta]
            self._linea += saltos
            fin = hasta
        yield self._cerrar(corrida, lineas_de_corrida)
        self._linea += texto.count("\n", fin)
        yield texto[fin:]

    def _cerrar(self, corrida: list[EntradaEnLinea], lineas: int) -> str:
        """Return what stands for a run, with the ends of line it had."""
        saltos = "\n" * lineas
        if not corrida:
            return saltos
        clave = str(len(self._corridas))
        while clave in self._corridas:
            clave += "0"
        self._corridas[clave] = corrida
        return f'<Ntry {self._marca}="{clave}"/>{saltos}'

    def _leer(self, texto: str, inicio: int) -> tuple[Entrada | None, int]:
        """Return an entry and where it ends; no entry when the parser has to read it."""
        for lugar, plantilla in enumerate(self._plantillas):
            if casada := plantilla.patron.match(texto, inicio):
                if lugar:
                    self._plantillas.insert(0, self._plantillas.pop(lugar))
                return entrada_de(casada.groups(), plantilla.forma), casada.end()
        fin = texto.find(_CIERRA, inicio) + len(_CIERRA)
        entero = texto[inicio:fin]
        if "&" in entero or fin - inicio > _LARGO_ENTRADA:
            return None, fin
        plantilla_nueva = self._aprender(entero)
        if plantilla_nueva is None or not (casada := plantilla_nueva.patron.match(entero)):
            return None, fin
        return entrada_de(casada.groups(), plantilla_nueva.forma), fin

    def _aprender(self, entero: str) -> _Plantilla | None:
        """Study an entry with tags not seen before; None when they are not simple."""
        etiquetas = _ETIQUETA.findall(entero)
        clave = "".join(etiquetas)
        if clave in self._rechazadas or len(self._plantillas) >= _FORMAS:
            return None
        forma = _estudiar(entero, etiquetas)
        if forma is None:
            self._rechazadas.add(clave)
            return None
        usados = sorted(set(_lugares(forma)))
        huecos = dict.fromkeys(usados, f"({_LLANO})")
        patron = "".join(
            re.escape(etiqueta) + (huecos.get(i, _LLANO) if i < len(etiquetas) else "")
            for i, etiqueta in enumerate(etiquetas, start=1)
        )
        orden = {lugar: grupo for grupo, lugar in enumerate(usados)}
        plantilla = _Plantilla(re.compile(patron), _renumerar(forma, orden))
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
    for de_la_entrada in (
        forma.importe, forma.indicador, forma.reverso, forma.estado, forma.contable, forma.valor,
    ):  # fmt: skip
        yield from de_la_entrada
    for detalle in (forma.propio, *forma.detalles):
        yield from (lugar for _, lugar in detalle.refs)
        yield from (lugar for lugar, _ in detalle.monedas)
        for lugares in detalle.campos.values():
            yield from lugares


def _renumerar(forma: FormaEntrada, orden: dict[int, int]) -> FormaEntrada:
    """The same shape over the groups of the pattern, instead of over all the texts."""

    def de(lugares: list[int]) -> list[int]:
        return [orden[lugar] for lugar in lugares]

    def detalle(una: FormaDetalle) -> FormaDetalle:
        return FormaDetalle(
            refs=[(nombre, orden[lugar]) for nombre, lugar in una.refs],
            campos={campo: de(lugares) for campo, lugares in una.campos.items()},
            monedas=[(orden[lugar], moneda) for lugar, moneda in una.monedas],
        )

    return replace(
        forma,
        propio=detalle(forma.propio),
        detalles=[detalle(una) for una in forma.detalles],
        importe=de(forma.importe),
        indicador=de(forma.indicador),
        reverso=de(forma.reverso),
        estado=de(forma.estado),
        contable=de(forma.contable),
        valor=de(forma.valor),
    )
