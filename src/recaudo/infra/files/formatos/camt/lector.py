"""ISO 20022 bank statements (camt.053) and credit notices (camt.054), read as a stream.

Versions 02 to 13, with or without namespace, alone or inside an envelope. No entity, DTD or network
is followed; each entry is dropped once read, so memory does not grow with the file. What cannot be
read of an entry comes out too, with a coded reason.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final, cast

from lxml import etree

from recaudo.infra.files.envoltorios import comprimido_en
from recaudo.infra.files.formatos.camt.cabecera import ExtractoLeido, leer_cabecera
from recaudo.infra.files.formatos.camt.codificacion import CodificacionIlegible, EnUtf8
from recaudo.infra.files.formatos.camt.corridas import FuenteAligerada
from recaudo.infra.files.formatos.camt.entrada import (
    DemasiadasTransacciones,
    LectorDeEntradas,
)
from recaudo.infra.files.formatos.camt.lotes import LectorDeLotes
from recaudo.infra.files.formatos.camt.memoria import (
    LIMITE_EXTRACTOS,
    DemasiadosExtractos,
    DemasiadosNombres,
    FuenteMedida,
    MovimientoDemasiadoGrande,
    PiezaDemasiadoGrande,
    nombre_local,
)
from recaudo.infra.files.formatos.camt.movimientos import Movimiento, Movimientos
from recaudo.kernel.refusals import Rechazo

LIMITE_BYTES: Final = 2 * 1024**3
#: Days between a transaction and its booking, where the caller does not say (see `norma`).
DIAS_DE_MARGEN: Final = 60
_MENSAJES: Final = {"camt053": "BkToCstmrStmt", "camt054": "BkToCstmrDbtCdtNtfctn"}
_CUERPOS: Final = {"camt053": "Stmt", "camt054": "Ntfctn"}
_ESPACIO = re.compile(r"(?:\{urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.\d{2}\})?")
#: Refusals of what the file is made of.
_DE_TODO_EL_ARCHIVO: Final = (
    CodificacionIlegible, DemasiadasTransacciones, DemasiadosExtractos, DemasiadosNombres,
    MovimientoDemasiadoGrande, PiezaDemasiadoGrande,
)  # fmt: skip
_LARGO_CITADO: Final = 80
_PDF: Final = b"%PDF"
_ES_PDF: Final = "El archivo es un PDF. Pida al banco el extracto en XML ISO 20022."


class ExtractoIlegible(Rechazo):
    """The file as a whole cannot be read: nothing of it enters."""

    mensaje = "El archivo no es un extracto ISO 20022 que se pueda leer. Pida al banco otra copia."


class FormatoDistinto(ExtractoIlegible):
    """The file is a good message of another kind."""


def exigir_formato(formato: str) -> None:
    """Refuse (`ExtractoIlegible`) a format that is not camt053 or camt054."""
    if formato not in _MENSAJES:
        msg = f"No se conoce el formato «{formato}». Use camt053 o camt054."
        raise ExtractoIlegible(msg)


def nombre_de_formato(formato: str) -> str:
    """Return how people write a format: `camt.053`."""
    return f"{formato[:4]}.{formato[4:]}" if formato in _MENSAJES else formato


def es_de_otro_formato(es: str, dicho: str) -> FormatoDistinto:
    """Return the refusal of a good message of another kind than the one said."""
    es, dicho = nombre_de_formato(es), nombre_de_formato(dicho)
    return FormatoDistinto(
        f"El archivo es un {es}, no un {dicho}. Elija el formato {es} e impórtelo de nuevo."
    )


class LectorCamt:
    """Iterate to get the movements; afterwards `extractos`, `identificacion` hold the controls."""

    def __init__(
        self, fuente: BinaryIO, *, formato: str, dias_de_margen: int = DIAS_DE_MARGEN
    ) -> None:
        """Keep the source, open in binary. `formato`: camt053, camt054 (else ExtractoIlegible).

        `dias_de_margen`: how many days a transaction may be from its booking and be believed.
        """
        exigir_formato(formato)
        self.formato = formato
        self.identificacion = ""
        self.extractos: list[ExtractoLeido] = []
        en_utf8 = EnUtf8(_Limitada(fuente))
        self._fuente = FuenteAligerada(cast("BinaryIO", en_utf8))
        self._medida = FuenteMedida(self._fuente)
        self._movimientos = Movimientos(dias_de_margen=dias_de_margen)

    def __iter__(self) -> Iterator[Movimiento]:
        """Give the movements in file order. Raises ExtractoIlegible, FormatoDistinto."""
        return chain.from_iterable(self._por_tandas())

    def _por_tandas(self) -> Iterator[list[Movimiento]]:
        """Yield the movements, those of each run of entries together."""
        try:
            yield from self._leer()
        except etree.XMLSyntaxError as falla:
            donde = f" cerca de la línea {falla.lineno}" if falla.lineno else ""
            msg = (
                f"El archivo está incompleto o no es XML bien formado{donde}. No se importó nada: "
                "pida al banco otra copia."
            )
            raise ExtractoIlegible(msg) from falla
        except _DE_TODO_EL_ARCHIVO as falla:
            raise ExtractoIlegible(falla.mensaje) from falla
        if not self.extractos:
            msg = "El archivo no trae ningún estado de cuenta. Pida al banco otra copia."
            raise ExtractoIlegible(msg)

    def _leer(self) -> Iterator[list[Movimiento]]:
        """Walk the ends of entries and statements; each is dropped as soon as it was read."""
        local = _CUERPOS[self.formato]
        eventos = etree.iterparse(
            cast("BinaryIO", self._medida), events=("end",),
            tag=["{*}MsgId", "{*}Ntry", "{*}TxDtls", f"{{*}}{local}"],
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        espacio: str | None = None
        cuerpo = anterior = None
        for _, elemento in eventos:
            if espacio is None:
                raiz = elemento.getroottree().getroot()
                espacio = self._abrir(raiz)
                self._medida.leer_de(raiz)
                lector = LectorDeEntradas(espacio, al_estudiar=self._medida.nombrar)
                entradas, detalle = LectorDeLotes(lector, espacio), f"{espacio}TxDtls"
                entrada = f"{espacio}Ntry"
            if elemento.tag == entrada:
                if (padre := elemento.getparent()) is not cuerpo:
                    cuerpo, anterior = self._empezar(padre, f"{espacio}{local}", espacio), None
                yield from self._de_la_entrada(elemento, entradas)
                anterior = _soltar(elemento, anterior)
            elif elemento.tag == detalle:
                entradas.apartar(elemento)
            else:
                self._de_lo_demas(elemento, cuerpo, espacio)
        if espacio is None:
            self._abrir(eventos.root)

    def _de_lo_demas(self, elemento: etree._Element, cuerpo: etree._Element | None, e: str) -> None:
        """Read what names the message, or what a statement says of itself at its end."""
        if elemento.tag == f"{e}MsgId":
            self.identificacion = self.identificacion or (elemento.text or "").strip()[:60]
        elif nombre_local(elemento) != "TxDtls":  # of somebody else
            if elemento is not cuerpo:
                self._empezar(elemento, f"{e}{_CUERPOS[self.formato]}", e)
            leer_cabecera(elemento, self.extractos[-1], e)
            self._medida.nombrar(etree.tostring(elemento, encoding="unicode"))
            elemento.clear()

    def _empezar(self, cuerpo: etree._Element | None, esperado: str, e: str) -> etree._Element:
        """Begin the controls of one statement; an entry outside of any is refused."""
        if cuerpo is None or cuerpo.tag != esperado:
            raise ExtractoIlegible
        if len(self.extractos) >= LIMITE_EXTRACTOS:
            raise DemasiadosExtractos
        self.extractos.append(ExtractoLeido(antes=self._movimientos.numero))
        leer_cabecera(cuerpo, self.extractos[-1], e)  # what comes before the first entry
        return cuerpo

    def _abrir(self, raiz: etree._Element) -> str:
        """Find the message, without DTD, of the format asked; return its namespace."""
        documento = raiz.getroottree().docinfo
        if documento.internalDTD is not None or documento.doctype:
            msg = "El archivo trae una definición de tipo de documento (DTD), que no se admite."
            raise ExtractoIlegible(msg)
        mensaje = next(
            (e for e in raiz.iter() if nombre_local(e) == "Document"), None
        )  # the root, or what an envelope holds
        if mensaje is None:
            msg = (
                "El archivo no trae un mensaje ISO 20022 (falta el elemento Document). Envíe el "
                "extracto camt.053 o camt.054 tal como lo entregó el banco."
            )
            raise ExtractoIlegible(msg)
        espacio = str(mensaje.tag).removesuffix("Document")
        if _ESPACIO.fullmatch(espacio) is None:
            cual = espacio.strip("{}")[:_LARGO_CITADO]
            msg = f"El archivo es otro mensaje ({cual}). Se leen camt.053 y camt.054."
            raise FormatoDistinto(msg)
        mensajes = {str(hijo.tag).removeprefix(espacio) for hijo in mensaje}
        for formato, nombre in _MENSAJES.items():
            if nombre in mensajes and formato != self.formato:
                raise es_de_otro_formato(formato, self.formato)
        return espacio

    def _de_la_entrada(
        self, elemento: etree._Element, lector: LectorDeLotes
    ) -> Iterator[list[Movimiento]]:
        """Yield the movements of an entry, or of the run that it stands for."""
        leido, movimientos = self.extractos[-1], self._movimientos.de_las_entradas
        corrida = self._fuente.corrida(elemento)
        if corrida is None:
            linea = cast("int | None", elemento.sourceline) or 0
            leida = lector.leer(elemento)
            yield movimientos(leida.forma, (leida.textos,), (linea,), leido)
            return
        for tramo in corrida:
            yield movimientos(tramo.forma, tramo.textos, tramo.lineas, leido)


class _Limitada:
    """A source that refuses to give more than the limit."""

    def __init__(self, fuente: BinaryIO) -> None:
        self._fuente = fuente
        self._leido = 0

    def read(self, tamano: int = -1) -> bytes:
        trozo = self._fuente.read(tamano)
        if not self._leido:
            if (envoltorio := comprimido_en(trozo)) is not None:
                msg = f"El archivo está comprimido ({envoltorio}). Descomprímalo y envíe el XML."
                raise ExtractoIlegible(msg)
            if trozo.startswith(_PDF):
                raise ExtractoIlegible(_ES_PDF)
        self._leido += len(trozo)
        if self._leido > LIMITE_BYTES:
            msg = "El archivo pasa de 2 GB. Pida al banco que lo divida."
            raise ExtractoIlegible(msg)
        return trozo


def _soltar(elemento: etree._Element, anterior: etree._Element | None) -> etree._Element:
    """Forget an entry already read: empty it, and unlink the one before it."""
    elemento.clear()
    if anterior is not None:
        padre = anterior.getparent()
        if padre is not None:
            padre.remove(anterior)
    return elemento
