"""Identifications that validate themselves: cédula and RUC.

The check digit of company and public RUCs is a warning, never a rejection: the SRI has issued
numbers without that algorithm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from recaudo.kernel.refusals import Rechazo

_COEFICIENTES_SOCIEDAD = (4, 3, 2, 7, 6, 5, 4, 3, 2)
_COEFICIENTES_PUBLICO = (3, 2, 7, 6, 5, 4, 3, 2)
_AVISO_DIGITO = (
    "El dígito verificador no coincide con el algoritmo anterior del SRI; "
    "hay números vigentes así. Confirme el RUC en el catastro."
)
_RANGO_PROVINCIA = "son la provincia: van de 01 a 24 o son 30"
_SEPARADORES = re.compile(r"[\s\u00a0.\-\u2010-\u2015]")


class TipoIdentificacion(StrEnum):
    """What a number identifies."""

    CEDULA = "CEDULA"
    RUC_NATURAL = "RUC_NATURAL"
    RUC_SOCIEDAD = "RUC_SOCIEDAD"
    RUC_PUBLICO = "RUC_PUBLICO"
    DESCONOCIDA = "DESCONOCIDA"


class IdentificacionInvalida(Rechazo, ValueError):
    """A number cannot be a cédula or RUC."""

    mensaje = "Revise el número de identificación."


@dataclass(frozen=True, slots=True)
class Identificacion:
    """The dictamen on a number: kind, cleaned digits, validity, reason and warnings in Spanish."""

    tipo: TipoIdentificacion
    numero: str
    valida: bool
    motivo: str
    advertencias: tuple[str, ...] = ()


def limpiar(texto: str) -> str:
    """Drop the spaces, dots and dashes people type inside numbers."""
    return _SEPARADORES.sub("", texto)


def identificar(texto: str) -> Identificacion:
    """Say what a typed number is and whether it can exist; never raises."""
    numero = limpiar(texto)
    if not numero:
        return _rechazada(TipoIdentificacion.DESCONOCIDA, numero, "Escriba la cédula o el RUC")
    if not (numero.isascii() and numero.isdigit()):
        motivo = "La cédula y el RUC solo tienen dígitos: quite las letras y los signos"
        return _rechazada(TipoIdentificacion.DESCONOCIDA, numero, motivo)
    if len(numero) == 10:
        return _identificar_cedula(numero)
    if len(numero) == 13:
        return _identificar_ruc(numero)
    motivo = (
        f"La cédula debe tener 10 dígitos y el RUC debe tener 13 dígitos; este tiene {len(numero)}"
    )
    return _rechazada(TipoIdentificacion.DESCONOCIDA, numero, motivo)


def _rechazada(tipo: TipoIdentificacion, numero: str, motivo: str) -> Identificacion:
    return Identificacion(tipo=tipo, numero=numero, valida=False, motivo=motivo)


def _provincia_existe(numero: str) -> bool:
    return 1 <= int(numero[:2]) <= 24 or numero[:2] == "30"


def _digito_modulo_10(nueve: str) -> int:
    """Check digit of a cédula: doubled odd positions, nines cast out, complement to ten."""
    suma = 0
    for posicion, digito in enumerate(map(int, nueve)):
        doble = digito * 2 if posicion % 2 == 0 else digito
        suma += doble - 9 if doble > 9 else doble
    return -suma % 10


def _modulo_11_cuadra(numero: str, coeficientes: tuple[int, ...]) -> bool:
    """Check the old mod-11 digit of company and public RUCs."""
    suma = sum(int(d) * c for d, c in zip(numero, coeficientes, strict=False))
    return (suma + int(numero[len(coeficientes)])) % 11 == 0


def _motivo_cedula(numero: str) -> str:
    """Return why ten digits cannot be a cédula, or an empty text."""
    if not _provincia_existe(numero):
        return f"Revise la cédula: los dos primeros dígitos ({numero[:2]}) {_RANGO_PROVINCIA}"
    if numero[2] > "6":
        return f"Revise la cédula: el tercer dígito no puede ser {numero[2]}"
    if _digito_modulo_10(numero[:9]) != int(numero[9]):
        return "Revise la cédula: el último dígito no coincide"
    return ""


def _identificar_cedula(numero: str) -> Identificacion:
    motivo = _motivo_cedula(numero)
    return Identificacion(TipoIdentificacion.CEDULA, numero, not motivo, motivo)


def _tipo_ruc(numero: str) -> TipoIdentificacion:
    """Tell the kind of RUC by its third digit; a 6 is a person's when the cédula digit fits.

    A public entity's tenth digit is that of its establishment, 0: with one, and its own digit
    right, it is public.
    """
    tercero = numero[2]
    if tercero == "9":
        return TipoIdentificacion.RUC_SOCIEDAD
    if tercero == "6":
        publico = numero[9] == "0" and _modulo_11_cuadra(numero, _COEFICIENTES_PUBLICO)
        if publico or _motivo_cedula(numero[:10]):
            return TipoIdentificacion.RUC_PUBLICO
        return TipoIdentificacion.RUC_NATURAL
    if tercero < "6":
        return TipoIdentificacion.RUC_NATURAL
    return TipoIdentificacion.DESCONOCIDA


def _identificar_ruc(numero: str) -> Identificacion:
    tipo = _tipo_ruc(numero)
    motivo = _motivo_ruc(numero, tipo)
    if motivo:
        return _rechazada(tipo, numero, motivo)
    coeficientes = {
        TipoIdentificacion.RUC_SOCIEDAD: _COEFICIENTES_SOCIEDAD,
        TipoIdentificacion.RUC_PUBLICO: _COEFICIENTES_PUBLICO,
    }.get(tipo)
    if coeficientes is None or _modulo_11_cuadra(numero, coeficientes):
        return Identificacion(tipo, numero, valida=True, motivo="")
    return Identificacion(tipo, numero, valida=True, motivo="", advertencias=(_AVISO_DIGITO,))


def _motivo_ruc(numero: str, tipo: TipoIdentificacion) -> str:
    """Return why thirteen digits cannot be a RUC, or an empty text."""
    if not _provincia_existe(numero):
        return f"Revise el RUC: los dos primeros dígitos ({numero[:2]}) {_RANGO_PROVINCIA}"
    if tipo is TipoIdentificacion.DESCONOCIDA:
        return f"Revise el RUC: el tercer dígito no puede ser {numero[2]}"
    if numero[10:] == "000":
        return "Revise el RUC: los tres últimos dígitos son el establecimiento y no pueden ser 000"
    if tipo is TipoIdentificacion.RUC_NATURAL and _motivo_cedula(numero[:10]):
        return "Revise el RUC: sus diez primeros dígitos son una cédula y el décimo no coincide"
    return ""


@dataclass(frozen=True, slots=True, order=True)
class Cedula:
    """A valid cédula of ten digits."""

    numero: str

    def __post_init__(self) -> None:
        """Clean and validate; raises IdentificacionInvalida with a Spanish sentence."""
        dictamen = identificar(self.numero)
        if len(dictamen.numero) != 10:
            msg = "La cédula debe tener 10 dígitos."
            raise IdentificacionInvalida(msg)
        if not dictamen.valida:
            msg = f"{dictamen.motivo}."
            raise IdentificacionInvalida(msg)
        object.__setattr__(self, "numero", dictamen.numero)

    def __str__(self) -> str:
        """Return the ten digits."""
        return self.numero


@dataclass(frozen=True, slots=True, order=True)
class Ruc:
    """A RUC of thirteen digits that can exist; `advertencias` keeps what should be checked."""

    numero: str

    def __post_init__(self) -> None:
        """Clean and validate; raises IdentificacionInvalida with a Spanish sentence."""
        dictamen = identificar(self.numero)
        if len(dictamen.numero) != 13:
            msg = "El RUC debe tener 13 dígitos."
            raise IdentificacionInvalida(msg)
        if not dictamen.valida:
            msg = f"{dictamen.motivo}."
            raise IdentificacionInvalida(msg)
        object.__setattr__(self, "numero", dictamen.numero)

    @property
    def tipo(self) -> TipoIdentificacion:
        """Kind of RUC: natural person, company or public body."""
        return _tipo_ruc(self.numero)

    @property
    def advertencias(self) -> tuple[str, ...]:
        """Warnings in Spanish that never reject."""
        return identificar(self.numero).advertencias

    def __str__(self) -> str:
        """Return the thirteen digits."""
        return self.numero
