"""Amounts in words, as Ecuador writes them on documents: never for computing."""

from recaudo.kernel.money import Dinero

_HASTA_29 = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho",
    "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
    "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_DECENAS = (
    "",
    "",
    "",
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
)
_CENTENAS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)  # fmt: skip
_MILLON = 1_000_000


def en_letras(numero: int) -> str:
    """Return a whole number from 0 to 999 999 999 999 in Spanish, before a masculine noun.

    `uno` loses its last letter before the noun: veintiún dólares, mil un dólares.
    """
    if not 0 <= numero < _MILLON**2:
        msg = f"out of range: {numero}"
        raise ValueError(msg)
    millones, resto = divmod(numero, _MILLON)
    partes = []
    if millones:
        partes.append("un millón" if millones == 1 else f"{_apocopar(_miles(millones))} millones")
    if resto or not millones:
        partes.append(_apocopar(_miles(resto)))
    return " ".join(partes)


def importe_en_letras(importe: Dinero) -> str:
    """Return `MIL DOSCIENTOS DÓLARES CON 50/100` in lower case but for the first letter."""
    dolares, centavos = divmod(abs(importe.centavos), 100)
    letras = en_letras(dolares)
    nombre = "dólar" if dolares == 1 else "dólares"
    union = " de" if dolares and dolares % _MILLON == 0 else ""
    frase = f"{letras}{union} {nombre} de los Estados Unidos de América con {centavos:02d}/100"
    return frase[0].upper() + frase[1:]


def _miles(numero: int) -> str:
    miles, resto = divmod(numero, 1000)
    partes = []
    if miles:
        partes.append("mil" if miles == 1 else f"{_apocopar(_centenas(miles))} mil")
    if resto or not miles:
        partes.append(_centenas(resto))
    return " ".join(partes)


def _centenas(numero: int) -> str:
    if numero == 100:
        return "cien"
    centenas, resto = divmod(numero, 100)
    partes = [_CENTENAS[centenas]] if centenas else []
    if resto or not centenas:
        partes.append(_decenas(resto))
    return " ".join(partes)


def _decenas(numero: int) -> str:
    if numero < len(_HASTA_29):
        return _HASTA_29[numero]
    decena, unidad = divmod(numero, 10)
    return _DECENAS[decena] + (f" y {_HASTA_29[unidad]}" if unidad else "")


def _apocopar(letras: str) -> str:
    if letras.endswith("veintiuno"):
        return letras.removesuffix("veintiuno") + "veintiún"
    return letras.removesuffix("o") if letras.endswith("uno") else letras
