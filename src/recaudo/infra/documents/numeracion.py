"""Gap-free numbers: one locked row per kind, province and year; a rollback returns the number."""

from django.db import connection

_RESERVAR = """
INSERT INTO documents_numeracion AS n (tipo, provincia, anio, ultimo) VALUES (%s, %s, %s, %s)
ON CONFLICT (tipo, provincia, anio) DO UPDATE SET ultimo = n.ultimo + excluded.ultimo
RETURNING ultimo
"""
SIN_PROVINCIA = "00"
CIFRAS = 6


def siguiente_numero(*, tipo: str, provincia: str, anio: int) -> int:
    """Take the next number of the series, from 1.

    The row stays locked until the transaction ends, so two acts of one series queue up and an act
    that fails leaves no gap (an act without its number, or a number
    without its act, cannot exist). Must run inside a transaction.
    """
    return reservar_numeros(tipo, provincia, anio, 1)


def reservar_numeros(tipo: str, provincia: str, anio: int, cuantos: int) -> int:
    """Take `cuantos` consecutive numbers at once and return the first. For mass acts."""
    if cuantos < 1:
        mensaje = f"Reserve at least one number, not {cuantos}"
        raise ValueError(mensaje)
    if not connection.in_atomic_block:
        mensaje = "A number is taken inside the transaction of its act"
        raise AssertionError(mensaje)
    with connection.cursor() as cursor:
        cursor.execute(_RESERVAR, [tipo, provincia, anio, cuantos])
        ultimo: int = cursor.fetchone()[0]
    return ultimo - cuantos + 1


def numero_de_documento(provincia: str, anio: int, n: int) -> str:
    """Write the number as PP-AAAA-NNNNNN; 00 when the series has no province."""
    return f"{provincia or SIN_PROVINCIA}-{anio}-{n:0{CIFRAS}d}"


__all__ = ["numero_de_documento", "reservar_numeros", "siguiente_numero"]
