"""What the bank sent, as rows of the stage: with the comprobante each line cites, or why none."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from itertools import islice

from recaudo.infra.files.formatos.camt import Movimiento
from recaudo.kernel.numbering import numeros_en

_LOTE = 500  # rows to a text: larger pieces of memory cost to get again
_CASI_NUMERO = re.compile(r"(?<!\d)\d{14}(?!\d)", re.ASCII)
_NULO = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
COPIAR = (
    "COPY e_linea (numero, linea_archivo, referencia, fecha_valor, fecha_transaccion, importe, "
    "comprobante, texto, ordenante, rechazo, motivo) FROM STDIN"
)


def filas_de_copia(movimientos: Iterable[Movimiento]) -> Iterator[str]:
    """Yield the movements as rows of COPY, many to a text: one write for each."""
    quedan = iter(movimientos)
    while lote := tuple(islice(quedan, _LOTE)):
        texto = "".join(map(_fila, lote))
        yield texto if _es_llano(texto, len(lote)) else "".join(map(_fila_escapada, lote))


def _es_llano(texto: str, filas: int) -> bool:
    """Tell whether rows hold no mark of COPY but those between columns: nothing to escape.

    An absent date or amount is such a mark too: those rows are written twice, and come out alike.
    """
    return (
        "\\" not in texto
        and "\r" not in texto
        and texto.count("\n") == filas
        and texto.count("\t") == filas * COPIAR.count(",")
    )


def _fila(m: Movimiento, *, escapando: bool = False) -> str:
    """Write a movement as one row of COPY, in text format."""
    (
        orden, linea, referencia, fecha_valor, fecha_transaccion, centavos, citas, otras, texto,
        ordenante, rechazo, cuadra,
    ) = m  # fmt: skip
    numero = motivo = ""
    if not cuadra and not rechazo:
        motivo = "DETALLE_NO_CUADRA"
    elif not rechazo:
        numero, motivo = _comprobante_citado(citas, otras, texto)
    if escapando:
        referencia, numero, texto, ordenante = map(_escapar, (referencia, numero, texto, ordenante))
    return (
        f"{orden}\t{linea}\t{referencia}\t{_fecha(fecha_valor)}\t{_fecha(fecha_transaccion)}\t"
        f"{_NULO if centavos is None else centavos}\t{numero}\t{texto}\t{ordenante}\t{rechazo}\t"
        f"{motivo}\n"
    )


_fila_escapada = partial(_fila, escapando=True)


@lru_cache(maxsize=1024)
def _fecha(fecha: date | None) -> str:
    return _NULO if fecha is None else fecha.isoformat()


def _escapar(texto: str) -> str:
    """Escape what COPY gives a meaning to."""
    return texto.translate(_ESCAPES)


def _comprobante_citado(citas: str, otras: str, texto: str) -> tuple[str, str]:
    """The comprobante a line cites, or why none: first its structured reference, then its text."""
    numeros = (citas and numeros_en(citas)) or numeros_en(f"{otras} {texto}")
    if len(numeros) == 1:
        return numeros[0], ""
    if numeros:
        return "", "VARIAS_REFERENCIAS"
    casi = _CASI_NUMERO.search(f"{citas} {texto}")
    if casi or citas:
        return (casi.group() if casi else citas[:40]), "COMPROBANTE_INEXISTENTE"
    return "", "SIN_REFERENCIA"
