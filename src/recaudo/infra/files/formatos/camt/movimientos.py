"""What an entry of a bank statement becomes: movements, and figures of control of its statement.

An entry is one movement of the account, whole or in parts. Its identity is the bank's: account,
booking date, sign, amount and the reference that the bank assigned (AcctSvcrRef of the entry, or of
its only part); what the payer wrote, the value date and the place in the file are never part of it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Final, NamedTuple

from recaudo.infra.files.formatos.camt.cabecera import ExtractoLeido
from recaudo.infra.files.formatos.camt.entrada import (
    IMPORTES,
    LARGO_CITA,
    LARGO_LIBRE,
    Entrada,
    FormaDetalle,
    FormaEntrada,
    Ordinaria,
)
from recaudo.infra.files.formatos.camt.valores import (
    DOLAR,
    centavos_de,
    corta,
    fechas_de,
    hay_referencia,
    transaccion_de,
)

LARGO_TEXTO: Final = 300
LARGO_ORDENANTE: Final = 140
_LARGO_CONTEO: Final = 9  # digits: no entry has more transactions than that
#: ISO codes of a booking that takes back another, and words of a bank's own codes.
_CODIGOS_DE_REVERSO: Final = frozenset({"RPCR", "RRTN", "PRDD", "UPDD", "UPCQ", "UPCT"})
_SI: Final = frozenset({"true", "1", "TRUE", "True"})
_PALABRAS_DE_REVERSO: Final = re.compile(r"(?<![A-Z])(?:REV(?!IS)|EXTORN|DEV(?:OL|(?![A-Z]))|ANUL)")


class MotivoRechazo(StrEnum):
    """Why one movement is not booked money: it does not enter."""

    IMPORTE_ILEGIBLE = "IMPORTE_ILEGIBLE"
    IMPORTE_CERO = "IMPORTE_CERO"
    OTRA_MONEDA = "OTRA_MONEDA"
    NO_CONTABILIZADA = "NO_CONTABILIZADA"
    SIN_SIGNO = "SIN_SIGNO"
    SIN_FECHA = "SIN_FECHA"


class MotivoDeEspera(StrEnum):
    """Why money that is booked waits for a person, or for another message of the bank."""

    FECHA_INVEROSIMIL = "FECHA_INVEROSIMIL"
    DETALLE_NO_CUADRA = "DETALLE_NO_CUADRA"
    POR_DETALLAR = "POR_DETALLAR"
    CREDITO_POR_REVERSO = "CREDITO_POR_REVERSO"


class Movimiento(NamedTuple):
    """An entry of the account, or a part of one. Money in cents; local dates of Ecuador.

    `parte`: 0 the whole entry, or 1, 2… its parts. `entrada`: the amount of the entry, below zero
    in a debit. `centavos`: what the payer is credited with (or is taken back); `comision`: of it,
    what the bank kept. `transacciones`: how many the entry says it holds; 0 when only one.
    """

    numero: int
    linea_archivo: int
    parte: int
    referencia: str
    fecha_contable: date | None
    fecha_valor: date | None
    fecha_transaccion: date | None
    entrada: int | None
    centavos: int | None
    comision: int
    citas: str
    otras_referencias: str
    texto: str
    ordenante: str
    rechazo: str
    motivo: str
    es_reverso: bool
    transacciones: int


#: The constructor of a NamedTuple costs as much as all that goes into it.
_movimiento: Final = partial(tuple.__new__, Movimiento)


class Parte(NamedTuple):
    """A part of an entry: where its texts lie, what it is worth, what the bank kept of it."""

    forma: FormaDetalle
    centavos: int | None
    comision: int


class Movimientos:
    """Makes the movements of the entries of one file, in order, and numbers them from 1."""

    def __init__(self, *, dias_de_margen: int) -> None:
        """Begin at number 1. `dias_de_margen`: how far from its booking a date may be."""
        self.numero = 0
        self._margen = dias_de_margen
        self._comunes: tuple[str, ...] = ()
        self._fechas: tuple[date, date | None, date | None] | None = None

    def de_las_entradas(
        self, forma: FormaEntrada, textos: Iterable[Sequence[str]], lineas: Iterable[int],
        leido: ExtractoLeido,
    ) -> list[Movimiento]:  # fmt: skip
        """Return the movements of entries in a row, of one shape, and add them to the controls."""
        ordinaria, tope = forma.ordinaria, leido.fecha
        hechos: list[Movimiento] = []
        cobros = cobrado = 0
        self._comunes = ()  # the statement may be another
        for suyos, linea in zip(textos, lineas, strict=True):
            hecho = self._cobro(suyos, ordinaria, linea, tope) if ordinaria else None
            if hecho:
                hechos.append(hecho)
                cobros += 1
                cobrado += hecho.centavos or 0
            else:
                hechos += self._cualquiera(Entrada(suyos, forma), linea, leido)
        leido.creditos += cobros
        leido.total_creditos += cobrado
        leido.lineas += cobros
        return hechos

    def _cobro(
        self, textos: Sequence[str], de: Ordinaria, linea: int, tope: date | None
    ) -> Movimiento | None:
        """Return the movement of an ordinary entry that is a booked credit; None if it is not one.

        The short way of `_cualquiera`, which says the same of it, but for the controls of the
        statement: the caller adds them once for a run.
        """
        centavos = centavos_de(textos[de.importe].strip())
        comunes = de.comunes(textos)
        if comunes != self._comunes:
            self._comunes = comunes
            self._fechas = _fechas_de_cobro(comunes, tope, self._margen)
        fechas = self._fechas
        if (
            not centavos or fechas is None
            or (de.estado >= 0 and textos[de.estado] != "BOOK")
        ):  # fmt: skip
            return None
        referencia = ""
        for lugar in de.referencias:
            texto = textos[lugar].strip()
            if hay_referencia(texto):
                referencia = corta(texto)
                break
        self.numero += 1
        hecho: Movimiento = _movimiento((
            self.numero, linea, 0, referencia, *fechas, centavos, centavos, 0,
            " ".join([t for i in de.citas if (t := textos[i].strip()[:LARGO_CITA])])
            if de.citas else "",
            textos[de.otras[0]] if len(de.otras) == 1 else " ".join([textos[i] for i in de.otras]),
            _una_linea(textos[de.libres[0]].strip()) if len(de.libres) == 1
            else _en_una_linea([textos[i].strip()[:LARGO_LIBRE] for i in de.libres]),
            textos[de.ordenante].strip()[:LARGO_ORDENANTE], "", "", False, 0,
        ))  # fmt: skip
        return hecho

    def _cualquiera(self, leida: Entrada, linea: int, leido: ExtractoLeido) -> list[Movimiento]:
        """Return the movements of any entry."""
        propio = leida.propio
        importe, indicador = propio("importe"), propio("indicador")
        centavos = centavos_de(importe)
        contable, valor, dudosa = fechas_de(
            propio("contable"), propio("valor"), leido.fecha, self._margen
        )
        rechazo = _rechazo(leida, centavos, indicador, contable)
        _sumar(rechazo, centavos, indicador, leido)
        partes, motivo = _repartir(leida, centavos, indicador)
        es_reverso = _es_reverso(leida)
        if rechazo:
            motivo = ""
        elif indicador == "CRDT" and es_reverso:
            motivo = MotivoDeEspera.CREDITO_POR_REVERSO
        elif dudosa:
            motivo = MotivoDeEspera.FECHA_INVEROSIMIL
        entrada = -centavos if centavos and indicador != "CRDT" else centavos
        referencia, transacciones = _referencia(leida), _transacciones(leida)
        varias = len(partes) > 1
        hechos = []
        for orden, parte in enumerate(partes, start=1):
            self.numero += 1
            transaccion, mala = transaccion_de(
                leida.primero(parte.forma["transaccion"]), contable, self._margen
            )
            espera = motivo or (MotivoDeEspera.FECHA_INVEROSIMIL if mala and not rechazo else "")
            hechos.append(
                Movimiento(
                    self.numero, linea, orden if varias else 0, referencia, contable, valor,
                    transaccion, entrada, parte.centavos, parte.comision,
                    " ".join(leida.llenos(parte.forma["cita"], LARGO_CITA)),
                    " ".join(leida.textos[i] for i in parte.forma["ref"] + parte.forma["otra_ref"]),
                    _texto(leida, parte.forma, importe if centavos is None else ""),
                    leida.primero(parte.forma["ordenante"])[:LARGO_ORDENANTE],
                    rechazo, espera, es_reverso, transacciones,
                )
            )  # fmt: skip
        leido.lineas += len(hechos)
        return hechos


@lru_cache(maxsize=4096)
def _fechas_de_cobro(
    escritos: tuple[str, ...], tope: date | None, margen: int
) -> tuple[date, date | None, date | None] | None:
    """Return the dates of a credit, booked, of value and of its transaction; None if it is rare.

    `escritos`: what `Ordinaria.comunes` gives. The entries of a file say few different things here.
    """
    indicador, reverso, codigo, *fechas = escritos
    escrita, escrita_valor, escrita_transaccion = (f.strip() for f in fechas)
    contable, valor, dudosa = fechas_de(escrita, escrita_valor, tope, margen)
    transaccion, mala = transaccion_de(escrita_transaccion, contable, margen)
    if (
        contable is None or dudosa or mala or indicador != "CRDT" or reverso.strip() in _SI
        or _codigo_de_reverso(codigo)
    ):  # fmt: skip
        return None
    return contable, valor, transaccion


def _sumar(rechazo: str, centavos: int | None, indicador: str, leido: ExtractoLeido) -> None:
    """Add one entry to the controls of its statement."""
    if rechazo == MotivoRechazo.NO_CONTABILIZADA:
        leido.pendientes += 1
    elif rechazo == MotivoRechazo.OTRA_MONEDA:
        pass
    elif centavos is None or rechazo == MotivoRechazo.SIN_SIGNO:
        leido.ilegibles += 1
    elif indicador == "CRDT":
        leido.creditos += 1
        leido.total_creditos += centavos
    else:
        leido.debitos += 1
        leido.total_debitos += centavos


def _rechazo(leida: Entrada, centavos: int | None, indicador: str, contable: date | None) -> str:
    moneda = leida.forma.moneda
    estados = leida.forma.propio["estado"]
    contabilizada = not estados or leida.primero(estados[-1:]) == "BOOK"
    if centavos and contabilizada and moneda == DOLAR and indicador in {"CRDT", "DBIT"}:
        return "" if contable is not None else MotivoRechazo.SIN_FECHA
    revisiones = (
        (not contabilizada, MotivoRechazo.NO_CONTABILIZADA),
        (centavos is None, MotivoRechazo.IMPORTE_ILEGIBLE),
        (moneda != DOLAR, MotivoRechazo.OTRA_MONEDA),
        (indicador not in {"CRDT", "DBIT"}, MotivoRechazo.SIN_SIGNO),
    )
    return next((motivo for falla, motivo in revisiones if falla), MotivoRechazo.IMPORTE_CERO)


def _es_reverso(leida: Entrada) -> bool:
    """Tell whether the bank takes something back: its mark, its code or a return."""
    forma = leida.forma
    return (
        leida.propio("reverso") in _SI
        or forma.propio.es_devolucion
        or any(d.es_devolucion for d in forma.detalles)
        or _codigo_de_reverso(leida.propio("codigo"))
    )


@lru_cache(maxsize=1024)
def _codigo_de_reverso(codigo: str) -> bool:
    """Tell whether a code, of ISO or of the bank, is that of taking back a booking."""
    codigo = codigo.strip().upper()
    return codigo in _CODIGOS_DE_REVERSO or bool(_PALABRAS_DE_REVERSO.search(codigo))


def _repartir(leida: Entrada, centavos: int | None, indicador: str) -> tuple[list[Parte], str]:
    """Return the parts of an entry; only one, and why, when its transactions do not add up to it.

    Then the whole entry is one movement: its money is certain, its parts are not.
    """
    forma = leida.forma
    if len(forma.detalles) <= 1:
        unico = forma.detalles[0] if forma.detalles else forma.propio
        if centavos is None:
            return [Parte(unico, centavos, 0)], ""
        comision = _comision(leida, unico, centavos) if indicador == "CRDT" else 0
        falta = leida.propio("transacciones").lstrip("0") not in {"", "1"} and indicador == "CRDT"
        motivo = MotivoDeEspera.POR_DETALLAR if falta else ""
        return [Parte(unico, centavos + comision, comision)], motivo
    if centavos is not None:
        if partes := _partes(leida, centavos, indicador):
            return partes, ""
        return [Parte(forma.propio, centavos, 0)], MotivoDeEspera.DETALLE_NO_CUADRA
    return [Parte(forma.propio, None, 0)], ""


def _transacciones(leida: Entrada) -> int:
    """Return how many transactions the entry holds, or says it does; 0 when it says only one."""
    if len(leida.forma.detalles) > 1:
        return len(leida.forma.detalles)
    dicho = leida.propio("transacciones").lstrip("0")
    es_conteo = dicho.isascii() and dicho.isdigit() and len(dicho) <= _LARGO_CONTEO
    return int(dicho) if es_conteo and dicho != "1" else 0


def _comision(leida: Entrada, unico: FormaDetalle, centavos: int) -> int:
    """Return what the bank kept of an entry with one transaction, in cents."""
    propio = leida.forma.propio
    propia, incluida_propia = leida.cargos(propio) if unico is not propio else (0, False)
    suya, incluida_suya = leida.cargos(unico)
    comision, incluida = propia + suya, incluida_propia or incluida_suya
    brutos = {leida.importe(unico, clase) for clase in IMPORTES}
    return comision if comision and (centavos + comision in brutos or incluida) else 0


def _partes(leida: Entrada, centavos: int, indicador: str) -> list[Parte]:
    """Return the parts that add up to the entry, or to it and to what the bank kept of it."""
    detalles = leida.forma.detalles
    for detalle in detalles:
        if leida.primero(detalle["indicador_tx"]) not in {"", indicador}:
            return []
    cargos = [leida.cargos(detalle) for detalle in detalles]
    propia, propia_incluida = leida.cargos(leida.forma.propio)
    comisiones = [comision for comision, _ in cargos]
    todas = sum(comisiones) + propia
    incluidas = propia_incluida or any(incluida for _, incluida in cargos)
    for importes in _importes(leida, detalles):
        total = sum(importes)
        if total == centavos and not (todas and incluidas):
            return [Parte(d, i, 0) for d, i in zip(detalles, importes, strict=True)]
        if todas and indicador == "CRDT" and total - todas in {centavos, centavos - todas}:
            return _con_comisiones(detalles, importes, comisiones, propia, total - todas - centavos)
    return []


def _con_comisiones(
    detalles: list[FormaDetalle], importes: list[int], comisiones: list[int], propia: int,
    netas: int,
) -> list[Parte]:  # fmt: skip
    """Return the gross parts; `netas` below zero: the amounts came without what the bank kept."""
    suyas = list(comisiones)
    suyas[importes.index(max(importes))] += propia
    brutos = [i + c for i, c in zip(importes, suyas, strict=True)] if netas < 0 else importes
    if any(c >= b for b, c in zip(brutos, suyas, strict=True)):
        return []
    return [Parte(*uno) for uno in zip(detalles, brutos, suyas, strict=True)]


def _importes(leida: Entrada, detalles: list[FormaDetalle]) -> list[list[int]]:
    """Return what the parts are worth by each kind of amount that all of them have."""
    por_clase = [[leida.importe(d, clase) for d in detalles] for clase in IMPORTES]
    mezcla = [next((i for i in uno if i), None) for uno in zip(*por_clase, strict=True)]
    return [
        [i for i in importes if i is not None] for importes in (*por_clase, mezcla) if all(importes)
    ]


def _referencia(leida: Entrada) -> str:
    """Return what the bank itself calls the entry; nothing when it does not."""
    forma = leida.forma
    for texto in leida.llenos(forma.propio["ref"], LARGO_LIBRE):
        if hay_referencia(texto):
            return corta(texto)
    suyas = {
        texto
        for detalle in forma.detalles
        for texto in leida.llenos(detalle["ref"], LARGO_LIBRE)
        if hay_referencia(texto)
    }
    return corta(suyas.pop()) if len(suyas) == 1 else ""


def _texto(leida: Entrada, forma: FormaDetalle, ilegible: str) -> str:
    """Everything free a movement says, on one line; first of all, an amount nobody could read."""
    textos = leida.llenos(forma["texto"], LARGO_LIBRE)
    propio = leida.forma.propio
    if forma is not propio and "texto" in propio.campos:
        textos += leida.llenos(propio["texto"], LARGO_LIBRE)
    if ilegible:
        textos = [f"Importe «{ilegible[:40]}»", *textos]
    return _en_una_linea(textos)


def _una_linea(texto: str) -> str:
    """Put one text without blanks at its ends on one line; nearly every one is so already."""
    if len(texto) <= LARGO_TEXTO and texto.isprintable() and "  " not in texto:
        return texto
    return _en_una_linea([texto[:LARGO_LIBRE]])


def _en_una_linea(textos: list[str]) -> str:
    return " ".join(" ".join(textos).split())[:LARGO_TEXTO] if textos else ""
