"""One entry (Ntry) of an ISO 20022 statement: which of its texts mean something.

Banks write every entry with the same handful of shapes. The shape (the tags without their texts)
is studied once and kept; after that an entry costs one serialization, one split and a dozen
look-ups, which is what makes a statement of 300 000 payments quick to read.

Reference of a movement, first that exists: TxDtls/Refs/AcctSvcrRef, Ntry/AcctSvcrRef,
Ntry/NtryRef, TxDtls/Refs/TxId, UETR, EndToEndId, InstrId. In an entry with several transactions
the entry's reference is completed with the transaction's own. With none, the content itself
makes a reference (`SR-…`), and equal contents inside one file are counted apart.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

from lxml import etree

from recaudo.kernel.refusals import Rechazo

ECUADOR: Final = ZoneInfo("America/Guayaquil")
DOLAR: Final = "USD"
LIMITE_TRANSACCIONES: Final = 50_000  # of one entry: the only piece held in memory at once
_FORMAS_GUARDADAS: Final = 512
_LARGO_FORMA: Final = 20_000
_ETIQUETAS = re.compile(r"(<[^>]*>)")
_IMPORTE = re.compile(r"(\d{1,13})(?:\.(\d{1,2})0*)?", re.ASCII)
SIN_VALOR: Final = frozenset({"NOTPROVIDED", "NONREF"})  # of a reference: there is none
LARGO_CITA: Final = 140
LARGO_LIBRE: Final = 500
#: (parent, child) → what the text of the child is.
_CAMPOS: Final = {
    ("Ntry", "Amt"): "importe",
    ("Ntry", "CdtDbtInd"): "indicador",
    ("Ntry", "RvslInd"): "reverso",
    ("Ntry", "Sts"): "estado",
    ("Sts", "Cd"): "estado",
    ("BookgDt", "Dt"): "contable",
    ("BookgDt", "DtTm"): "contable",
    ("ValDt", "Dt"): "valor",
    ("ValDt", "DtTm"): "valor",
    ("TxDtls", "Amt"): "importe_tx",
    ("TxAmt", "Amt"): "importe_tx",
    ("RltdDts", "TxDtTm"): "transaccion",
    ("RltdDts", "AccptncDtTm"): "transaccion",
    ("Ntry", "NtryRef"): "ref",
    ("Ntry", "AcctSvcrRef"): "ref",
    ("Refs", "AcctSvcrRef"): "ref",
    ("Refs", "TxId"): "ref",
    ("Refs", "UETR"): "ref",
    ("Refs", "EndToEndId"): "ref",
    ("Refs", "InstrId"): "ref",
    ("CdtrRefInf", "Ref"): "cita",
    ("RfrdDocInf", "Nb"): "cita",
    ("RmtInf", "Ustrd"): "texto",
    ("Strd", "AddtlRmtInf"): "texto",
    ("TxDtls", "AddtlTxInf"): "texto",
    ("Ntry", "AddtlNtryInf"): "texto",
    ("Dbtr", "Nm"): "ordenante",
    ("Pty", "Nm"): "ordenante",
}


class DemasiadasTransacciones(Rechazo):
    """One entry holds more transactions than may be kept in memory."""

    mensaje = "Un movimiento del archivo trae demasiadas transacciones: pida que lo dividan."


@dataclass(slots=True)
class Detalle:
    """What is gathered of one TxDtls, or of the entry itself. Amount in cents."""

    centavos: int | None = None
    refs: dict[str, str] = field(default_factory=dict)
    citas: list[str] = field(default_factory=list)
    textos: list[str] = field(default_factory=list)
    ordenante: str = ""
    fecha: date | None = None


@dataclass(slots=True)
class Entrada:
    """What is gathered of one Ntry. Amount in cents of `moneda`."""

    propio: Detalle
    detalles: list[Detalle]
    importe_texto: str
    centavos: int | None
    moneda: str
    indicador: str
    es_reverso: bool
    estado: str
    fecha_contable: date | None
    fecha_valor: date | None


Lugares = tuple[int, ...]


@dataclass(slots=True)
class FormaDetalle:
    """Where the texts of one TxDtls lie in the split entry."""

    refs: list[tuple[str, int]] = field(default_factory=list)
    campos: dict[str, list[int]] = field(default_factory=dict)
    monedas: list[tuple[int, str]] = field(default_factory=list)

    def lugares(self, campo: str) -> list[int]:
        """Return the places of a field, none if it is not there."""
        return self.campos.get(campo, [])


@dataclass(slots=True)
class FormaEntrada:
    """Where the texts of an entry of this shape lie."""

    moneda: str
    propio: FormaDetalle
    detalles: list[FormaDetalle]
    importe: list[int]
    indicador: list[int]
    reverso: list[int]
    estado: list[int]
    contable: list[int]
    valor: list[int]


class LectorDeEntradas:
    """Reads entries of one namespace, remembering the shapes it has seen."""

    def __init__(self, espacio: str) -> None:
        """`espacio`: the namespace in braces, or nothing."""
        self._espacio = espacio
        self._formas: dict[str, FormaEntrada] = {}

    def leer(self, elemento: etree._Element) -> Entrada:
        """Return what an entry says. Raises DemasiadasTransacciones."""
        texto = etree.tostring(elemento, encoding="unicode", with_tail=False)
        trozos = _ETIQUETAS.split(texto)
        clave = "".join(trozos[1::2])
        forma = self._formas.get(clave)
        if forma is None:
            forma = self.estudiar(elemento, trozos[1::2])
            if len(self._formas) < _FORMAS_GUARDADAS and len(clave) < _LARGO_FORMA:
                self._formas[clave] = forma
        valores = trozos[::2]
        if "&" in texto:
            valores = [unescape(v) for v in valores]
        return entrada_de(valores, forma)

    def estudiar(self, elemento: etree._Element, etiquetas: list[str]) -> FormaEntrada:
        """Find, once per shape, where each meaningful text lies among the pieces of the split."""
        abren = [i for i, e in enumerate(etiquetas) if not e.startswith("</")]
        propio = FormaDetalle()
        actual, detalles = propio, list[FormaDetalle]()
        moneda = ""
        for hoja, lugar in zip(elemento.iter(), abren, strict=True):
            local = self._local(hoja)
            if local == "TxDtls":
                actual = FormaDetalle()
                detalles.append(actual)
                continue
            padre = hoja.getparent()
            campo = _CAMPOS.get((self._local(padre), local)) if padre is not None else None
            if campo is None or (campo == "ordenante" and not self._es_deudor(padre)):
                continue
            moneda = self._situar(actual, campo, local, lugar + 1, hoja.get("Ccy", "")) or moneda
        if len(detalles) > LIMITE_TRANSACCIONES:
            raise DemasiadasTransacciones
        de = propio.lugares
        return FormaEntrada(
            moneda, propio, detalles, de("importe"), de("indicador"), de("reverso"), de("estado"),
            de("contable"), de("valor"),
        )  # fmt: skip

    @staticmethod
    def _situar(actual: FormaDetalle, campo: str, local: str, lugar: int, moneda: str) -> str:
        """Keep the place of one text; return the currency when it is the entry's own amount."""
        if campo == "ref":
            actual.refs.append((local, lugar))
        elif campo == "importe_tx":
            actual.monedas.append((lugar, moneda))
        else:
            actual.campos.setdefault(campo, []).append(lugar)
        return moneda if campo == "importe" else ""

    def _local(self, elemento: etree._Element | None) -> str:
        return "" if elemento is None else str(elemento.tag).removeprefix(self._espacio)

    def _es_deudor(self, padre: etree._Element | None) -> bool:
        abuelo = padre.getparent() if padre is not None else None
        return "Dbtr" in {self._local(padre), self._local(abuelo)}


