"""One entry (Ntry) of an ISO 20022 statement: which of its texts mean something.

Banks write every entry with the same handful of shapes. The shape (the tags without their texts)
is studied once and kept; after that an entry costs one serialization, one split and a dozen
look-ups, which is what makes a statement of 300 000 payments quick to read.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from operator import itemgetter
from typing import Final, NamedTuple

from lxml import etree

from recaudo.infra.files.formatos.camt.valores import DOLAR, centavos_de
from recaudo.kernel.refusals import Rechazo

LIMITE_TRANSACCIONES: Final = 50_000  # of one entry: the only piece held in memory at once
_FORMAS_GUARDADAS: Final = 512
_LARGO_FORMA: Final = 20_000
_ETIQUETAS = re.compile(r"(<[^>]*>)")
LARGO_CITA: Final = 140
LARGO_LIBRE: Final = 500
#: (parent, child) → what the text of the child is.
_CAMPOS: Final = {
    ("Ntry", "Amt"): "importe",
    ("Ntry", "CdtDbtInd"): "indicador",
    ("Ntry", "RvslInd"): "reverso",
    ("Ntry", "Sts"): "estado",
    ("Sts", "Cd"): "estado",
    ("Sts", "Prtry"): "estado",
    ("BookgDt", "Dt"): "contable",
    ("BookgDt", "DtTm"): "contable",
    ("ValDt", "Dt"): "valor",
    ("ValDt", "DtTm"): "valor",
    ("Fmly", "SubFmlyCd"): "codigo",
    ("Prtry", "Cd"): "codigo",
    ("Btch", "NbOfTxs"): "transacciones",
    ("TxDtls", "CdtDbtInd"): "indicador_tx",
    ("TxDtls", "Amt"): "importe_tx",
    ("TxAmt", "Amt"): "importe_tx",
    ("InstdAmt", "Amt"): "instruido",
    ("CntrValAmt", "Amt"): "contravalor",
    ("RltdDts", "TxDtTm"): "transaccion",
    ("RltdDts", "AccptncDtTm"): "transaccion",
    ("Ntry", "AcctSvcrRef"): "ref",
    ("Refs", "AcctSvcrRef"): "ref",
    ("Refs", "TxId"): "otra_ref",
    ("Refs", "UETR"): "otra_ref",
    ("Refs", "EndToEndId"): "otra_ref",
    ("Refs", "InstrId"): "otra_ref",
    ("CdtrRefInf", "Ref"): "cita",
    ("RfrdDocInf", "Nb"): "cita",
    ("RmtInf", "Ustrd"): "texto",
    ("Strd", "AddtlRmtInf"): "texto",
    ("TxDtls", "AddtlTxInf"): "texto",
    ("Ntry", "AddtlNtryInf"): "texto",
    ("Dbtr", "Nm"): "ordenante",
    ("Pty", "Nm"): "ordenante",
}
#: Amounts of a part, the first that every part has; other currencies are not looked at.
IMPORTES: Final = ("importe_tx", "instruido", "contravalor")
Lugares = list[int]


class DemasiadasTransacciones(Rechazo):
    """One entry holds more transactions than may be kept in memory."""

    mensaje = (
        f"El archivo trae un movimiento de más de {LIMITE_TRANSACCIONES // 1000} 000 "
        "transacciones. No se importó nada: pida al banco que reparta ese lote en varios "
        "movimientos."
    )


class Cargo(NamedTuple):
    """Where the texts of one charge lie: its amount, its sign, whether the entry includes it.

    `es_total`: the sum of the others, which counts only when there are no others.
    """

    importe: int
    signo: Lugares
    incluido: Lugares
    es_total: bool = False


@dataclass(slots=True)
class FormaDetalle:
    """Where the texts of one TxDtls, or of the entry itself, lie in the split entry."""

    campos: dict[str, Lugares] = field(default_factory=dict)
    cargos: list[Cargo] = field(default_factory=list)
    es_devolucion: bool = False

    def __getitem__(self, campo: str) -> Lugares:
        """Return the places of a field, none if it is not there."""
        return self.campos.get(campo, [])


class Ordinaria(NamedTuple):
    """Where each text of an ordinary entry lies; a text that is not there is the last, empty one.

    Ordinary: dollars, at most one part, no charge, no return, no batch, nothing said twice.
    """

    importe: int
    estado: int
    ordenante: int
    #: What few entries of a file say otherwise: sign, mark and code of reversal, its three dates.
    comunes: Callable[[Sequence[str]], tuple[str, ...]]
    referencias: tuple[int, ...]
    otras: tuple[int, ...]
    citas: tuple[int, ...]
    libres: tuple[int, ...]


class FormaEntrada:
    """Where the texts of an entry of this shape lie. `ordinaria`: the same, when it is so."""

    __slots__ = ("detalles", "moneda", "ordinaria", "propio")

    def __init__(self, moneda: str, propio: FormaDetalle, detalles: list[FormaDetalle]) -> None:
        """`moneda`: of the entry's own amount; `propio`: what is of no part."""
        self.moneda = moneda
        self.propio = propio
        self.detalles = detalles
        self.ordinaria = _ordinaria(moneda, propio, detalles)


