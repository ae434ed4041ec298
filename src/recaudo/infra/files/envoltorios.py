"""Files wrapped in another: told by their first bytes, whatever their name says."""

from typing import Final

from recaudo.kernel.refusals import Rechazo

_MARCAS: Final = (
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)


class ArchivoComprimido(Rechazo):
    """The lines are wrapped in another file, whatever its name says."""


def comprimido_en(comienzo: bytes) -> str | None:
    """Return what compressed the file that begins so (`ZIP`, `GZIP`, `7z`, `RAR`), or None."""
    return next((nombre for marca, nombre in _MARCAS if comienzo.startswith(marca)), None)


def exigir_sin_comprimir(contenido: bytes) -> None:
    """Refuse (`ArchivoComprimido`) a file of text that comes compressed."""
    if (envoltorio := comprimido_en(contenido)) is not None:
        msg = f"El archivo está comprimido ({envoltorio}). Descomprímalo y envíe el texto que trae."
        raise ArchivoComprimido(msg)
