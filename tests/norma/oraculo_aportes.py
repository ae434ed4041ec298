"""A slow, independent reading of the contribution rules, in exact fractions.

It shares no code with the engine: it rounds, shares and sorts on its own.
"""

from fractions import Fraction
from math import floor


def redondear(cantidad):
    """Round a non-negative fraction half up."""
    return floor(cantidad + Fraction(1, 2))


def repartir(total, pesos):
    """Largest remainder, ties to the first: one cent at a time to whoever lacks most."""
    suma = sum(pesos)
    cuotas = [Fraction(total * peso, suma) for peso in pesos]
    partes = [floor(cuota) for cuota in cuotas]
    while sum(partes) < total:
        faltas = [cuota - parte for cuota, parte in zip(cuotas, partes, strict=True)]
        partes[faltas.index(max(faltas))] += 1
    return partes


def aporte(base, tarifa):
    """Return (personal, total, ccc, *seguros) of a base in cents."""
    total = redondear(Fraction(base) * Fraction(tarifa.total, 10_000))
    personal = redondear(Fraction(base) * Fraction(tarifa.personal, 10_000))
    ccc = redondear(Fraction(base) * Fraction(tarifa.ccc, 10_000))
    partes = repartir(total, tarifa.seguros) if tarifa.distribuida else [0] * len(tarifa.seguros)
    return (personal, total, ccc, *partes)