class Entrada:
    """The texts of one entry, asked by their shape."""

    __slots__ = ("forma", "textos")

    def __init__(self, textos: Sequence[str], forma: FormaEntrada) -> None:
        """Keep the texts and the shape that gives them their places."""
        self.textos = textos
        self.forma = forma

    def primero(self, lugares: Iterable[int]) -> str:
        """Return the first of these texts that says something."""
        texto = ""
        for lugar in lugares:
            texto = self.textos[lugar].strip()
            if texto:
                break
        return texto

    def propio(self, campo: str) -> str:
        """Return a text of the entry itself."""
        return self.primero(self.forma.propio[campo])

    def llenos(self, lugares: Iterable[int], largo: int) -> list[str]:
        """Return the texts of these places that say something, each cut at a length."""
        textos = self.textos
        return [texto[:largo] for lugar in lugares if (texto := textos[lugar].strip())]

    def importe(self, detalle: FormaDetalle, clase: str) -> int | None:
        """Return an amount of a part in cents, None when there is none in the entry's currency."""
        lugares = detalle.campos.get(clase)
        return centavos_de(self.textos[lugares[0]].strip()) if lugares else None

    def cargos(self, detalle: FormaDetalle) -> tuple[int, bool]:
        """Return the charges of a part in cents, and whether the bank says that it kept them."""
        total, incluido = 0, False
        sueltos = [cargo for cargo in detalle.cargos if not cargo.es_total]
        for cargo in sueltos or detalle.cargos:
            if self.primero(cargo.signo) == "CRDT":
                continue
            total += centavos_de(self.textos[cargo.importe].strip()) or 0
            incluido = incluido or self.primero(cargo.incluido) in {"true", "1"}
        return total, incluido


