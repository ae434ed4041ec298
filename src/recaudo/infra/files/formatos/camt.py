"""ISO 20022 bank statements (camt.053) and credit notices (camt.054), read as a stream.

Versions 02 to 08, with or without namespace. No entity, DTD or network is followed; each entry is
dropped once read, so memory does not grow with the file. One movement for each transaction
(TxDtls) of each entry (Ntry); what cannot be read comes out too, with a coded reason.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple, cast

from lxml import etree

from recaudo.infra.files.formatos.camt_corridas import EntradaEnLinea, FuenteAligerada
from recaudo.infra.files.formatos.camt_entrada import (
    DOLAR,
    DemasiadasTransacciones,
    Detalle,
    Entrada,
    LectorDeEntradas,
    centavos_de,
    fecha_de,
)
from recaudo.kernel.refusals import Rechazo

LIMITE_BYTES: Final = 2 * 1024**3
LARGO_REFERENCIA: Final = 60
LARGO_TEXTO: Final = 300
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
        self._numero = 0
        self._sin_referencia: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Movimiento]:
        """Yield the movements in file order. Raises ExtractoIlegible, FormatoDistinto."""
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

    def _leer(self) -> Iterator[Movimiento]:
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
                yield from self._de_las_entradas(self._fuente.entradas(elemento, entradas))
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

    def _de_las_entradas(self, entradas: Iterable[EntradaEnLinea]) -> Iterator[Movimiento]:
        for leida, linea in entradas:
            yield from self._movimientos(leida, linea)

    def _movimientos(self, leida: Entrada, linea: int) -> list[Movimiento]:
        """Return the movements of one entry, and add it to the controls of its statement."""
        self._sumar(leida)
        detalles, cuadra = _repartir(leida)
        rechazo = _rechazo(leida)
        fecha = leida.fecha_contable or leida.fecha_valor
        primero = self._numero
        self._numero += len(detalles)
        varios = len(detalles) > 1
        return [
            Movimiento(
                primero + orden,
                linea,
                self._referencia(leida, detalle, orden if varios else 0),
                leida.fecha_valor or leida.fecha_contable,
                detalle.fecha or fecha,
                None if rechazo is MotivoRechazo.IMPORTE_ILEGIBLE else detalle.centavos,
                " ".join(detalle.citas),
                " ".join(detalle.refs.values()),
                _texto(leida, detalle, rechazo),
                detalle.ordenante[:140],
                rechazo or "",
                cuadra,
            )
            for orden, detalle in enumerate(detalles, start=1)
        ]

    def _sumar(self, leida: Entrada) -> None:
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

    def _referencia(self, leida: Entrada, detalle: Detalle, orden: int) -> str:
        propias = detalle.refs
        de_la_entrada = leida.propio.refs.get("AcctSvcrRef") or leida.propio.refs.get("NtryRef")
        if detalle is not leida.propio and "AcctSvcrRef" in propias:
            return _corta(propias["AcctSvcrRef"])
        if de_la_entrada and not orden:
            return _corta(de_la_entrada)
        del_detalle = next(
            (propias[c] for c in ("TxId", "UETR", "EndToEndId", "InstrId") if c in propias), ""
        )
        if de_la_entrada:
            return _corta(f"{de_la_entrada}/{del_detalle or orden}")
        if del_detalle:
            return _corta(del_detalle)
        return self._por_contenido(leida, detalle)

    def _por_contenido(self, leida: Entrada, detalle: Detalle) -> str:
        contenido = (
            detalle.centavos, leida.fecha_contable, leida.fecha_valor, detalle.fecha,
            leida.indicador, detalle.ordenante, *detalle.citas, *detalle.textos,
        )  # fmt: skip
        huella = hashlib.sha256("|".join(map(str, contenido)).encode()).hexdigest()[:24]
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


def _texto(leida: Entrada, detalle: Detalle, rechazo: MotivoRechazo | None) -> str:
    """Everything free a movement says, on one line; first of all, an amount nobody could read."""
    textos = detalle.textos
    if leida.propio.textos and detalle is not leida.propio:
        textos = textos + leida.propio.textos
    if rechazo is MotivoRechazo.IMPORTE_ILEGIBLE:
        textos = [f"Importe «{leida.importe_texto}»", *textos]
    return " ".join(" ".join(textos).split())[:LARGO_TEXTO] if textos else ""


def _repartir(leida: Entrada) -> tuple[list[Detalle], bool]:
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


def _rechazo(leida: Entrada) -> MotivoRechazo | None:
    if (
        leida.centavos and leida.moneda == DOLAR and leida.estado == "BOOK"
        and leida.indicador == "CRDT" and (leida.fecha_valor or leida.fecha_contable)
    ):  # fmt: skip
        return None
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


def _corta(referencia: str) -> str:
    """Keep a reference whole inside the column; a longer one ends in its own hash."""
    if len(referencia) <= LARGO_REFERENCIA:
        return referencia
    return referencia[:35] + "#" + hashlib.sha256(referencia.encode()).hexdigest()[:24]
