"""Money and rates: US dollars in whole cents, one rounding (half up), no floats anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import total_ordering
from typing import ClassVar

from recaudo.kernel.refusals import Rechazo

_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_UN_SOLO_GRUPO = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)


class ImporteIlegible(Rechazo, ValueError):
    """A text cannot be read as an amount without guessing."""

    mensaje = "Escriba el valor en dólares, por ejemplo 1234,50."


def dividir_redondeando(numerador: int, denominador: int) -> int:
    """Divide two integers rounding half away from zero (HALF_UP); `denominador` > 0."""
    signo = -1 if numerador < 0 else 1
    return signo * ((2 * abs(numerador) + denominador) // (2 * denominador))


def _decimal_exacto(valor: object) -> Decimal:
    """Read a str, int or Decimal as a finite Decimal; float and bool are TypeError."""
    if isinstance(valor, bool) or not isinstance(valor, (str, int, Decimal)):
        msg = f"money takes str, int or Decimal, never {type(valor).__name__}"
        raise TypeError(msg)
    if isinstance(valor, str) and _DECIMAL.fullmatch(valor) is None:
        msg = f"not a decimal number: {valor!r}"
        raise ValueError(msg)
    numero = Decimal(valor)
    if not numero.is_finite():
        msg = f"not a finite number: {valor!r}"
        raise ValueError(msg)
    return numero


@total_ordering
class Dinero:
    """An exact amount in US dollars, kept as whole cents; immutable, hashable, ordered."""

    __slots__ = ("centavos",)
    centavos: int
    CERO: ClassVar[Dinero]

    def __init__(self, importe: str | int | Decimal) -> None:
        """Build from dollars; TypeError for floats, ValueError for more than two decimals."""
        numerador, denominador = _decimal_exacto(importe).as_integer_ratio()
        centavos, resto = divmod(numerador * 100, denominador)
        if resto:
            msg = f"more than two decimals: {importe}; use Dinero.redondear"
            raise ValueError(msg)
        object.__setattr__(self, "centavos", centavos)

    @classmethod
    def de_centavos(cls, centavos: int) -> Dinero:
        """Build from whole cents."""
        if type(centavos) is not int:
            msg = f"cents are int, never {type(centavos).__name__}"
            raise TypeError(msg)
        nuevo = object.__new__(cls)
        object.__setattr__(nuevo, "centavos", centavos)
        return nuevo

    @classmethod
    def redondear(cls, importe: Decimal) -> Dinero:
        """Round dollars to the cent, half away from zero: the one rounding of the house."""
        numerador, denominador = _decimal_exacto(importe).as_integer_ratio()
        return cls.de_centavos(dividir_redondeando(numerador * 100, denominador))

    @property
    def importe(self) -> Decimal:
        """The amount in dollars as a Decimal with two places."""
        return Decimal(str(self))

    def __setattr__(self, nombre: str, valor: object) -> None:
        """Refuse any change: amounts are values."""
        msg = "Dinero is immutable"
        raise AttributeError(msg)

    def __delattr__(self, nombre: str) -> None:
        """Refuse any change: amounts are values."""
        msg = "Dinero is immutable"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[object, tuple[int]]:
        """Allow copies and pickles."""
        return (Dinero.de_centavos, (self.centavos,))

    def __eq__(self, otro: object) -> bool:
        """Compare amounts; never equal to a bare number."""
        return self.centavos == otro.centavos if isinstance(otro, Dinero) else NotImplemented

    def __lt__(self, otro: object) -> bool:
        """Order by amount."""
        return self.centavos < otro.centavos if isinstance(otro, Dinero) else NotImplemented

    def __hash__(self) -> int:
        """Hash by amount."""
        return hash((Dinero, self.centavos))

    def __bool__(self) -> bool:
        """Say whether the amount is not zero."""
        return self.centavos != 0

    def __add__(self, otro: Dinero) -> Dinero:
        """Add two amounts."""
        if not isinstance(otro, Dinero):
            return NotImplemented
        return Dinero.de_centavos(self.centavos + otro.centavos)

    def __radd__(self, otro: object) -> Dinero:
        """Let sum() start from the integer 0."""
        return self if type(otro) is int and otro == 0 else NotImplemented

    def __sub__(self, otro: Dinero) -> Dinero:
        """Subtract an amount."""
        if not isinstance(otro, Dinero):
            return NotImplemented
        return Dinero.de_centavos(self.centavos - otro.centavos)

    def __neg__(self) -> Dinero:
        """Change the sign."""
        return Dinero.de_centavos(-self.centavos)

    def __abs__(self) -> Dinero:
        """Drop the sign."""
        return Dinero.de_centavos(abs(self.centavos))

    def __mul__(self, veces: int) -> Dinero:
        """Multiply by a whole number; anything else needs a rate and a named rounding."""
        if type(veces) is not int:
            return NotImplemented
        return Dinero.de_centavos(self.centavos * veces)

    __rmul__ = __mul__

    def proporcion(self, numerador: int, denominador: int) -> Dinero:
        """Return amount × numerador / denominador, rounded once half up (e.g. days / 30)."""
        return Dinero.de_centavos(dividir_redondeando(self.centavos * numerador, denominador))

    def __str__(self) -> str:
        """Return plain dollars with a point and two decimals: `1234.50`."""
        enteros, decimales = divmod(abs(self.centavos), 100)
        return f"{'-' if self.centavos < 0 else ''}{enteros}.{decimales:02d}"

    def __repr__(self) -> str:
        """Return the constructor call."""
        return f"Dinero('{self}')"

    def formato(self) -> str:
        """Return the amount as Ecuador writes it: `$ 1.234,50`."""
        enteros, decimales = divmod(abs(self.centavos), 100)
        signo = "-" if self.centavos < 0 else ""
        return f"{signo}$ {enteros:,}".replace(",", ".") + f",{decimales:02d}"


Dinero.CERO = Dinero.de_centavos(0)


@total_ordering
class Tasa:
    """A percentage: `Tasa("9.45")` is 9.45 %; exact, immutable, hashable, ordered."""

    __slots__ = ("porcentaje",)
    porcentaje: Decimal

    def __init__(self, porcentaje: str | int | Decimal) -> None:
        """Build from percent points; TypeError for floats, ValueError for other texts."""
        object.__setattr__(self, "porcentaje", _decimal_exacto(porcentaje))

    @classmethod
    def de_diezmilesimas(cls, diezmilesimas: int) -> Tasa:
        """Build from whole ten-thousandths of the base: 945 is 9.45 %."""
        return cls(Decimal(diezmilesimas).scaleb(-2))

    @property
    def fraccion(self) -> Decimal:
        """The rate as a fraction of one: 0.0945."""
        return self.porcentaje.scaleb(-2)

    def aplicar(self, base: Dinero) -> Dinero:
        """Return the rate of an amount in USD, rounded once to the cent, half up."""
        numerador, denominador = self.porcentaje.as_integer_ratio()
        return Dinero.de_centavos(dividir_redondeando(base.centavos * numerador, denominador * 100))

    def a_diezmilesimas(self) -> int:
        """Return whole ten-thousandths of the base (9.45 % is 945); ValueError when not exact."""
        numerador, denominador = self.porcentaje.as_integer_ratio()
        entero, resto = divmod(numerador * 100, denominador)
        if resto:
            msg = f"{self} % is not a whole number of ten-thousandths"
            raise ValueError(msg)
        return entero

    def __setattr__(self, nombre: str, valor: object) -> None:
        """Refuse any change: rates are values."""
        msg = "Tasa is immutable"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[object, tuple[Decimal]]:
        """Allow copies and pickles."""
        return (Tasa, (self.porcentaje,))

    def __eq__(self, otra: object) -> bool:
        """Compare by value: 9.45 equals 9.450."""
        return self.porcentaje == otra.porcentaje if isinstance(otra, Tasa) else NotImplemented

    def __lt__(self, otra: object) -> bool:
        """Order by value."""
        return self.porcentaje < otra.porcentaje if isinstance(otra, Tasa) else NotImplemented

    def __hash__(self) -> int:
        """Hash by value."""
        return hash((Tasa, self.porcentaje))

    def __str__(self) -> str:
        """Return percent points with at least two decimals: `9.45`, `1.00`."""
        exponente = self.porcentaje.as_tuple().exponent
        decimales = max(2, -exponente) if isinstance(exponente, int) else 2
        return f"{self.porcentaje:.{decimales}f}"

    def __repr__(self) -> str:
        """Return the constructor call."""
        return f"Tasa('{self}')"


def repartir(total: Dinero, pesos: Mapping[str, int]) -> dict[str, Dinero]:
    """Split an amount by integer weights with the largest remainder; the parts add up exactly.

    Ties go to the earlier key of the mapping. ValueError for negative weights or a zero sum.
    """
    partes = repartir_centavos(abs(total.centavos), tuple(pesos.values()))
    signo = -1 if total.centavos < 0 else 1
    return {
        clave: Dinero.de_centavos(signo * parte) for clave, parte in zip(pesos, partes, strict=True)
    }


def repartir_centavos(total: int, pesos: tuple[int, ...]) -> tuple[int, ...]:
    """Split non-negative cents by integer weights with the largest remainder (ties: first wins)."""
    suma = sum(pesos)
    if suma <= 0 or min(pesos) < 0 or total < 0:
        msg = "weights must be non-negative with a positive sum, total non-negative"
        raise ValueError(msg)
    partes = [total * peso // suma for peso in pesos]
    faltan = total - sum(partes)
    if faltan:
        restos = [total * peso % suma for peso in pesos]
        orden = sorted(range(len(pesos)), key=restos.__getitem__, reverse=True)
        for indice in orden[:faltan]:
            partes[indice] += 1
    return tuple(partes)


def interpretar_dinero(texto: str) -> Dinero:
    """Read what people type: `1234.50`, `1234,50`, `1.234,50`, with `$`, `USD`, spaces or not.

    A lone group of three digits after one mark (`1.234`) is asked back, never guessed:
    raises ImporteIlegible with a Spanish sentence.
    """
    limpio = re.sub(r"[\s\u00a0\u202f$]", "", texto)
    limpio = re.sub(r"^(?:USD?)|USD$", "", limpio, flags=re.IGNORECASE)
    if not limpio:
        msg = "Escriba el valor en dólares, por ejemplo 1234,50."
        raise ImporteIlegible(msg)
    if limpio.startswith("-"):
        msg = f"Escriba el valor sin signo: «{texto.strip()}» es negativo."
        raise ImporteIlegible(msg)
    grupo = _UN_SOLO_GRUPO.fullmatch(limpio)
    if grupo is not None:
        msg = (
            f"«{texto.strip()}» puede leerse de dos maneras. Escriba {grupo[1]}{grupo[2]},00 "
            "si son dólares enteros, o use dos decimales."
        )
        raise ImporteIlegible(msg)
    return _leer_con_decimales(limpio, texto)


def _leer_con_decimales(limpio: str, original: str) -> Dinero:
    """Read an amount whose last mark, if any, is the decimal one."""
    partes = re.fullmatch(
        r"(?P<enteros>\d+|[1-9]\d{0,2}(?:\.\d{3})+(?=,|$)|[1-9]\d{0,2}(?:,\d{3})+(?=\.|$))"
        r"(?:[.,](?P<decimales>\d{1,2}))?",
        limpio,
        re.ASCII,
    )
    if partes is None:
        msg = (
            f"No se entiende el valor «{original.strip()}». Escriba dólares con dos decimales "
            "como máximo, por ejemplo 1234,50."
        )
        raise ImporteIlegible(msg)
    enteros = re.sub(r"[.,]", "", partes["enteros"])
    return Dinero(f"{enteros}.{(partes['decimales'] or '0')}")
