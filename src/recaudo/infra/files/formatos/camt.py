"""ISO 20022 bank statements (camt.053) and credit notices (camt.054), read as a stream.

Accepts versions 02 to 08 of both messages, with or without namespace. No entity, DTD or network
is ever followed; the tree of each entry is dropped as soon as it is read, so memory does not grow
with the file. One movement comes out for each transaction (TxDtls) of each entry (Ntry). What
cannot be read comes out too, with a coded reason: a line is never skipped.

Reference of a movement, first that exists: TxDtls/Refs/AcctSvcrRef, Ntry/AcctSvcrRef,
Ntry/NtryRef, TxDtls/Refs/TxId, UETR, EndToEndId, InstrId. In an entry with several transactions
the entry's reference is completed with the transaction's own. With none, the content itself
makes a reference (`SR-…`), and equal contents inside one file are counted apart.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import BinaryIO, Final, NamedTuple
from zoneinfo import ZoneInfo

from lxml import etree

from recaudo.kernel.refusals import Rechazo

ECUADOR: Final = ZoneInfo("America/Guayaquil")
DOLAR: Final = "USD"
LIMITE_BYTES: Final = 2 * 1024**3
LIMITE_TRANSACCIONES: Final = 50_000  # of one entry: the only piece held in memory at once
LARGO_REFERENCIA: Final = 60
LARGO_TEXTO: Final = 300
_IMPORTE = re.compile(r"(\d{1,13})(?:\.(\d{1,2})0*)?", re.ASCII)
_MENSAJES: Final = {"camt053": "BkToCstmrStmt", "camt054": "BkToCstmrDbtCdtNtfctn"}
_CUERPOS: Final = {"camt053": "Stmt", "camt054": "Ntfctn"}
_ESPACIO = re.compile(r"(?:\{urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.\d{2}\})?")


class ExtractoIlegible(Rechazo):
    """The file as a whole cannot be read: nothing of it enters."""

    mensaje = "El archivo no es un extracto ISO 20022 que se pueda leer. Pida al banco otra copia."


class FormatoDistinto(ExtractoIlegible):
    """The file is a good message of another kind."""


class MotivoRechazo(StrEnum):
    """Why one movement cannot enter as money received."""

    IMPORTE_ILEGIBLE = "IMPORTE_ILEGIBLE"
    IMPORTE_CERO = "IMPORTE_CERO"
    OTRA_MONEDA = "OTRA_MONEDA"
    NO_CONTABILIZADA = "NO_CONTABILIZADA"
    DEBITO = "DEBITO"
    REVERSO = "REVERSO"
    SIN_FECHA = "SIN_FECHA"


class Movimiento(NamedTuple):
    """One transaction of the bank. Amount in cents; dates are local dates of Ecuador."""

    numero: int
    linea_archivo: int
    referencia: str
    fecha_valor: date | None
    fecha_transaccion: date | None
    centavos: int | None
    citas: str
    otras_referencias: str
    texto: str
    ordenante: str
    rechazo: str
    detalle_cuadra: bool


@dataclass(slots=True)
class Estado:
    """Control figures of one statement of the file, in cents: what it declares, what was read."""

    moneda: str = ""
    cuenta: str = ""
    desde: date | None = None
    hasta: date | None = None
    declara_creditos: int | None = None
    declara_total: int | None = None
    saldo_inicial: int | None = None
    saldo_final: int | None = None
    creditos: int = 0
    total_creditos: int = 0
    total_debitos: int = 0
    ilegibles: int = 0

    @property
    def en_dolares(self) -> bool:
        """False for an account in another currency: it is not this office's money."""
        return self.moneda in {"", DOLAR}

    @property
    def totales_cuadran(self) -> bool:
        """What was read is what the bank declares; what it does not declare is not compared."""
        return (
            self.declara_creditos in {None, self.creditos}
            and self.declara_total in {None, self.total_creditos}
            and not self.ilegibles
        )

    @property
    def saldos_cuadran(self) -> bool:
        """Opening balance plus credits minus debits is the closing balance, when both are given."""
        if self.saldo_inicial is None or self.saldo_final is None:
            return True
        return self.saldo_inicial + self.total_creditos - self.total_debitos == self.saldo_final


