"""Numbers a person copies by hand: a series with a check digit (ISO 7064, MOD 11,10).

MOD 11,10 gives one decimal digit and catches every single wrong digit and almost every pair of
neighbours exchanged. The number of a comprobante is AAAA + nine digits + that digit.
"""

import re

from recaudo.kernel.refusals import Rechazo

LARGO_SERIE = 9
#: What the product of the algorithm becomes after each digit.
_SIGUIENTE = tuple(
    {str(d): ((d + producto) % 10 or 10) * 2 % 11 for d in range(10)} for producto in range(11)
)
_NUMERO = re.compile(r"(?<!\d)((?:19|20)\d{12})(?!\d)", re.ASCII)


class SerieAgotada(Rechazo):
    """A year holds no more numbers than nine digits can write."""

    mensaje = "La numeración del año se agotó. Avise a la administración del sistema."


def digito_de_control(digitos: str) -> str:
    """Return the MOD 11,10 check digit of a string of decimal digits."""
    producto = 10
    for digito in digitos:
        producto = _SIGUIENTE[producto][digito]
    return str((11 - producto) % 10)


def numero_con_control(anio: int, serie: int) -> str:
    """Return AAAA + nine digits + check digit; raises SerieAgotada beyond nine digits."""
    if not 0 < serie < 10**LARGO_SERIE:
        raise SerieAgotada
    cuerpo = f"{anio:04d}{serie:0{LARGO_SERIE}d}"
    return cuerpo + digito_de_control(cuerpo)


def es_numero_con_control(texto: str) -> bool:
    """Tell whether fourteen digits end in their own check digit."""
    return _NUMERO.fullmatch(texto) is not None and digito_de_control(texto[:-1]) == texto[-1]


def numeros_en(texto: str) -> tuple[str, ...]:
    """Return the distinct well-formed numbers inside a free text, in order of appearance."""
    return tuple(dict.fromkeys(n for n in _NUMERO.findall(texto) if es_numero_con_control(n)))
