"""Plain text as other people's programs leave it: marks, wide letters, line ends, blanks.

Only what nobody sees is taken off; what is written stays as it came.
"""

import re
from collections.abc import Iterator
from typing import Final

_FIN_DE_ARCHIVO_DOS: Final = b"\x1a"
_MARCA_UTF8: Final = b"\xef\xbb\xbf"
#: The longest first: the mark of UTF-32 begins like that of UTF-16.
_MARCAS_ANCHAS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_CABEZA: Final = 64
_FIN_DE_LINEA: Final = re.compile(rb"\r\n|\r|\n")
#: What looks like nothing: tabs and spaces that do not break are blanks, marks without width go.
BLANCOS: Final = {
    ord("\t"): " ", ord("\v"): " ", ord("\f"): " ", 0x00A0: " ", 0x202F: " ", 0x3000: " ",
    **dict.fromkeys(range(8192, 8203), " "),
    0x200B: None, 0x200E: None, 0x200F: None, 0x2060: None, 0xFEFF: None, 0x00AD: None,
}  # fmt: skip


def lineas_de(contenido: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not empty with its number in an editor, from 1."""
    crudas = _FIN_DE_LINEA.split(_en_octetos(contenido).removesuffix(_FIN_DE_ARCHIVO_DOS))
    for numero, cruda in enumerate(crudas, 1):
        if not _esta_vacia(cruda):
            yield numero, cruda


def como_texto(cruda: bytes) -> str:
    """Turn bytes into text that any table can keep; the original stays in the stored file."""
    try:
        texto = cruda.decode("utf-8")
    except UnicodeDecodeError:
        texto = cruda.decode("latin-1")
    return texto.replace("\x00", "\ufffd")


def _en_octetos(contenido: bytes) -> bytes:
    """Return the file in bytes of one kind: UTF-16 and UTF-32 as UTF-8, without any mark."""
    for marca, codigo in _MARCAS_ANCHAS:
        if contenido.startswith(marca):
            return contenido.decode(codigo, "replace").encode("utf-8").removeprefix(_MARCA_UTF8)
    cabeza = contenido[:_CABEZA]
    if len(cabeza) > 1 and not any(cabeza[1::2]) and all(cabeza[::2]):
        return contenido.decode("utf-16-le", "replace").encode("utf-8")
    if len(cabeza) > 1 and not any(cabeza[::2]) and all(cabeza[1::2]):
        return contenido.decode("utf-16-be", "replace").encode("utf-8")
    return contenido.removeprefix(_MARCA_UTF8)


def _esta_vacia(cruda: bytes) -> bool:
    """Say whether a line has nothing but blanks; one that is all ASCII is told at once."""
    if cruda.isascii():
        return not cruda.strip()
    return not como_texto(cruda).translate(BLANCOS).strip()