@dataclass(slots=True)
class _Detalle:
    """What is gathered of one TxDtls (or of the entry itself)."""

    centavos: int | None = None
    tiene_importe: bool = False
    refs: dict[str, str] = field(default_factory=dict)
    citas: list[str] = field(default_factory=list)
    textos: list[str] = field(default_factory=list)
    ordenante: str = ""
    fecha: date | None = None


class LectorCamt:
    """Iterate to get the movements; afterwards `estados`, `identificacion` hold the controls."""

    def __init__(self, fuente: BinaryIO, *, formato: str) -> None:
        """Keep the source, open in binary. `formato`: camt053 or camt054 (else ExtractoIlegible)."""
        if formato not in _MENSAJES:
            msg = f"No se conoce el formato «{formato}». Use camt053 o camt054."
            raise ExtractoIlegible(msg)
        self.formato = formato
        self.identificacion = ""
        self.estados: list[Estado] = []
        self._fuente = _Limitada(fuente)
        self._numero = 0
        self._sin_referencia: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Movimiento]:
        """Yield the movements in the order of the file. Raises ExtractoIlegible, FormatoDistinto."""
        try:
            yield from self._leer()
        except etree.XMLSyntaxError as falla:
            donde = f" cerca de la línea {falla.lineno}" if falla.lineno else ""
            msg = (
                f"El archivo está incompleto o no es XML bien formado{donde}. No se importó nada: "
                "pida al banco otra copia."
            )
            raise ExtractoIlegible(msg) from falla
        if not self.estados:
            msg = "El archivo no trae ningún estado de cuenta. Pida al banco otra copia."
            raise ExtractoIlegible(msg)

    def _leer(self) -> Iterator[Movimiento]:
        cuerpo = _CUERPOS[self.formato]
        eventos = etree.iterparse(
            self._fuente,
            events=("start", "end"),
            tag=["{*}Document", *(f"{{*}}{m}" for m in _MENSAJES.values()), "{*}MsgId", "{*}Ntry",
                 f"{{*}}{cuerpo}"],
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        anterior = None
        nombres: _Nombres | None = None
        for evento, elemento in eventos:
            if nombres is None:
                nombres = self._abrir(elemento)
            tag = elemento.tag
            if tag == nombres.entrada:
                if evento == "end":
                    yield from self._entrada(elemento, nombres)
                    anterior = _soltar(elemento, anterior)
            elif tag == nombres.cuerpo:
                anterior = None
                if evento == "start":
                    self.estados.append(Estado())
                else:
                    _cabecera(elemento, self.estados[-1], nombres)
                    elemento.clear()
            elif evento == "start":
                self._revisar_mensaje(tag, nombres)
            elif tag.endswith("}MsgId") or tag == "MsgId":
                self.identificacion = self.identificacion or (elemento.text or "").strip()[:60]

    def _abrir(self, raiz: etree._Element) -> "_Nombres":
        """Check the root: no DTD, an ISO 20022 Document of a known family."""
        documento = raiz.getroottree().docinfo
        if documento.internalDTD is not None or documento.doctype:
            msg = "El archivo trae una definición de tipo de documento (DTD), que no se admite."
            raise ExtractoIlegible(msg)
        tag = str(raiz.tag)
        espacio = tag.removesuffix("Document")
        if not tag.endswith("Document") or raiz.getparent() is not None:
            raise ExtractoIlegible
        if _ESPACIO.fullmatch(espacio) is None:
            msg = (
                f"El archivo es otro mensaje ({espacio.strip('{}')}). Se leen camt.053 y camt.054."
            )
            raise FormatoDistinto(msg)
        return _Nombres(espacio, self.formato)

    def _revisar_mensaje(self, tag: str, nombres: "_Nombres") -> None:
        local = tag.removeprefix(nombres.espacio)
        if local in _MENSAJES.values() and local != _MENSAJES[self.formato]:
            otro = next(f for f, m in _MENSAJES.items() if m == local)
            msg = (
                f"El archivo es un {otro}, no un {self.formato}. Elija el formato {otro} "
                "e impórtelo de nuevo."
            )
            raise FormatoDistinto(msg)

    def _entrada(self, entrada: etree._Element, nombres: "_Nombres") -> Iterator[Movimiento]:
        """One entry: its movements, and its sum in the controls of the statement."""
        leida = _leer_entrada(entrada, nombres)
        self._sumar(leida)
        linea = entrada.sourceline or 0
        movimientos, cuadra = _repartir(leida)
        rechazo = _rechazo(leida)
        for orden, detalle in enumerate(movimientos, start=1):
            self._numero += 1
            textos = [*detalle.textos, *(() if detalle is leida.propio else leida.propio.textos)]
            if rechazo is MotivoRechazo.IMPORTE_ILEGIBLE:
                textos.insert(0, f"Importe «{leida.importe_texto}»")
            yield Movimiento(
                numero=self._numero,
                linea_archivo=linea,
                referencia=self._referencia(leida, detalle, orden if len(movimientos) > 1 else 0),
                fecha_valor=leida.fecha_valor or leida.fecha_contable,
                fecha_transaccion=detalle.fecha or leida.fecha_contable or leida.fecha_valor,
                centavos=None if rechazo is MotivoRechazo.IMPORTE_ILEGIBLE else detalle.centavos,
                citas=" ".join(detalle.citas),
                otras_referencias=" ".join(detalle.refs.values()),
                texto=" ".join(" ".join(textos).split())[:LARGO_TEXTO],
                ordenante=detalle.ordenante[:140],
                rechazo=rechazo or "",
                detalle_cuadra=cuadra,
            )

    def _sumar(self, leida: "_Entrada") -> None:
        estado = self.estados[-1]
        if leida.estado != "BOOK":
            return
        if leida.centavos is None:
            estado.ilegibles += 1
        elif leida.moneda == DOLAR:
            if leida.indicador == "CRDT":
                estado.creditos += 1
                estado.total_creditos += leida.centavos
            else:
                estado.total_debitos += leida.centavos

    def _referencia(self, leida: "_Entrada", detalle: _Detalle, orden: int) -> str:
        propias = detalle.refs
        de_la_entrada = leida.propio.refs.get("AcctSvcrRef") or leida.propio.refs.get("NtryRef")
        del_detalle = next(
            (propias[c] for c in ("TxId", "UETR", "EndToEndId", "InstrId") if c in propias), ""
        )
        if detalle is not leida.propio and "AcctSvcrRef" in propias:
            return _corta(propias["AcctSvcrRef"])
        if de_la_entrada:
            return _corta(f"{de_la_entrada}/{del_detalle or orden}" if orden else de_la_entrada)
        if del_detalle:
            return _corta(del_detalle)
        return self._por_contenido(leida, detalle)

    def _por_contenido(self, leida: "_Entrada", detalle: _Detalle) -> str:
        contenido = "|".join(
            (str(detalle.centavos), str(leida.fecha_contable), str(leida.fecha_valor),
             str(detalle.fecha), leida.indicador, detalle.ordenante, *detalle.citas, *detalle.textos)
        )  # fmt: skip
        huella = hashlib.sha256(contenido.encode()).hexdigest()[:24]
        self._sin_referencia[huella] += 1
        return f"SR-{huella}-{self._sin_referencia[huella]}"


class _Limitada:
    """A source that refuses to give more than the limit."""

    def __init__(self, fuente: BinaryIO) -> None:
        self._fuente = fuente
        self._leido = 0

    def read(self, tamano: int = -1) -> bytes:
        trozo = self._fuente.read(max(tamano, 1 << 18))
        self._leido += len(trozo)
        if self._leido > LIMITE_BYTES:
            msg = "El archivo pasa de 2 GB. Pida al banco que lo divida."
            raise ExtractoIlegible(msg)
        return trozo


class _Nombres:
    """The tags of one namespace, built once: comparing whole strings is what makes it fast."""

    def __init__(self, espacio: str, formato: str) -> None:
        def n(local: str) -> str:
            return f"{espacio}{local}"

        self.espacio = espacio
        self.entrada = n("Ntry")
        self.cuerpo = n(_CUERPOS[formato])
        self.transaccion = n("TxDtls")
        campos = {
            ("Ntry", "Amt"): "importe", ("Ntry", "CdtDbtInd"): "indicador",
            ("Ntry", "RvslInd"): "reverso", ("Ntry", "Sts"): "estado", ("Sts", "Cd"): "estado",
            ("BookgDt", "Dt"): "contable", ("BookgDt", "DtTm"): "contable",
            ("ValDt", "Dt"): "valor", ("ValDt", "DtTm"): "valor",
            ("TxDtls", "Amt"): "importe_tx", ("TxAmt", "Amt"): "importe_tx",
            ("RltdDts", "TxDtTm"): "transaccion", ("RltdDts", "AccptncDtTm"): "transaccion",
            ("Ntry", "NtryRef"): "ref", ("Ntry", "AcctSvcrRef"): "ref",
            **{("Refs", r): "ref" for r in ("AcctSvcrRef", "TxId", "UETR", "EndToEndId", "InstrId")},
            ("CdtrRefInf", "Ref"): "cita", ("RfrdDocInf", "Nb"): "cita",
            ("RmtInf", "Ustrd"): "texto", ("Strd", "AddtlRmtInf"): "texto",
            ("TxDtls", "AddtlTxInf"): "texto", ("Ntry", "AddtlNtryInf"): "texto",
            ("Dbtr", "Nm"): "ordenante", ("Pty", "Nm"): "ordenante",
        }  # fmt: skip
        self.campos = {(n(p), n(h)): campo for (p, h), campo in campos.items()}
        self.etiquetas = (self.transaccion, *sorted({hijo for _, hijo in self.campos}))
        self.deudor = n("Dbtr")


@dataclass(slots=True)
class _Entrada:
    """What is gathered of one Ntry."""

    propio: _Detalle = field(default_factory=_Detalle)
    detalles: list[_Detalle] = field(default_factory=list)
    importe_texto: str = ""
    centavos: int | None = None
    moneda: str = ""
    indicador: str = ""
    es_reverso: bool = False
    estado: str = "BOOK"
    fecha_contable: date | None = None
    fecha_valor: date | None = None


def _leer_entrada(entrada: etree._Element, nombres: _Nombres) -> _Entrada:
    leida = _Entrada()
    actual = leida.propio
    campos, transaccion = nombres.campos, nombres.transaccion
    for hoja in entrada.iter(*nombres.etiquetas):
        tag = hoja.tag
        if tag == transaccion:
            actual = _Detalle()
            leida.detalles.append(actual)
            continue
        padre = hoja.getparent()
        campo = campos.get((padre.tag, tag)) if padre is not None else None
        texto = (hoja.text or "").strip()
        if campo is None or not texto:
            continue
        if campo == "ref":
            if texto.upper() not in {"NOTPROVIDED", "NONREF"}:
                actual.refs.setdefault(tag.removeprefix(nombres.espacio), texto)
        elif campo == "ordenante":
            if _es_deudor(padre, nombres):
                actual.ordenante = actual.ordenante or texto
        else:
            _anotar(leida, actual, campo, texto, hoja)
    if len(leida.detalles) > LIMITE_TRANSACCIONES:
        msg = (
            "Un movimiento del archivo trae demasiadas transacciones. Pida al banco que lo divida."
        )
        raise ExtractoIlegible(msg)
    return leida


def _anotar(
    leida: _Entrada, actual: _Detalle, campo: str, texto: str, hoja: etree._Element
) -> None:
    """Put one leaf where it belongs."""
    match campo:
        case "importe":
            leida.importe_texto, leida.moneda = texto[:40], hoja.get("Ccy", "")
            leida.centavos = _centavos(texto)
        case "importe_tx":
            if not actual.tiene_importe and hoja.get("Ccy", DOLAR) == leida.moneda:
                actual.tiene_importe, actual.centavos = True, _centavos(texto)
        case "contable":
            leida.fecha_contable = _fecha(texto)
        case "valor":
            leida.fecha_valor = _fecha(texto)
        case "transaccion":
            actual.fecha = actual.fecha or _fecha(texto)
        case "cita":
            actual.citas.append(texto[:140])
        case "texto":
            actual.textos.append(texto[:500])
        case _:
            _anotar_bandera(leida, campo, texto)


def _anotar_bandera(leida: _Entrada, campo: str, texto: str) -> None:
    if campo == "indicador":
        leida.indicador = texto
    elif campo == "reverso":
        leida.es_reverso = texto in {"true", "1"}
    elif campo == "estado":
        leida.estado = texto


def _repartir(leida: _Entrada) -> tuple[list[_Detalle], bool]:
    """The movements of an entry; False when its transactions do not add up to it.

    Then the whole entry is one movement: its money is certain, its parts are not.
    """
    if len(leida.detalles) <= 1:
        unico = leida.detalles[0] if leida.detalles else leida.propio
        unico.centavos = leida.centavos
        return [unico], True
    partes = [d.centavos for d in leida.detalles]
    if leida.centavos is not None and None not in partes:
        total = sum(p for p in partes if p is not None)
        if total == leida.centavos:
            return leida.detalles, True
    leida.propio.centavos = leida.centavos
    return [leida.propio], leida.centavos is None


def _rechazo(leida: _Entrada) -> MotivoRechazo | None:
    revisiones = (
        (leida.centavos is None, MotivoRechazo.IMPORTE_ILEGIBLE),
        (leida.moneda != DOLAR, MotivoRechazo.OTRA_MONEDA),
        (leida.estado != "BOOK", MotivoRechazo.NO_CONTABILIZADA),
        (leida.indicador != "CRDT" and leida.es_reverso, MotivoRechazo.REVERSO),
        (leida.indicador != "CRDT", MotivoRechazo.DEBITO),
        (leida.centavos == 0, MotivoRechazo.IMPORTE_CERO),
        (not (leida.fecha_valor or leida.fecha_contable), MotivoRechazo.SIN_FECHA),
    )
    return next((motivo for falla, motivo in revisiones if falla), None)


def _cabecera(cuerpo: etree._Element, estado: Estado, nombres: _Nombres) -> None:
    """Account, dates, balances and declared totals of a statement."""
    e = nombres.espacio
    cuenta = cuerpo.find(f"{e}Acct")
    if cuenta is not None:
        estado.cuenta = (
            cuenta.findtext(f"{e}Id/{e}IBAN") or cuenta.findtext(f"{e}Id/{e}Othr/{e}Id") or ""
        ).strip()[:40]
        estado.moneda = (cuenta.findtext(f"{e}Ccy") or "").strip()
    estado.desde = _fecha(cuerpo.findtext(f"{e}FrToDt/{e}FrDtTm") or "")
    estado.hasta = _fecha(cuerpo.findtext(f"{e}FrToDt/{e}ToDtTm") or "")
    for saldo in cuerpo.iterfind(f"{e}Bal"):
        _saldo(saldo, estado, e)
    resumen = cuerpo.find(f"{e}TxsSummry/{e}TtlCdtNtries")
    if resumen is not None:
        numero = (resumen.findtext(f"{e}NbOfNtries") or "").strip()
        estado.declara_creditos = int(numero) if numero.isascii() and numero.isdigit() else None
        estado.declara_total = _centavos((resumen.findtext(f"{e}Sum") or "").strip())


def _saldo(saldo: etree._Element, estado: Estado, e: str) -> None:
    codigo = (saldo.findtext(f"{e}Tp/{e}CdOrPrtry/{e}Cd") or "").strip()
    importe = saldo.find(f"{e}Amt")
    if importe is None or codigo not in {"OPBD", "PRCD", "CLBD"}:
        return
    if not estado.moneda:
        estado.moneda = importe.get("Ccy", "")
    if importe.get("Ccy") != DOLAR:
        return
    centavos = _centavos((importe.text or "").strip())
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


def _es_deudor(padre: etree._Element, nombres: _Nombres) -> bool:
    if padre.tag == nombres.deudor:
        return True
    abuelo = padre.getparent()
    return abuelo is not None and abuelo.tag == nombres.deudor


def _centavos(texto: str) -> int | None:
    """Read an ISO amount of dollars as cents; None when it is not one."""
    partes = _IMPORTE.fullmatch(texto)
    if partes is None:
        return None
    return int(partes[1]) * 100 + int((partes[2] or "").ljust(2, "0"))


@lru_cache(maxsize=4096)
def _fecha(texto: str) -> date | None:
    """Read an ISO date, or the local date in Ecuador of an instant with its zone; None if neither."""
    try:
        if "T" not in texto:
            return date.fromisoformat(texto.strip()[:10])
        instante = datetime.fromisoformat(texto.strip())
    except ValueError:
        return None
    return (instante.astimezone(ECUADOR) if instante.tzinfo else instante).date()


def _corta(referencia: str) -> str:
    """Keep a reference whole inside the column; a longer one ends in its own hash."""
    if len(referencia) <= LARGO_REFERENCIA:
        return referencia
    return referencia[:35] + "#" + hashlib.sha256(referencia.encode()).hexdigest()[:24]
