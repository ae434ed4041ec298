"""Entries with thousands of transactions: what each says is kept, and its tree is forgotten.

A bank may book in one entry all that it was paid in a day. As a tree each transaction costs 18 KB;
what of it means something, one. So from the thousandth on, each is read as soon as the next one
ends, and taken out; at the end of the entry they are put back in their places. The last one stays:
what comes after it belongs to it.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from recaudo.infra.files.formatos.camt.entrada import (
    LIMITE_TRANSACCIONES,
    DemasiadasTransacciones,
    Entrada,
    FormaDetalle,
    FormaEntrada,
    LectorDeEntradas,
)
from recaudo.infra.files.formatos.camt.memoria import LIMITE_BYTES, MovimientoDemasiadoGrande

#: Transactions of an entry that are read with it.
EN_EL_ARBOL: Final = 1_000


class LectorDeLotes:
    """Reads entries of any number of transactions, within `LIMITE_TRANSACCIONES`."""

    def __init__(self, lector: LectorDeEntradas, espacio: str) -> None:
        """`lector` reads what is in the tree; `espacio`: the namespace in braces, or nothing."""
        self._lector = lector
        self._entrada, self._importe = f"{espacio}Ntry", f"{espacio}Amt"
        self._vistas = self._letras = 0
        self._apartadas: list[tuple[int, FormaDetalle, list[str]]] = []

    def leer(self, elemento: etree._Element) -> Entrada:
        """Return what an entry says, with what was taken out of it. DemasiadasTransacciones."""
        apartadas, self._apartadas = self._apartadas, []
        self._vistas = self._letras = 0
        leida = self._lector.leer(elemento)
        return _reunidas(leida, apartadas) if apartadas else leida

    def apartar(self, detalle: etree._Element) -> None:
        """Be told of a transaction that ends: the one before it may be taken out.

        Raises DemasiadasTransacciones, MovimientoDemasiadoGrande.
        """
        self._vistas += 1
        if self._vistas <= EN_EL_ARBOL:
            return
        cuerpo, anterior = detalle.getparent(), detalle.getprevious()
        entrada = None if cuerpo is None else cuerpo.getparent()
        if cuerpo is None or entrada is None or entrada.tag != self._entrada:
            return
        if anterior is None or anterior.tag != detalle.tag:
            return
        leida = self._lector.leer(anterior, moneda=self._moneda(entrada))
        if len(leida.forma.detalles) == 1:
            self._guardar(leida)
            cuerpo.remove(anterior)

    def _guardar(self, leida: Entrada) -> None:
        lugares = sorted(set(lugares_de(leida.forma.detalles[0])))
        textos = [leida.textos[lugar] for lugar in lugares]
        orden = {lugar: n for n, lugar in enumerate(lugares)}
        antes = self._vistas - 2 - len(self._apartadas)
        self._apartadas.append((antes, renumerado(leida.forma.detalles[0], orden), textos))
        self._letras += sum(map(len, textos))
        if self._vistas > LIMITE_TRANSACCIONES:
            raise DemasiadasTransacciones
        if self._letras > LIMITE_BYTES:
            raise MovimientoDemasiadoGrande

    def _moneda(self, entrada: etree._Element) -> str:
        importe = entrada.find(self._importe)
        return "" if importe is None else importe.get("Ccy", "")


def _reunidas(leida: Entrada, apartadas: list[tuple[int, FormaDetalle, list[str]]]) -> Entrada:
    """Put back what was taken out of an entry, each after as many as were before it."""
    quedan, detalles, textos = leida.forma.detalles, list[FormaDetalle](), list(leida.textos)
    puestas = 0
    for antes, suya, suyos in apartadas:
        detalles += quedan[puestas:antes]
        puestas = max(puestas, antes)
        orden = range(len(textos), len(textos) + len(suyos))
        detalles.append(renumerado(suya, orden))
        textos += suyos
    detalles += quedan[puestas:]
    return Entrada(textos, FormaEntrada(leida.forma.moneda, leida.forma.propio, detalles))


def lugares_de(detalle: FormaDetalle) -> Iterator[int]:
    """Yield where each text of a part lies."""
    for lugares in detalle.campos.values():
        yield from lugares
    for cargo in detalle.cargos:
        yield from (cargo.importe, *cargo.signo, *cargo.incluido)


def renumerado(detalle: FormaDetalle, orden: "dict[int, int] | range") -> FormaDetalle:
    """Return the same part over other texts: `orden[place]` is where each lies now."""

    def de(lugares: list[int]) -> list[int]:
        return [orden[lugar] for lugar in lugares]

    return FormaDetalle(
        {campo: de(lugares) for campo, lugares in detalle.campos.items()},
        [
            c._replace(importe=orden[c.importe], signo=de(c.signo), incluido=de(c.incluido))
            for c in detalle.cargos
        ],
        detalle.es_devolucion,
    )
