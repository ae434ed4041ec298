"""The files bundled with the program, and the generator that can make them again."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

from recaudo.ensayo.demostracion.azar import tirar
from recaudo.ensayo.demostracion.poblacion import Empleador

#: Gives the bytes of a file by its name; the second argument is what the generator wrote now.
Fuente = Callable[[str, bytes], bytes]
_CARPETA: Final = files("recaudo.ensayo.demostracion") / "archivos"
#: Month whose files are bundled; those of the others are written by the same code as they are used.
_MES_INCLUIDO: Final = "2026-10"


def trae_extras(empleador: Empleador) -> bool:
    """Say whether a medium employer sends a file of extras in the month."""
    return 5 <= len(empleador.trabajadores) <= 30 and tirar(2, "extras", empleador.indice) == 0


def esta_incluido(nombre: str) -> bool:
    """Say whether a file is one of those bundled: the month's events, the month's statements."""
    return not nombre.startswith("extracto-") or _MES_INCLUIDO in nombre


def incluidos(nombre: str, generado: bytes) -> bytes:
    """Return the bundled file, or what was generated for a name that is not bundled."""
    archivo = _CARPETA / nombre
    return archivo.read_bytes() if archivo.is_file() else generado


def generados(_nombre: str, generado: bytes) -> bytes:
    """Return what the generator wrote, whatever is bundled."""
    return generado


def guardar_en(carpeta: Path) -> Fuente:
    """Return a source that writes in a folder every file that is to be bundled."""
    carpeta.mkdir(parents=True, exist_ok=True)

    def fuente(nombre: str, generado: bytes) -> bytes:
        if esta_incluido(nombre):
            (carpeta / nombre).write_bytes(generado)
        return generado

    return fuente
