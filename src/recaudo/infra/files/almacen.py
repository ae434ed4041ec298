"""Keep what came from outside, byte by byte, once per content."""

import hashlib
import zlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from recaudo.infra.files.models import Archivo

NIVEL_ZLIB = 1  # text of batch files shrinks to a tenth at the cheapest level
LARGO_DEL_NOMBRE = 200


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
