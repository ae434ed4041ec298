"""Reads what people type after an option, or when asked; what cannot be read is `UsoIncorrecto`."""

import getpass
import re
import sys
from datetime import date
from typing import Final

from recaudo.interfaces.batch.salida import UsoIncorrecto
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo, interpretar_periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.dpa import canton, provincia

_IMPORTE: Final = re.compile(r"\d{1,15}(\.\d{1,2})?", re.ASCII)
_TASA: Final = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)
_FECHA: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ENTERO: Final = re.compile(r"-?\d{1,9}", re.ASCII)
ANIOS_LEGIBLES: Final = range(1900, 2200)


def leer_importe(texto: str, opcion: str) -> Dinero:
    """Read US dollars as `1234.50`; a comma, a sign or more decimals are asked back."""
    if _IMPORTE.fullmatch(texto):
        return Dinero(texto)
    if texto.startswith("-"):
        msg = f"{opcion}: el valor no puede ser negativo ({texto}). Escriba por ejemplo 1234.50."
    elif texto.isascii() and texto.isdigit():
        msg = f"{opcion}: el valor es demasiado grande. Escriba 15 dígitos como máximo."
    elif "," in texto:
        msg = f"{opcion}: escriba los decimales con punto y sin miles, por ejemplo 1234.50."
    else:
        msg = (
            f"{opcion}: «{texto}» no es un valor en dólares. Escriba dos decimales como máximo, "
            "por ejemplo 1234.50."
        )
    raise UsoIncorrecto(msg)


def leer_tasa(texto: str, opcion: str) -> Tasa:
    """Read an annual percentage as `7.99`, from 0 to 100."""
    if _TASA.fullmatch(texto) and Tasa(texto) <= Tasa(100):
        return Tasa(texto)
    msg = f"{opcion}: «{texto}» no es una tasa. Escriba el porcentaje anual con punto: 7.99."
    raise UsoIncorrecto(msg)


def leer_fecha(texto: str, opcion: str) -> date:
    """Read a day as `AAAA-MM-DD`; days that do not exist are asked back."""
    if not _FECHA.fullmatch(texto):
        msg = f"{opcion}: «{texto}» no es una fecha. Escriba AAAA-MM-DD, por ejemplo 2026-06-15."
        raise UsoIncorrecto(msg)
    try:
        fecha = date.fromisoformat(texto)
    except ValueError as error:
        msg = f"{opcion}: el día {texto} no existe en el calendario. Revise el mes y el día."
        raise UsoIncorrecto(msg) from error
    _revisar_anio(fecha.year, texto, opcion)
    return fecha


def leer_periodo(texto: str, opcion: str) -> Periodo:
    """Read a month of contribution as `AAAA-MM`, `MM/AAAA` or in words."""
    try:
        periodo = interpretar_periodo(texto)
    except Rechazo as error:
        msg = f"{opcion}: {error.mensaje}"
        raise UsoIncorrecto(msg) from error
    _revisar_anio(periodo.anio, texto, opcion)
    return periodo


def leer_entero(texto: str, opcion: str) -> int:
    """Read a whole number."""
    if not _ENTERO.fullmatch(texto):
        msg = f"{opcion}: «{texto}» no es un número entero. Escriba solo dígitos, por ejemplo 8."
        raise UsoIncorrecto(msg)
    return int(texto)


def leer_canton(texto: str, opcion: str) -> str:
    """Read the 4-digit code of a canton that exists."""
    try:
        return canton(texto).codigo
    except Rechazo as error:
        msg = f"{opcion}: {error.mensaje}"
        raise UsoIncorrecto(msg) from error


def leer_provincia(texto: str, opcion: str) -> str:
    """Read the 2-digit code of a province that exists."""
    try:
        return provincia(texto)
    except Rechazo as error:
        msg = f"{opcion}: {error.mensaje}"
        raise UsoIncorrecto(msg) from error


def leer_codigo(texto: str, opcion: str, admitidos: tuple[str, ...]) -> str:
    """Read a code of a closed list, in any case; the answer is upper case."""
    codigo = texto.strip().upper()
    if codigo not in admitidos:
        msg = f"{opcion}: «{texto}» no existe. Use uno de: {', '.join(admitidos)}."
        raise UsoIncorrecto(msg)
    return codigo


def leer_clave() -> str:
    """Read a new password: asked twice without echo on a terminal, else a line of standard input.

    It is never an argument, which other users of the machine can see, and never printed.
    """
    try:
        clave = _teclear_clave() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except (EOFError, UnicodeDecodeError):
        clave = ""
    if not clave:
        msg = (
            "Falta la clave. Escríbala cuando la orden la pida, o en la primera línea de la "
            "entrada estándar, en UTF-8."
        )
        raise UsoIncorrecto(msg)
    if not clave.isprintable():
        msg = "La clave tiene caracteres que no se pueden teclear en el portal. Use otra."
        raise UsoIncorrecto(msg)
    return clave


def _teclear_clave() -> str:
    clave = getpass.getpass("Clave (no se ve al escribirla): ")
    if clave and clave != getpass.getpass("La misma clave otra vez: "):
        msg = "Las dos claves no son iguales: no se cambió nada. Repita la orden."
        raise UsoIncorrecto(msg)
    return clave


def _revisar_anio(anio: int, texto: str, opcion: str) -> None:
    if anio not in ANIOS_LEGIBLES:
        msg = (
            f"{opcion}: {texto} está fuera de los años que se pueden calcular "
            f"({ANIOS_LEGIBLES.start} a {ANIOS_LEGIBLES.stop - 1})."
        )
        raise UsoIncorrecto(msg)
