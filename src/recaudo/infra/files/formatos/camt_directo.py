"""The short way from the texts of ordinary entries to their movements: by columns.

Ordinary: at most one transaction, a readable amount of dollars above zero, credited, booked, with
every date its tags promise, and some reference. Such an entry is one movement and is not refused,
so nothing is built of each: what a column may hold is asked of the whole column. Where some entry
is not ordinary, the two halves are tried apart; the last few go by `entrada_de` and `Movimientos`,
which decide everything. On an ordinary entry both ways say the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import count, repeat
from typing import Final, NamedTuple

from recaudo.infra.files.formatos.camt_entrada import (
    DOLAR,
    LARGO_CITA,
    LARGO_LIBRE,
    SIN_VALOR,
    FormaDetalle,
    FormaEntrada,
    centavos_de,
    entrada_de,
    fecha_de,
)
from recaudo.infra.files.formatos.camt_movimientos import (
    DEL_DETALLE,
    LARGO_ORDENANTE,
    LARGO_TEXTO,
    Estado,
    Movimiento,
    Movimientos,
    corta,
)

Textos = tuple[str, ...]
_POCAS: Final = 8  # entries that are not worth halving
#: A movement from its columns; the constructor of a NamedTuple costs as much as all of them.
_movimiento: Final = partial(tuple.__new__, Movimiento)


class LecturaDirecta:
    """Where the columns of ordinary entries lie, for one shape (see `lectura_directa`)."""

    def __init__(self, forma: FormaEntrada, vacio: int) -> None:
        """`vacio`: the place of a text that is always empty, for what these tags do not say."""
        propio = forma.propio
        detalle = forma.detalles[0] if forma.detalles else propio
        fechas = [*forma.valor, *forma.contable]

        def de(lugares: list[int]) -> int:
            return lugares[-1] if lugares else vacio

        self._importe = de(forma.importe)
        self._indicador = de(forma.indicador)
        self._antes_del_estado = de(forma.estado[:-1])
        self._estado = de(forma.estado)
        self._valor, self._contable = fechas[0], fechas[-1]
        self._transaccion = detalle.lugares("transaccion")
        self._ordenante = de(detalle.lugares("ordenante"))
        self._preferidas = _preferidas(propio, detalle)
        self._refs = [lugar for _, lugar in detalle.refs]
        self._citas = detalle.lugares("cita")
        libres = detalle.lugares("texto")
        self._libres = libres if detalle is propio else libres + propio.lugares("texto")

    def leer(
        self, textos: Sequence[Textos], lineas: Sequence[int], primero: int
    ) -> list[Movimiento] | None:
        """Return the movements of these entries, numbered from `primero`; None: not all ordinary.

        `lineas`: the line of the file where each begins.
        """
        columnas = list(zip(*textos, strict=True))
        if (
            {*columnas[self._indicador]} != {"CRDT"}
            or not {*columnas[self._estado]} <= {"BOOK", ""}
            or any(map(str.strip, {*columnas[self._antes_del_estado]}))
        ):
            return None
        centavos = list(map(centavos_de, columnas[self._importe]))
        valores = list(map(fecha_de, columnas[self._valor]))
        contables = list(map(fecha_de, columnas[self._contable]))
        referencias = self._referencias(columnas)
        if not (all(centavos) and all(valores) and all(contables) and all(referencias)):
            return None
        filas = zip(
            count(primero), lineas, referencias, valores, self._fechas(columnas, contables),
            centavos, _juntas([_cortos(columnas[i], LARGO_CITA) for i in self._citas]),
            _juntas([_sin_nada(columnas[i]) for i in self._refs]), self._textos(columnas),
            _cortos(columnas[self._ordenante], LARGO_ORDENANTE), repeat(""), repeat(object=True),
            strict=False,
        )  # fmt: skip
        return list(map(_movimiento, filas))

    def _referencias(self, columnas: Sequence[Textos]) -> list[str]:
        """Return the first reference of each entry; empty when only its content can make one."""
        referencias = [""] * len(columnas[0])
        for lugar in self._preferidas:
            otras = _sin_nada(columnas[lugar])
            referencias = [una or otra for una, otra in zip(referencias, otras, strict=True)]
            if all(referencias):
                break
        return list(map(corta, referencias))

    def _fechas(
        self, columnas: Sequence[Textos], si_no: Sequence[date | None]
    ) -> Sequence[date | None]:
        """Return the dates of the transactions; where there is none, those of the entries."""
        if not self._transaccion:
            return si_no
        fechas = map(fecha_de, map(str.strip, columnas[self._transaccion[0]]))
        return [fecha or otra for fecha, otra in zip(fechas, si_no, strict=True)]

    def _textos(self, columnas: Sequence[Textos]) -> Iterable[str]:
        """Return everything free that each entry says, on one line."""
        libres = _juntas([_cortos(columnas[i], LARGO_LIBRE) for i in self._libres])
        return (" ".join(texto.split())[:LARGO_TEXTO] for texto in libres)


def _cortos(columna: Textos, largo: int) -> list[str]:
    return [texto.strip()[:largo] for texto in columna]


def _sin_nada(columna: Textos) -> list[str]:
    """Return references; an empty one for a text that says there is none."""
    return [t if t.upper() not in SIN_VALOR else "" for t in map(str.strip, columna)]


def _juntas(columnas: Sequence[Sequence[str]]) -> Iterable[str]:
    """Return, for each entry, its texts that say something, with a space between."""
    if len(columnas) > 1:
        return (" ".join(filter(None, textos)) for textos in zip(*columnas, strict=True))
    return columnas[0] if columnas else repeat("")


def lectura_directa(forma: FormaEntrada, vacio: int) -> LecturaDirecta | None:
    """Return how to read ordinary entries of this shape; None when no entry of it is ordinary.

    `vacio`: the place of a text that is always empty.
    """
    detalle = forma.detalles[0] if forma.detalles else forma.propio
    unicos = (
        forma.importe, forma.indicador, forma.estado[1:], forma.valor, forma.contable,
        detalle.lugares("transaccion"), detalle.lugares("ordenante"),
    )  # fmt: skip
    nombres = [[nombre for nombre, _ in una.refs] for una in (forma.propio, detalle)]
    if (
        forma.moneda != DOLAR
        or len(forma.detalles) > 1
        or max(map(len, unicos)) > 1
        or not (forma.valor or forma.contable)
        or any(len(set(una)) < len(una) for una in nombres)
    ):
        return None
    return LecturaDirecta(forma, vacio)


def _preferidas(propio: FormaDetalle, detalle: FormaDetalle) -> list[int]:
    """Return the places of the references that may name a movement, the first first."""
    de_la_entrada, suyas = dict(propio.refs), dict(detalle.refs)
    orden = (
        suyas.get("AcctSvcrRef"),
        de_la_entrada.get("AcctSvcrRef"),
        de_la_entrada.get("NtryRef"),
        *map(suyas.get, DEL_DETALLE),
    )
    return [lugar for lugar in orden if lugar is not None]


class Plantilla(NamedTuple):
    """Entries with the same tags: a pattern for their texts, and what those texts are."""

    patron: re.Pattern[str]
    forma: FormaEntrada
    directa: LecturaDirecta | None


class Tramo(NamedTuple):
    """Entries in a row of one template: the texts of each, and the line where it begins."""

    plantilla: Plantilla
    textos: list[Textos]
    lineas: list[int]


def del_tramo(tramo: Tramo, movimientos: Movimientos, estado: Estado) -> Iterator[list[Movimiento]]:
    """Yield the movements of entries in a row, added to the controls of their statement."""
    directa, textos, lineas = tramo.plantilla.directa, tramo.textos, tramo.lineas
    if directa and (hechos := directa.leer(textos, lineas, movimientos.numero + 1)):
        movimientos.numero += len(hechos)
        estado.creditos += len(hechos)
        estado.total_creditos += sum(m.centavos or 0 for m in hechos)
        yield hechos
    elif directa and len(textos) > _POCAS:
        mitad = len(textos) // 2
        for parte in (slice(mitad), slice(mitad, None)):
            mitades = Tramo(tramo.plantilla, textos[parte], lineas[parte])
            yield from del_tramo(mitades, movimientos, estado)
    else:
        for uno, linea in zip(textos, lineas, strict=True):
            leida = entrada_de(uno, tramo.plantilla.forma)
            yield movimientos.de_la_entrada(leida, linea, estado)
