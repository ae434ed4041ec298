"""Keep what came from outside, byte by byte, once per content."""

import hashlib
import io
import zlib
from datetime import datetime
from typing import BinaryIO, cast

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from recaudo.infra.files.models import Archivo

NIVEL_ZLIB = 1  # text of batch files shrinks to a tenth at the cheapest level
LARGO_DEL_NOMBRE = 200
_TROZO = 1 << 16


def guardar_archivo(nombre: str, contenido: bytes, en: datetime | Now) -> Archivo:
    """Keep a file and return its row; the same bytes again return the first row, whatever the name.

    `en` is the instant of reception, aware, or `Now()` for that of the transaction. Two
    receptions at once end in one row.
    """
    sha256 = hashlib.sha256(contenido).hexdigest()
    existente = _existente(sha256)
    if existente is not None:
        return existente
    try:
        with transaction.atomic():
            return Archivo.objects.create(
                nombre=nombre_limpio(nombre),
                sha256=sha256,
                tamano=len(contenido),
                contenido=zlib.compress(contenido, NIVEL_ZLIB),
                recibido_en=en,
            )
    except IntegrityError:
        return Archivo.objects.defer("contenido").get(sha256=sha256)


def nombre_limpio(nombre: str) -> str:
    """Return the name of a file as it may be kept and shown: no folders, nothing unprintable."""
    limpio = "".join(c for c in nombre.rsplit("/", 1)[-1] if c.isprintable())
    return limpio[-LARGO_DEL_NOMBRE:] or "sin-nombre"


def _existente(sha256: str) -> Archivo | None:
    return Archivo.objects.filter(sha256=sha256).defer("contenido").first()


def contenido_de(archivo_id: int) -> bytes:
    """Return the bytes as they came; `Archivo.DoesNotExist` for an unknown id."""
    return zlib.decompress(bytes(Archivo.objects.get(pk=archivo_id).contenido))


def abrir_contenido(archivo_id: int) -> BinaryIO:
    """Open the bytes as they came, undone by pieces; `Archivo.DoesNotExist` for an unknown id."""
    return cast("BinaryIO", _Deshecho(bytes(Archivo.objects.get(pk=archivo_id).contenido)))


class _Deshecho(io.RawIOBase):
    """What zlib compressed, read by pieces: only the compressed bytes are held."""

    def __init__(self, comprimido: bytes) -> None:
        self._maquina = zlib.decompressobj()
        self._comprimido = io.BytesIO(comprimido)

    def read(self, tamano: int = -1, /) -> bytes:
        """Return at most so many bytes (64 KB if not said); none only at the end. `zlib.error`."""
        tope = tamano if tamano > 0 else _TROZO
        while not self._maquina.eof:
            entra = self._maquina.unconsumed_tail or self._comprimido.read(_TROZO)
            sale = self._maquina.decompress(entra, tope)
            if sale:
                return sale
            if not entra and not self._maquina.eof:
                msg = "the compressed bytes end before their end"
                raise zlib.error(msg)
        return b""
