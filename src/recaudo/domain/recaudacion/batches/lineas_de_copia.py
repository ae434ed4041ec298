"""What the bank sent, as rows of the stage: with the comprobante each line cites, or why none."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from itertools import islice

from recaudo.infra.files.formatos.camt import Movimiento
from recaudo.kernel.numbering import numeros_en, numeros_partidos_en

_LOTE = 500  # rows to a text: larger pieces of memory cost to get again
_LARGO_NUMERO = 14
_CASI_NUMERO = re.compile(r"(?<!\d)\d{14}(?!\d)", re.ASCII)
_CIFRAS = b"0123456789"
_NULO = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
COPIAR = (
    "COPY e_archivo (numero, linea_archivo, parte, referencia, fecha_contable, fecha_valor, "
    "fecha_transaccion, entrada, importe, comision, comprobante, texto, ordenante, rechazo, "
    "motivo, es_reverso, transacciones) FROM STDIN"
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
        orden, linea, parte, referencia, contable, valor, transaccion, entrada, centavos, comision,
        citas, otras, texto, ordenante, rechazo, motivo, es_reverso,
        transacciones,
    ) = m  # fmt: skip
    numero = ""
    if not rechazo and entrada and motivo in _CITABLES and (entrada > 0 or es_reverso):
        numero, porque = _comprobante_citado(citas, otras, texto)
        motivo = motivo or (porque if entrada > 0 else "")
    if escapando:
        referencia, numero, texto, ordenante = map(_escapar, (referencia, numero, texto, ordenante))
    return (
        f"{orden}\t{linea}\t{parte}\t{referencia}\t{_fechas(contable, valor, transaccion)}\t"
        f"{_NULO if entrada is None else entrada}\t{_NULO if centavos is None else centavos}\t"
        f"{comision}\t{numero}\t{texto}\t"
        f"{ordenante}\t{rechazo}\t{motivo}\t{'t' if es_reverso else 'f'}\t{transacciones}\n"
    )


_fila_escapada = partial(_fila, escapando=True)
#: Reasons to wait that leave what a line cites worth knowing.
_CITABLES = frozenset({"", "FECHA_INVEROSIMIL", "CREDITO_POR_REVERSO"})


@lru_cache(maxsize=1024)
def _fechas(*fechas: date | None) -> str:
    return "\t".join(_NULO if fecha is None else fecha.isoformat() for fecha in fechas)


def _escapar(texto: str) -> str:
    """Escape what COPY gives a meaning to."""
    return texto.translate(_ESCAPES)


def _caben_dos(texto: str) -> bool:
    """Tell whether a text has digits for two numbers; most are too short, and need no count.

    Counting them in its bytes takes a tenth of the time.
    """
    if len(texto) - texto.count(" ") < 2 * _LARGO_NUMERO:
        return False
    datos = texto.encode()
    return len(datos) - len(datos.translate(None, _CIFRAS)) >= 2 * _LARGO_NUMERO


def _comprobante_citado(citas: str, otras: str, texto: str) -> tuple[str, str]:
    """The comprobante a line cites, or why none.

    Its structured reference and its text are read together, also where the number is cut or
    spaced; the references of the entry, only when those say nothing. Two different numbers that are
    right are not chosen between.
    """
    dicho = f"{citas} {texto}" if citas else texto
    numeros = numeros_en(dicho)
    if len(numeros) != 1 or _caben_dos(dicho):
        numeros = numeros_partidos_en(dicho) or numeros_en(otras)
    if len(numeros) == 1:
        return numeros[0], ""
    if numeros:
        return "", "VARIAS_REFERENCIAS"
    casi = _CASI_NUMERO.search(dicho)
    if casi or citas:
        return (casi.group() if casi else citas[:40]), "COMPROBANTE_INEXISTENTE"
    return "", "SIN_REFERENCIA"
