"""ISO 20022 bank statements (camt.053) and credit notices (camt.054), read as a stream.

Versions 02 to 08, with or without namespace. No entity, DTD or network is followed; each entry is
dropped once read, so memory does not grow with the file. One movement for each transaction
(TxDtls) of each entry (Ntry); what cannot be read comes out too, with a coded reason.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final, cast

from lxml import etree

from recaudo.infra.files.formatos.camt_corridas import FuenteAligerada
from recaudo.infra.files.formatos.camt_directo import del_tramo
from recaudo.infra.files.formatos.camt_entrada import (
    DOLAR,
    DemasiadasTransacciones,
    LectorDeEntradas,
    centavos_de,
    fecha_de,
)
from recaudo.infra.files.formatos.camt_movimientos import (
    Estado,
    MotivoRechazo,
    Movimiento,
    Movimientos,
)
from recaudo.kernel.refusals import Rechazo

LIMITE_BYTES: Final = 2 * 1024**3
_MENSAJES: Final = {"camt053": "BkToCstmrStmt", "camt054": "BkToCstmrDbtCdtNtfctn"}
_CUERPOS: Final = {"camt053": "Stmt", "camt054": "Ntfctn"}
_ESPACIO = re.compile(r"(?:\{urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.\d{2}\})?")


class ExtractoIlegible(Rechazo):
    """The file as a whole cannot be read: nothing of it enters."""

    mensaje = "El archivo no es un extracto ISO 20022 que se pueda leer. Pida al banco otra copia."


class FormatoDistinto(ExtractoIlegible):
    """The file is a good message of another kind."""


class LectorCamt:
    """Iterate to get the movements; afterwards `estados`, `identificacion` hold the controls."""

    def __init__(self, fuente: BinaryIO, *, formato: str) -> None:
        """Keep the source, open in binary. `formato`: camt053, camt054 (else ExtractoIlegible)."""
        if formato not in _MENSAJES:
            msg = f"No se conoce el formato «{formato}». Use camt053 o camt054."
            raise ExtractoIlegible(msg)
        self.formato = formato
        self.identificacion = ""
        self.estados: list[Estado] = []
        self._fuente = FuenteAligerada(cast("BinaryIO", _Limitada(fuente)))
        self._movimientos = Movimientos()

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
        except DemasiadasTransacciones as falla:
            raise ExtractoIlegible(falla.mensaje) from falla
        if not self.estados:
            msg = "El archivo no trae ningún estado de cuenta. Pida al banco otra copia."
            raise ExtractoIlegible(msg)

    def _leer(self) -> Iterator[list[Movimiento]]:
        """Walk the ends of entries and statements; each is dropped as soon as it was read."""
        local = _CUERPOS[self.formato]
        eventos = etree.iterparse(
            self._fuente, events=("end",), tag=["{*}MsgId", "{*}Ntry", f"{{*}}{local}"],
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        espacio: str | None = None
        cuerpo = anterior = None
        for _, elemento in eventos:
            if espacio is None:
                espacio = self._abrir(elemento.getroottree().getroot())
                entradas, entrada = LectorDeEntradas(espacio), f"{espacio}Ntry"
            if elemento.tag == entrada:
                if (padre := elemento.getparent()) is not cuerpo:
                    cuerpo, anterior = self._empezar(padre, f"{espacio}{local}"), None
                yield from self._de_la_entrada(elemento, entradas)
                anterior = _soltar(elemento, anterior)
            elif elemento.tag == f"{espacio}MsgId":
                self.identificacion = self.identificacion or (elemento.text or "").strip()[:60]
            else:
                if elemento is not cuerpo:
                    self._empezar(elemento, f"{espacio}{local}")
                _cabecera(elemento, self.estados[-1], espacio)
                elemento.clear()
        if espacio is None:
            self._abrir(eventos.root)

    def _empezar(self, cuerpo: etree._Element | None, esperado: str) -> etree._Element:
        """Begin the controls of one statement; an entry outside of any is refused."""
        if cuerpo is None or cuerpo.tag != esperado:
            raise ExtractoIlegible
        self.estados.append(Estado())
        return cuerpo

    def _abrir(self, raiz: etree._Element) -> str:
        """Check the root: no DTD, an ISO 20022 Document of the format; return its namespace."""
        documento = raiz.getroottree().docinfo
        if documento.internalDTD is not None or documento.doctype:
            msg = "El archivo trae una definición de tipo de documento (DTD), que no se admite."
            raise ExtractoIlegible(msg)
        tag = str(raiz.tag)
        espacio = tag.removesuffix("Document")
        if not tag.endswith("Document"):
            raise ExtractoIlegible
        if _ESPACIO.fullmatch(espacio) is None:
            msg = (
                f"El archivo es otro mensaje ({espacio.strip('{}')}). Se leen camt.053 y camt.054."
            )
            raise FormatoDistinto(msg)
        mensajes = {str(hijo.tag).removeprefix(espacio) for hijo in raiz}
        for formato, mensaje in _MENSAJES.items():
            if mensaje in mensajes and formato != self.formato:
                msg = (
                    f"El archivo es un {formato}, no un {self.formato}. Elija el formato {formato} "
                    "e impórtelo de nuevo."
                )
                raise FormatoDistinto(msg)
        return espacio

    def _de_la_entrada(
        self, elemento: etree._Element, lector: LectorDeEntradas
    ) -> Iterator[list[Movimiento]]:
        """Yield the movements of an entry, or of the run that it stands for."""
        estado = self.estados[-1]
        corrida = self._fuente.corrida(elemento)
        if corrida is None:
            linea = cast("int | None", elemento.sourceline) or 0
            yield self._movimientos.de_la_entrada(lector.leer(elemento), linea, estado)
            return
        for tramo in corrida:
            yield from del_tramo(tramo, self._movimientos, estado)


class _Limitada:
    """A source that refuses to give more than the limit."""

    def __init__(self, fuente: BinaryIO) -> None:
        self._fuente = fuente
        self._leido = 0

    def read(self, tamano: int = -1) -> bytes:
        trozo = self._fuente.read(tamano)
        self._leido += len(trozo)
        if self._leido > LIMITE_BYTES:
            msg = "El archivo pasa de 2 GB. Pida al banco que lo divida."
            raise ExtractoIlegible(msg)
        return trozo


def _cabecera(cuerpo: etree._Element, estado: Estado, e: str) -> None:
    """Account, dates, balances and declared totals of a statement."""
    cuenta = cuerpo.find(f"{e}Acct")
    if cuenta is not None:
        estado.cuenta = (
            cuenta.findtext(f"{e}Id/{e}IBAN") or cuenta.findtext(f"{e}Id/{e}Othr/{e}Id") or ""
        ).strip()[:40]
        estado.moneda = (cuenta.findtext(f"{e}Ccy") or "").strip()
    estado.desde = fecha_de(cuerpo.findtext(f"{e}FrToDt/{e}FrDtTm") or "")
    estado.hasta = fecha_de(cuerpo.findtext(f"{e}FrToDt/{e}ToDtTm") or "")
    for saldo in cuerpo.iterfind(f"{e}Bal"):
        _saldo(saldo, estado, e)
    resumen = cuerpo.find(f"{e}TxsSummry/{e}TtlCdtNtries")
    if resumen is not None:
        numero = (resumen.findtext(f"{e}NbOfNtries") or "").strip()
        estado.declara_creditos = int(numero) if numero.isascii() and numero.isdigit() else None
        estado.declara_total = centavos_de((resumen.findtext(f"{e}Sum") or "").strip())


def _saldo(saldo: etree._Element, estado: Estado, e: str) -> None:
    codigo = (saldo.findtext(f"{e}Tp/{e}CdOrPrtry/{e}Cd") or "").strip()
    importe = saldo.find(f"{e}Amt")
    if importe is None or codigo not in {"OPBD", "PRCD", "CLBD"}:
        return
    if not estado.moneda:
        estado.moneda = importe.get("Ccy", "")
    if importe.get("Ccy") != DOLAR:
        return
    centavos = centavos_de((importe.text or "").strip())
    if centavos is None:
        return
    con_signo = -centavos if saldo.findtext(f"{e}CdtDbtInd") == "DBIT" else centavos
    if codigo == "CLBD":
        estado.saldo_final = con_signo
    elif codigo == "OPBD" or estado.saldo_inicial is None:
        estado.saldo_inicial = con_signo


def _soltar(elemento: etree._Element, anterior: etree._Element | None) -> etree._Element:
    """Forget an entry already read: empty it, and unlink the one before it."""
    elemento.clear()
    if anterior is not None:
        padre = anterior.getparent()
        if padre is not None:
            padre.remove(anterior)
    return elemento


__all__ = [
    "Estado", "ExtractoIlegible", "FormatoDistinto", "LectorCamt", "MotivoRechazo", "Movimiento",
]  # fmt: skip
