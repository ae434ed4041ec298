"""Keep a large file without holding it: hash first, compress while somebody else reads it."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO

from django.db import connection

from recaudo.infra.files.almacen import NIVEL_ZLIB

_TROZO = 1 << 20
Abrir = Callable[[], BinaryIO]


def huella_de(abrir: Abrir) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size in bytes of a source, read by pieces."""
    resumen, tamano = hashlib.sha256(), 0
    with abrir() as fuente:
        while trozo := fuente.read(_TROZO):
            resumen.update(trozo)
            tamano += len(trozo)
    return resumen.hexdigest(), tamano


@contextmanager
def comprimiendo(abrir: Abrir) -> Iterator["Future[bytes]"]:
    """Compress the source in a thread (zlib leaves the interpreter free) while the body runs."""
    with ThreadPoolExecutor(max_workers=1) as aparte:
        yield aparte.submit(_comprimir, abrir)


def guardar_comprimido(*, nombre: str, sha256: str, tamano: int, comprimido: bytes) -> int:
    """Keep the compressed bytes once per content; return the id of the file."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO files_archivo (nombre, sha256, tamano, contenido, recibido_en) "
            "VALUES (%s, %s, %s, %b, clock_timestamp()) ON CONFLICT (sha256) DO NOTHING",
            [nombre, sha256, tamano, comprimido],
        )
        cursor.execute("SELECT id FROM files_archivo WHERE sha256 = %s", [sha256])
        return int(cursor.fetchone()[0])


def _comprimir(abrir: Abrir) -> bytes:
    maquina, partes = zlib.compressobj(NIVEL_ZLIB), []
    with abrir() as fuente:
        while trozo := fuente.read(_TROZO):
            partes.append(maquina.compress(trozo))
    partes.append(maquina.flush())
    return b"".join(partes)