class LectorDeEntradas:
    """Reads entries of one namespace, remembering the shapes it has seen."""

    def __init__(
        self, espacio: str, *, al_estudiar: Callable[[str], None] = lambda _: None
    ) -> None:
        """`espacio`: the namespace in braces, or nothing. `al_estudiar`: told the tags not seen."""
        self._espacio = espacio
        self._al_estudiar = al_estudiar
        self._formas: dict[str, FormaEntrada] = {}

    def leer(self, elemento: etree._Element, *, moneda: str | None = None) -> Entrada:
        """Return what an entry says, or one of its transactions. Raises DemasiadasTransacciones.

        `moneda`: that of the amount of the entry, where it is not in the element.
        """
        texto = etree.tostring(elemento, encoding="unicode", with_tail=False)
        trozos = _ETIQUETAS.split(texto)
        clave = "".join(trozos[1::2])
        if moneda is not None:
            clave = f"{moneda}{clave}"
        forma = self._formas.get(clave)
        if forma is None:
            self._al_estudiar(clave)
            forma = self.estudiar(elemento, trozos[1::2], moneda=moneda)
            if len(self._formas) < _FORMAS_GUARDADAS and len(clave) < _LARGO_FORMA:
                self._formas[clave] = forma
        valores = trozos[::2]
        if "&" in texto:
            valores = [unescape(v) if "&" in v else v for v in valores]
        return Entrada(valores, forma)

    def estudiar(
        self, elemento: etree._Element, etiquetas: list[str], *, moneda: str | None = None
    ) -> FormaEntrada:
        """Find, once per shape, where each meaningful text lies among the pieces of the split."""
        abren = [i for i, e in enumerate(etiquetas) if not e.startswith("</")]
        if moneda is None:  # of the entry's own amount
            moneda = next((h.get("Ccy", "") for h in elemento if self._local(h) == "Amt"), "")
        propio = FormaDetalle()
        actual, detalles = propio, list[FormaDetalle]()
        for hoja, lugar in zip(elemento.iter(), abren, strict=True):
            local = self._local(hoja)
            if local == "TxDtls":
                actual = FormaDetalle()
                detalles.append(actual)
            elif local == "RtrInf":
                actual.es_devolucion = True
            elif (padre := hoja.getparent()) is not None:
                self._situar(actual, hoja, self._local(padre), lugar + 1, moneda)
        if len(detalles) > LIMITE_TRANSACCIONES:
            raise DemasiadasTransacciones
        return FormaEntrada(moneda, propio, detalles)

    def _situar(
        self, actual: FormaDetalle, hoja: etree._Element, padre: str, lugar: int, moneda: str
    ) -> None:
        """Keep the place of one text, if it means something."""
        local = self._local(hoja)
        if padre in {"Rcrd", "Chrgs", "ChrgsInf"} and self._situar_cargo(
            actual, local, lugar, hoja.get("Ccy", moneda), moneda
        ):
            return
        campo = _CAMPOS.get((padre, local))
        if campo is None or (campo == "ordenante" and not self._es_deudor(hoja.getparent())):
            return
        if campo in IMPORTES and hoja.get("Ccy", "") not in {moneda, ""}:
            return
        actual.campos.setdefault(campo, []).append(lugar)

    @staticmethod
    def _situar_cargo(
        actual: FormaDetalle, local: str, lugar: int, propia: str, moneda: str
    ) -> bool:
        """Keep the place of a text of a charge; its amount comes before what is said of it."""
        if local in {"Amt", "TtlChrgsAndTaxAmt"} and propia == moneda:
            actual.cargos.append(Cargo(lugar, [], [], local != "Amt"))
        elif actual.cargos and local == "CdtDbtInd":
            actual.cargos[-1].signo.append(lugar)
        elif actual.cargos and local == "ChrgInclInd":
            actual.cargos[-1].incluido.append(lugar)
        else:
            return False
        return True

    def _local(self, elemento: etree._Element | None) -> str:
        return "" if elemento is None else str(elemento.tag).removeprefix(self._espacio)

    def _es_deudor(self, padre: etree._Element | None) -> bool:
        abuelo = padre.getparent() if padre is not None else None
        return "Dbtr" in {self._local(padre), self._local(abuelo)}


#: Texts of which an ordinary entry has one at most, and whether its part says them.
_UNICOS: Final = (
    ("importe", False), ("indicador", False), ("estado", False), ("contable", False),
    ("valor", False), ("transaccion", True), ("reverso", False), ("codigo", False),
    ("ordenante", True),
)  # fmt: skip


def _ordinaria(moneda: str, propio: FormaDetalle, detalles: list[FormaDetalle]) -> Ordinaria | None:
    """Return where the texts lie when entries of this shape are ordinary."""
    if moneda != DOLAR or len(detalles) > 1:
        return None
    parte = detalles[0] if detalles else propio
    partes = (propio, parte)
    unicos = [(parte if suyo else propio)[campo] for campo, suyo in _UNICOS]
    unicos[2] = unicos[2][1:] if len(unicos[2]) > 1 else unicos[2]  # Sts itself has no text
    raras = any(una.cargos or una.es_devolucion or una["transacciones"] for una in partes)
    if raras or any(len(lugares) > 1 for lugares in unicos) or len(propio["estado"]) > 2:
        return None
    suyos = [] if parte is propio else propio["texto"]
    lugar = {
        campo: lugares[0] if lugares else -1
        for (campo, _), lugares in zip(_UNICOS, unicos, strict=True)
    }
    return Ordinaria(
        lugar["importe"], lugar["estado"], lugar["ordenante"],
        comunes=itemgetter(
            lugar["indicador"], lugar["reverso"], lugar["codigo"], lugar["contable"],
            lugar["valor"], lugar["transaccion"],
        ),
        referencias=tuple(propio["ref"] + ([] if parte is propio else parte["ref"])),
        otras=tuple(parte["ref"] + parte["otra_ref"]), citas=tuple(parte["cita"]),
        libres=tuple(parte["texto"] + suyos),
    )  # fmt: skip
