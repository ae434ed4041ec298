"""A stream gives every row once, a few thousand at a time, and leaves the session as it was."""

import pytest
from django.db import connection

from recaudo.infra.corriente import TANDA, en_corriente

pytestmark = pytest.mark.django_db


def _ajuste(nombre: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {nombre}")
        return str(cursor.fetchone()[0])


def test_every_row_comes_once_and_in_order_whatever_their_number() -> None:
    for cuantas in (0, 1, TANDA, TANDA + 1, 3 * TANDA):
        filas = en_corriente("SELECT i, 'x' FROM generate_series(1, %s) i ORDER BY i", [cuantas])
        assert list(filas) == [(n, "x") for n in range(1, cuantas + 1)]


def test_the_settings_of_one_reading_are_of_that_reading_alone() -> None:
    antes = _ajuste("enable_partitionwise_join"), _ajuste("cursor_tuple_fraction")
    filas = en_corriente("SELECT 1", ajustes=["enable_partitionwise_join = on"])
    assert next(filas) == (1,)
    assert _ajuste("enable_partitionwise_join") == "on"
    filas.close()
    assert (_ajuste("enable_partitionwise_join"), _ajuste("cursor_tuple_fraction")) == antes
