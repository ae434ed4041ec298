"""Files that are looked at and may never be registered: kept apart, and only for some days."""

import hashlib
import zlib
from datetime import date, timedelta
from typing import Final

from recaudo.infra.files.almacen import NIVEL_ZLIB, nombre_limpio
from recaudo.infra.files.models import ArchivoDePaso

#: Longer than any month waits for its corrections.
DIAS: Final = timedelta(days=14)


def dejar_de_paso(*, dueno: int, nombre: str, contenido: bytes, hoy: date) -> int:
    """Keep a file that was looked at on `hoy` and return its number; again is the same one."""
    fila, _ = ArchivoDePaso.objects.update_or_create(
        dueno=dueno,
        sha256=hashlib.sha256(contenido).hexdigest(),
        nombre=nombre_limpio(nombre),
        defaults={"visto_el": hoy},
        create_defaults={"visto_el": hoy, "contenido": zlib.compress(contenido, NIVEL_ZLIB)},
    )
    return int(fila.pk)


def de_paso(numero: int, *, dueno: int) -> tuple[str, bytes] | None:
    """Return the name and the bytes of a file that its owner left; None when it is not there."""
    fila = ArchivoDePaso.objects.filter(pk=numero, dueno=dueno).first()
    return None if fila is None else (fila.nombre, zlib.decompress(bytes(fila.contenido)))


def hay_por_olvidar(*, fecha: date) -> bool:
    """Whether the days of some file are over on `fecha`."""
    return ArchivoDePaso.objects.filter(visto_el__lt=fecha - DIAS).exists()


def olvidar_de_paso(*, fecha: date) -> int:
    """Delete the files whose days are over on `fecha` and return how many they were."""
    borrados, _ = ArchivoDePaso.objects.filter(visto_el__lt=fecha - DIAS).delete()
    return borrados
