"""The signed notebook of a database: one small file outside it, and a log that only grows.

Whoever writes in the database (its owner, an old backup) does not write here: the fingerprint of
what was installed, how far the last sound audit saw, the last seals. Each writing is numbered,
names the signature of the one before it, and leaves a line in the log, which can be sent off the
machine. It is HMAC-SHA-256 with the keys that seal documents (`CLAVES_DE_SELLO`: the first signs,
all of them verify): the house tells itself its own words, no third party verifies them, and no
library has to be added for that.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from recaudo.infra import clock
from recaudo.kernel.refusals import Rechazo

_DOMINIO: Final = b"recaudo.libreta\0"
_TODA: Final = "la libreta firmada"
_LA_DE_SU_BITACORA: Final = "la libreta de la que habla su bitácora"
_ILEGIBLE: Final = "no se puede leer"
_DE_OTRO: Final = "su firma no es de esta instalación"
_VIEJA: Final = "es más vieja que su bitácora"


class LibretaPerdida(Rechazo):
    """The notebook of this database is not there, or does not have what is asked."""

    def __init__(self, que: str, ruta: Path) -> None:
        """Say what is missing and where it was looked for."""
        super().__init__(
            f"No está {que} en {ruta}: nada de lo que dice la base se puede comparar con lo que "
            "se firmó. Recupere la carpeta de su respaldo; si no lo hay, revise la base y firme "
            "lo que hay con «recaudo base huella --firmar --ejecutar»."
        )


class LibretaFalsa(Rechazo):
    """The notebook was written by somebody without the key, or is older than its log."""

    def __init__(self, motivo: str, ruta: Path) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"No se puede creer a {ruta}: {motivo}. Alguien la cambió, la devolvió a un estado "
            "anterior o usa otra clave: revise RECAUDO_SELLOS y quién escribe en esa carpeta."
        )


def ruta() -> Path:
    """Return the file of the database in use; its folder is `RECAUDO_FIRMAS`."""
    return Path(settings.FIRMAS) / f"{connection.settings_dict['NAME']}.json"


def leer() -> Mapping[str, Any]:
    """Return what each kind of entry says. Refuses LibretaPerdida and LibretaFalsa."""
    escrita = _leer(ruta())
    if escrita is None:
        raise LibretaPerdida(_TODA, ruta())
    return {tipo: entrada["datos"] for tipo, entrada in escrita["entradas"].items()}


def leer_entrada(tipo: str, que: str) -> Any:
    """Return what an entry says; LibretaPerdida, naming `que`, when it was never written."""
    entradas = leer()
    if tipo not in entradas:
        raise LibretaPerdida(que, ruta())
    return entradas[tipo]


def anotar(tipo: str, datos: Any, *, de_nuevo: bool = False) -> str:
    """Write an entry in the place of the one of its kind, sign all of it and return the signature.

    `de_nuevo` forgets every other entry: a database that was just made has no history. Refuses
    LibretaFalsa instead of signing over what cannot be believed, unless it begins anew.
    """
    archivo = ruta()
    archivo.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _a_solas(archivo):
        anterior = (None if de_nuevo else _leer(archivo)) or _la_de_la_bitacora(archivo)
        ahora = clock.ahora().isoformat(timespec="seconds")
        entradas = {} if de_nuevo else dict(anterior["entradas"])
        entradas[tipo] = {"en": ahora, "datos": datos}
        nueva = {
            "numero": anterior["numero"] + 1,
            "anterior": anterior["firma"],
            "entradas": entradas,
        }
        firma = _firma(nueva, settings.CLAVES_DE_SELLO[0])
        _reemplazar(archivo, json.dumps(nueva | {"firma": firma}, ensure_ascii=False, indent=1))
        resumen = hashlib.sha256(_canonico(datos)).hexdigest()
        linea = f"{nueva['numero']} {ahora} {tipo} {resumen} {firma}\n"
        with _bitacora(archivo).open("a", encoding="utf-8") as bitacora:
            bitacora.write(linea)
    return firma


def _leer(archivo: Path) -> dict[str, Any] | None:
    """Return the file whole, or None when there was never one. LibretaPerdida, LibretaFalsa."""
    try:
        escrita = json.loads(archivo.read_text(encoding="utf-8"))
        firma = escrita.pop("firma")
        bien = any(hmac.compare_digest(_firma(escrita, c), firma) for c in settings.CLAVES_DE_SELLO)
    except FileNotFoundError:
        if _ultima_linea(archivo)[0]:
            raise LibretaPerdida(_LA_DE_SU_BITACORA, archivo) from None
        return None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise LibretaFalsa(_ILEGIBLE, archivo) from error
    if not bien:
        raise LibretaFalsa(_DE_OTRO, archivo)
    numero, ultima = _ultima_linea(archivo)
    if numero > escrita["numero"] or (numero == escrita["numero"] and ultima != firma):
        raise LibretaFalsa(_VIEJA, archivo)
    return {**escrita, "firma": firma}


def _la_de_la_bitacora(archivo: Path) -> dict[str, Any]:
    numero, firma = _ultima_linea(archivo)
    return {"numero": numero, "firma": firma, "entradas": {}}


def _ultima_linea(archivo: Path) -> tuple[int, str]:
    """Return the number and the signature of the last whole line of the log; (0, "") without it."""
    try:
        with _bitacora(archivo).open("rb") as bitacora:
            bitacora.seek(0, os.SEEK_END)
            bitacora.seek(max(0, bitacora.tell() - 4096))
            lineas = bitacora.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return 0, ""
    for linea in reversed(lineas):
        partes = linea.split(" ")
        if len(partes) == len(("numero", "en", "tipo", "resumen", "firma")) and partes[0].isdigit():
            return int(partes[0]), partes[-1]
    return 0, ""


def _bitacora(archivo: Path) -> Path:
    return archivo.with_suffix(".bitacora")


@contextmanager
def _a_solas(archivo: Path) -> Iterator[None]:
    with archivo.with_suffix(".cerrojo").open("a", encoding="utf-8") as cerrojo:
        fcntl.flock(cerrojo, fcntl.LOCK_EX)
        yield


def _reemplazar(archivo: Path, texto: str) -> None:
    """Write the file whole or not at all, on the disk before it has its name."""
    borrador = archivo.with_suffix(".parcial")
    with borrador.open("w", encoding="utf-8") as salida:
        salida.write(texto)
        salida.flush()
        os.fsync(salida.fileno())
    borrador.replace(archivo)


def _canonico(datos: Any) -> bytes:
    return json.dumps(datos, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _firma(escrita: Mapping[str, Any], clave: str) -> str:
    return hmac.new(_DOMINIO + clave.encode(), _canonico(escrita), hashlib.sha256).hexdigest()


__all__ = [
    "LibretaFalsa", "LibretaPerdida", "anotar", "leer", "leer_entrada", "ruta",
]  # fmt: skip
