"""Numbers a person copies by hand: a series with a check digit (ISO 7064, MOD 11,10).

MOD 11,10 gives one decimal digit and catches every single wrong digit and almost every pair of
neighbours exchanged. The number of a comprobante is AAAA + nine digits + that digit.
"""

import re
from functools import lru_cache

from recaudo.kernel.refusals import Rechazo

LARGO_SERIE = 9
#: What the product of the algorithm becomes after each digit.
_SIGUIENTE = tuple(
    {str(d): ((d + producto) % 10 or 10) * 2 % 11 for d in range(10)} for producto in range(11)
)
#: It begins with what is rare, so that a text without numbers is passed over quickly.
_LARGO_NUMERO = 14
_MAXIMO_DE_GRUPOS = 14
#: Digits that something may have cut, and their groups.
_PARTIDO = re.compile(r"\d[\d\s\-\u2010-\u2015._/]*\d", re.ASCII)
_GRUPO = re.compile(r"\d+", re.ASCII)
_NUMERO = re.compile(r"(?:19|20)(?<!\d\d\d)\d{12}(?!\d)", re.ASCII)


class SerieAgotada(Rechazo):
    """A year holds no more numbers than nine digits can write."""

    mensaje = "La numeración del año se agotó. Avise a la administración del sistema."


def digito_de_control(digitos: str) -> str:
    """Return the MOD 11,10 check digit of a string of decimal digits."""
    return _control(_producto(digitos))


def _producto(digitos: str, desde: int = 10) -> int:
    """Return the product of the algorithm after some digits."""
    for digito in digitos:
        desde = _SIGUIENTE[desde][digito]
    return desde


def _control(producto: int) -> str:
    return str((11 - producto) % 10)


def numero_con_control(anio: int, serie: int) -> str:
    """Return AAAA + nine digits + check digit; raises SerieAgotada beyond nine digits."""
    if not 0 < serie < 10**LARGO_SERIE:
        raise SerieAgotada
    cuerpo = f"{anio:04d}{serie:0{LARGO_SERIE}d}"
    return cuerpo + digito_de_control(cuerpo)


def es_numero_con_control(texto: str) -> bool:
    """Tell whether fourteen digits end in their own check digit."""
    return _NUMERO.fullmatch(texto) is not None and _cuadra(texto)


def numeros_en(texto: str) -> tuple[str, ...]:
    """Return the distinct well-formed numbers inside a free text, in order of appearance."""
    hallados = _NUMERO.findall(texto)
    if len(hallados) > 1:
        return tuple(dict.fromkeys(filter(_cuadra, hallados)))
    return tuple(hallados) if hallados and _cuadra(hallados[0]) else ()


def numeros_partidos_en(texto: str) -> tuple[str, ...]:
    """Return the distinct numbers of a text, also those cut, spaced, hyphened or with zeros before.

    Groups of digits with only blanks, hyphens, points or slashes between are put together, group
    after group, while they do not pass the length of a number; each that ends in its own check
    digit counts. Whoever asks decides only when exactly one results.
    """
    hallados: dict[str, None] = dict.fromkeys(numeros_en(texto))
    for tramo in _PARTIDO.findall(texto):
        grupos = _GRUPO.findall(tramo)
        for desde in range(len(grupos)):
            junto = ""
            for grupo in grupos[desde : desde + _MAXIMO_DE_GRUPOS]:
                junto = (junto + grupo).lstrip("0")
                if len(junto) >= _LARGO_NUMERO:
                    break
            if es_numero_con_control(junto):
                hallados[junto] = None
    return tuple(hallados)


def _cuadra(numero: str) -> bool:
    """Tell whether the fourteen digits of a number end in their own check digit."""
    return _controles(numero[:10])[numero[10:13]] == numero[13]


@lru_cache(maxsize=16_384)  # the numbers of one month have few beginnings
def _controles(comienzo: str) -> dict[str, str]:
    """Return the check digit of the numbers that begin like this, by their last three digits."""
    return _controles_tras(_producto(comienzo))


@lru_cache(maxsize=11)
def _controles_tras(producto: int) -> dict[str, str]:
    tres = (f"{n:03d}" for n in range(1000))
    return {digitos: _control(_producto(digitos, producto)) for digitos in tres}
