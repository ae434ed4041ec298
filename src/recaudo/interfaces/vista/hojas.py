"""The one writer of files for spreadsheets: CSV and XLSX from values, never from what is drawn.

A value is a text, a whole number, a `Dinero`, a `Tasa`, a date, an instant or nothing. Texts stay
texts (a RUC keeps its zeros, a month its words); amounts are numbers with two decimals, written
with a comma in CSV, as Ecuador's spreadsheets read them. Both files are written row by row: their
size never depends on the memory of the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Final
from unicodedata import category
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localtime

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import contar

Valor = str | int | Dinero | Tasa | date | None
Fila = Sequence[Valor]

#: What a spreadsheet takes for a formula when a cell begins with it.
PELIGROSOS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV, XLSX = "csv", "xlsx"
#: What an address asks the format with.
FORMATO: Final = "formato"
FORMATOS: Final = {CSV: "CSV", XLSX: "XLSX"}
#: Rows that one sheet holds, the header apart.
MAXIMO_XLSX: Final = 1_048_575
_TIPO_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARCA_UTF8 = "\ufeff"
_FILAS_POR_TROZO = 1_000
_EN_MEMORIA = 4_000_000
_EPOCA = date(1899, 12, 30)
COMILLA, DOBLE = '"', '""'


class LibroLleno(Rechazo):
    """There are more rows than a sheet holds: a book would lose the rest without saying it."""

    mensaje = (
        f"Un libro XLSX admite hasta {contar(MAXIMO_XLSX, 'fila', 'filas')} y esta lista tiene más."
        " Descárguela en CSV, o fíltrela antes."
    )


def archivo(
    request: HttpRequest,
    formato: str,
    titulos: Sequence[str],
    filas: Iterable[Fila],
    *,
    nombre: str,
) -> HttpResponseBase:
    """Return the rows as a file to download, in `csv` or `xlsx`; `nombre` has no extension.

    A book that does not hold them all is refused (LibroLleno), back on the page that asked for it.
    """
    respuesta: HttpResponseBase
    if formato == XLSX:
        destino: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_EN_MEMORIA)  # noqa: SIM115 - the answer closes it
        try:
            _libro(destino, titulos, filas)
        except LibroLleno:
            destino.close()
            return no_cabe(request)
        respuesta = FileResponse(destino, content_type=_TIPO_XLSX)
    else:
        trozos = lineas_csv(titulos, filas)
        respuesta = StreamingHttpResponse(trozos, content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.{formato}"'
    return respuesta


def no_cabe(request: HttpRequest) -> HttpResponseBase:
    """Refuse a book of more rows than its sheet holds: back to the page, without the format."""
    messages.error(request, LibroLleno.mensaje)
    consulta = request.GET.copy()
    consulta.pop(FORMATO, None)
    return redirect(f"{request.path}?{consulta.urlencode()}")


def lineas_csv(titulos: Sequence[str], filas: Iterable[Fila]) -> Iterator[str]:
    """Give the file in pieces: UTF-8 mark, `;` between cells, texts in quotes, decimal comma."""
    yield _MARCA_UTF8 + _linea(titulos)
    resto = iter(filas)
    while trozo := "".join(_linea(fila) for fila in islice(resto, _FILAS_POR_TROZO)):
        yield trozo


def _linea(fila: Iterable[Valor]) -> str:
    return ";".join([celda(valor) for valor in fila]) + "\r\n"


def celda(valor: Valor) -> str:
    """Return one cell of a CSV: `"1790012345001"`, `1234,50`, `03/12/2026`, `7,99`."""
    if isinstance(valor, str):
        seguro = celda_segura(sin_marcas(valor))
        return (
            f'"{seguro.replace(COMILLA, DOBLE) if COMILLA in seguro else seguro}"' if valor else ""
        )
    if isinstance(valor, (Dinero, Tasa)):
        return str(valor).replace(".", ",")
    if isinstance(valor, date):
        return _fecha(valor)
    return "" if valor is None else str(valor)


@lru_cache(maxsize=1_024)
def _fecha(valor: date) -> str:
    """Write a date or an instant; those of a list repeat themselves."""
    if isinstance(valor, datetime):
        return f"{localtime(valor):%d/%m/%Y %H:%M}"
    return f"{valor:%d/%m/%Y}"


def sin_marcas(texto: str) -> str:
    """Return the text without marks that nobody sees and turn or hide what is read (`Cf`)."""
    if texto.isascii():
        return texto
    return "".join([letra for letra in texto if category(letra) != "Cf"])


def celda_segura(texto: str) -> str:
    """Return the text; one that a spreadsheet would run as a formula gets an apostrophe before."""
    return f"'{texto}" if texto.startswith(PELIGROSOS) else texto


def _libro(
    destino: SpooledTemporaryFile[bytes], titulos: Sequence[str], filas: Iterable[Fila]
) -> None:
    """Write a workbook of one sheet, row by row, to a file that leaves memory when it grows."""
    with ZipFile(destino, "w", ZIP_DEFLATED, compresslevel=1) as libro:
        for ruta, texto in _PARTES.items():
            libro.writestr(ruta, texto)
        with libro.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as hoja:
            hoja.write(_CABEZA_DE_HOJA.encode())
            hoja.write(_renglon(titulos, estilo=3).encode())
            resto = iter(filas)
            caben = islice(resto, MAXIMO_XLSX)
            while trozo := "".join(_renglon(f) for f in islice(caben, _FILAS_POR_TROZO)):
                hoja.write(trozo.encode())
            if next(resto, None) is not None:
                raise LibroLleno
            hoja.write(b"</sheetData></worksheet>")
    destino.seek(0)


def _renglon(fila: Iterable[Valor], *, estilo: int = 0) -> str:
    return f"<row>{''.join([_celda_xlsx(valor, estilo) for valor in fila])}</row>"


def _celda_xlsx(valor: Valor, estilo: int = 0) -> str:
    """Return one cell: texts inline, amounts and dates as numbers with their format."""
    if isinstance(valor, str):
        limpio = escape(_NO_XML.sub("", sin_marcas(valor)))
        return f'<c t="inlineStr" s="{estilo}"><is><t xml:space="preserve">{limpio}</t></is></c>'
    if isinstance(valor, (Dinero, Tasa)):
        return f'<c s="1"><v>{valor}</v></c>'
    if isinstance(valor, datetime):
        local = localtime(valor)
        fraccion = (local.hour * 3600 + local.minute * 60 + local.second) / 86_400
        return f'<c s="4"><v>{(local.date() - _EPOCA).days + fraccion:.6f}</v></c>'
    if isinstance(valor, date):
        return f'<c s="2"><v>{(valor - _EPOCA).days}</v></c>'
    return "<c/>" if valor is None else f"<c><v>{valor}</v></c>"


_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HOJA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELACIONES = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CABEZA_DE_HOJA = (
    f'{_XML}<worksheet xmlns="{_HOJA}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="40" width="20" '
    'customWidth="1"/></cols><sheetData>'
)
#: The fixed parts of a workbook: what it holds, how they relate, four formats of cell.
_PARTES: Final[dict[str, str]] = {
    "[Content_Types].xml": f"{_XML}<Types "
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TIPO_XLSX}.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELACIONES}"><Relationship Id="rId1" '
    f'Type="{_OFICINA}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_HOJA}" xmlns:r="{_OFICINA}"><sheets>'
    '<sheet name="Lista" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_RELACIONES}">'
    f'<Relationship Id="rId1" Type="{_OFICINA}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFICINA}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_HOJA}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf numFmtId="4" applyNumberFormat="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
