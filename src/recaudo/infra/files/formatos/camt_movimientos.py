"""What an entry of a bank statement becomes: movements, and figures of control of its statement."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from recaudo.infra.files.formatos.camt_entrada import DOLAR, Detalle, Entrada

LARGO_REFERENCIA: Final = 60
LARGO_TEXTO: Final = 300
LARGO_ORDENANTE: Final = 140
#: Which reference names a transaction, when its entry has none.
DEL_DETALLE: Final = ("TxId", "UETR", "EndToEndId", "InstrId")


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


class Movimientos:
    """Makes the movements of the entries of one file, in order, and numbers them from 1."""

    def __init__(self) -> None:
        """Begin at number 1."""
        self.numero = 0
        self._sin_referencia: Counter[str] = Counter()

    def de_la_entrada(self, leida: Entrada, linea: int, estado: Estado) -> list[Movimiento]:
        """Return the movements of one entry, and add it to the controls of its statement."""
        _sumar(leida, estado)
        detalles, cuadra = _repartir(leida)
        rechazo = _rechazo(leida)
        fecha = leida.fecha_contable or leida.fecha_valor
        primero = self.numero
        self.numero += len(detalles)
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
                detalle.ordenante[:LARGO_ORDENANTE],
                rechazo or "",
                cuadra,
            )
            for orden, detalle in enumerate(detalles, start=1)
        ]

    def _referencia(self, leida: Entrada, detalle: Detalle, orden: int) -> str:
        propias = detalle.refs
        de_la_entrada = leida.propio.refs.get("AcctSvcrRef") or leida.propio.refs.get("NtryRef")
        if detalle is not leida.propio and "AcctSvcrRef" in propias:
            return corta(propias["AcctSvcrRef"])
        if de_la_entrada and not orden:
            return corta(de_la_entrada)
        del_detalle = next((propias[c] for c in DEL_DETALLE if c in propias), "")
        if de_la_entrada:
            return corta(f"{de_la_entrada}/{del_detalle or orden}")
        if del_detalle:
            return corta(del_detalle)
        return self._por_contenido(leida, detalle)

    def _por_contenido(self, leida: Entrada, detalle: Detalle) -> str:
        contenido = (
            detalle.centavos, leida.fecha_contable, leida.fecha_valor, detalle.fecha,
            leida.indicador, detalle.ordenante, *detalle.citas, *detalle.textos,
        )  # fmt: skip
        huella = hashlib.sha256("|".join(map(str, contenido)).encode()).hexdigest()[:24]
        self._sin_referencia[huella] += 1
        return f"SR-{huella}-{self._sin_referencia[huella]}"


def _sumar(leida: Entrada, estado: Estado) -> None:
    """Add one entry to the controls of its statement."""
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


def corta(referencia: str) -> str:
    """Keep a reference whole inside the column; a longer one ends in its own hash."""
    if len(referencia) <= LARGO_REFERENCIA:
        return referencia
    return referencia[:35] + "#" + hashlib.sha256(referencia.encode()).hexdigest()[:24]
