"""What the bank sent, as rows of the stage: with the comprobante each line cites, or why none."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

from recaudo.infra.files.formatos.camt import Movimiento
from recaudo.kernel.numbering import numeros_en

_CASI_NUMERO = re.compile(r"(?<!\d)\d{14}(?!\d)", re.ASCII)
_NULO = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
COPIAR = (
    "COPY e_linea (numero, linea_archivo, referencia, fecha_valor, fecha_transaccion, importe, "
    "comprobante, texto, ordenante, rechazo, motivo) FROM STDIN"
)


def filas_de_copia(movimientos: Iterable[Movimiento]) -> Iterator[str]:
    """Yield the movements as rows of COPY, a thousand to a text: one write for each."""
    filas = map(_fila, movimientos)
    while lote := "".join(islice(filas, 1_000)):
        yield lote


def _fila(m: Movimiento) -> str:
    """Write a movement as one row of COPY, in text format."""
    numero, motivo = ("", "") if m.rechazo else _comprobante_citado(m)
    textos = (m.referencia, numero, m.texto, m.ordenante)
    junto = "".join(textos)
    if not junto.isprintable() or "\\" in junto:  # ordinary text has nothing to escape
        textos = tuple(map(_escapar, textos))  # type: ignore[assignment]
    referencia, numero, texto, ordenante = textos
    centavos = _NULO if m.centavos is None else m.centavos
    return (
        f"{m.numero}\t{m.linea_archivo}\t{referencia}\t{_fecha(m.fecha_valor)}\t"
        f"{_fecha(m.fecha_transaccion)}\t{centavos}\t{numero}\t{texto}\t"
        f"{ordenante}\t{m.rechazo}\t{motivo}\n"
    )


@lru_cache(maxsize=1024)
def _fecha(fecha: date | None) -> str:
    return _NULO if fecha is None else fecha.isoformat()


def _escapar(texto: str) -> str:
    """Escape what COPY gives a meaning to."""
    return texto.translate(_ESCAPES)


def _comprobante_citado(m: Movimiento) -> tuple[str, str]:
    """The comprobante a line cites, or why none: first its structured reference, then its text."""
    if not m.detalle_cuadra:
        return "", "DETALLE_NO_CUADRA"
    numeros = m.citas and numeros_en(m.citas)
    numeros = numeros or numeros_en(f"{m.otras_referencias} {m.texto}")
    if len(numeros) > 1:
        return "", "VARIAS_REFERENCIAS"
    if numeros:
        return numeros[0], ""
    casi = _CASI_NUMERO.search(f"{m.citas} {m.texto}")
    if casi or m.citas:
        return (casi.group() if casi else m.citas[:40]), "COMPROBANTE_INEXISTENTE"
    return "", "SIN_REFERENCIA"