def entrada_de(valores: Sequence[str], forma: FormaEntrada) -> Entrada:
    """Return what the texts of an entry say, by the places that its shape gives them."""
    importe = _primero(valores, forma.importe)
    return Entrada(
        _detalle(valores, forma.propio, forma.moneda),
        [_detalle(valores, una, forma.moneda) for una in forma.detalles],
        importe[:40],
        centavos_de(importe),
        forma.moneda,
        _primero(valores, forma.indicador),
        _primero(valores, forma.reverso) in {"true", "1"},
        _primero(valores, forma.estado) or "BOOK",
        fecha_de(_primero(valores, forma.contable)),
        fecha_de(_primero(valores, forma.valor)),
    )


def _detalle(valores: Sequence[str], forma: FormaDetalle, moneda: str) -> Detalle:
    campos = forma.campos
    centavos = None
    for lugar, propia in forma.monedas:
        if propia in {moneda, ""}:
            centavos = centavos_de(valores[lugar].strip())
            break
    return Detalle(
        centavos,
        _referencias(valores, forma.refs) if forma.refs else {},
        llenos(valores, campos["cita"], LARGO_CITA) if "cita" in campos else [],
        llenos(valores, campos["texto"], LARGO_LIBRE) if "texto" in campos else [],
        _primero(valores, campos["ordenante"]) if "ordenante" in campos else "",
        fecha_de(_primero(valores, campos["transaccion"])) if "transaccion" in campos else None,
    )


def _referencias(valores: Sequence[str], lugares: list[tuple[str, int]]) -> dict[str, str]:
    """Return the references by name; the first of each, and none that says there is none."""
    refs: dict[str, str] = {}
    for nombre, lugar in lugares:
        texto = valores[lugar].strip()
        if texto and nombre not in refs and texto.upper() not in SIN_VALOR:
            refs[nombre] = texto
    return refs


def llenos(valores: Sequence[str], lugares: Iterable[int], largo: int) -> list[str]:
    """Return the texts of these places that say something, each cut at a length."""
    return [texto[:largo] for lugar in lugares if (texto := valores[lugar].strip())]


def _primero(valores: Sequence[str], lugares: Iterable[int]) -> str:
    texto = ""
    for lugar in lugares:
        texto = valores[lugar].strip()
        if texto:
            break
    return texto


@lru_cache(maxsize=65_536)
def centavos_de(texto: str) -> int | None:
    """Read an ISO amount of dollars as cents; None when it is not one."""
    partes = _IMPORTE.fullmatch(texto)
    if partes is None:
        return None
    return int(partes[1]) * 100 + int((partes[2] or "").ljust(2, "0"))


@lru_cache(maxsize=4096)
def fecha_de(texto: str) -> date | None:
    """Read an ISO date, or the local date in Ecuador of an instant with zone; None if neither."""
    try:
        if "T" not in texto:
            return date.fromisoformat(texto[:10]) if texto else None
        instante = datetime.fromisoformat(texto)
    except ValueError:
        return None
    return (instante.astimezone(ECUADOR) if instante.tzinfo else instante).date()
