"""Keep what came from outside, byte by byte, once per content.

What is kept is one zlib stream cut in pieces: neither what is written nor what is read is ever
whole in memory, here or in the server, whatever its size.
"""

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final, cast

from django.db import connection, transaction

from recaudo.infra.files.models import Archivo

NIVEL_ZLIB: Final = 1  # text of batch files shrinks to a tenth at the cheapest level
LARGO_DEL_NOMBRE: Final = 200
#: Bytes of a compressed piece: one row.
PIEZA: Final = 1 << 18
#: What is smaller than this is not written to the disk.
EN_MEMORIA: Final = 1 << 20
_TROZO: Final = 1 << 16
_AGREGAR: Final = (
    "INSERT INTO files_archivo (nombre, sha256, tamano, recibido_en) "
    "VALUES (%s, %s, %s, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING id"
)
_COPIAR: Final = (
    "COPY files_piezadearchivo (archivo_id, orden, contenido) FROM STDIN (FORMAT BINARY)"
)
_PIEZA: Final = "SELECT contenido FROM files_piezadearchivo WHERE archivo_id = %s AND orden = %s"


def guardar_archivo(nombre: str, contenido: bytes) -> int:
    """Keep a file and return its id; the same bytes again return the first id, whatever the name.

    Two receptions at once end in one row.
    """
    return guardar_piezas(
        nombre, _comprimido(contenido),
        sha256=hashlib.sha256(contenido).hexdigest(), tamano=len(contenido),
    )  # fmt: skip


def guardar_piezas(nombre: str, comprimido: Iterable[bytes], *, sha256: str, tamano: int) -> int:
    """Keep a file that comes compressed by pieces, once per content; return its id.

    `sha256`, `tamano`: of the bytes as they came. What is kept already is not asked for its pieces.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_AGREGAR, [nombre_limpio(nombre), sha256, tamano])
        nueva = cursor.fetchone()
        if nueva is None:
            return Archivo.objects.values_list("pk", flat=True).get(sha256=sha256)
        with cursor.copy(_COPIAR) as copia:
            copia.set_types(["int8", "int4", "bytea"])
            for orden, pieza in enumerate(comprimido):
                copia.write_row((nueva[0], orden, pieza))
        return int(nueva[0])


def nombre_limpio(nombre: str) -> str:
    """Return the name of a file as it may be kept and shown: no folders, nothing unprintable."""
    limpio = "".join(c for c in nombre.rsplit("/", 1)[-1] if c.isprintable())
    return limpio[-LARGO_DEL_NOMBRE:] or "sin-nombre"


def piezas_de(cursor: Any, archivo_id: int) -> Iterator[bytes]:
    """Yield the compressed pieces of a file in their order, each asked when it is needed.

    The connection of `cursor` must be free between two of them.
    """
    for orden in count():
        cursor.execute(_PIEZA, [archivo_id, orden])
        fila = cursor.fetchone()
        if fila is None:
            return
        yield bytes(fila[0])


def abrir_contenido(archivo_id: int) -> BinaryIO:
    """Open the bytes as they came, undone by pieces; `Archivo.DoesNotExist` for an unknown id.

    The connection is free as soon as it is open: the compressed bytes wait outside of memory.
    """
    archivo = Archivo.objects.get(pk=archivo_id)
    deposito = SpooledTemporaryFile(EN_MEMORIA)  # noqa: SIM115 - closed with what is returned
    with connection.cursor() as cursor:
        for pieza in piezas_de(cursor, archivo.pk):
            deposito.write(pieza)
    deposito.seek(0)
    return cast("BinaryIO", _Deshecho(cast("BinaryIO", deposito)))


def _comprimido(contenido: bytes) -> Iterator[bytes]:
    """Compress bytes by pieces."""
    maquina = zlib.compressobj(NIVEL_ZLIB)
    junto = bytearray()
    for desde in range(0, len(contenido), PIEZA):
        junto += maquina.compress(contenido[desde : desde + PIEZA])
        if len(junto) >= PIEZA:
            yield bytes(junto)
            junto.clear()
    yield bytes(junto) + maquina.flush()


class _Deshecho(io.RawIOBase):
    """What zlib compressed, read by pieces."""

    def __init__(self, comprimido: BinaryIO) -> None:
        self._maquina = zlib.decompressobj()
        self._comprimido = comprimido

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

    def close(self) -> None:
        """Forget the compressed bytes too."""
        self._comprimido.close()
        super().close()
