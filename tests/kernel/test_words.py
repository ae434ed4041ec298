"""Amounts in words, as a bank clerk in Ecuador writes them."""

import pytest

from recaudo.kernel.money import Dinero
from recaudo.kernel.words import en_letras, importe_en_letras

NOMBRE = "de los Estados Unidos de América"


@pytest.mark.parametrize(
    ("numero", "letras"),
    [
        (0, "cero"), (1, "un"), (16, "dieciséis"), (21, "veintiún"), (31, "treinta y un"),
        (100, "cien"), (101, "ciento un"), (500, "quinientos"), (1000, "mil"), (1001, "mil un"),
        (21_000, "veintiún mil"), (31_031, "treinta y un mil treinta y un"),
        (100_000, "cien mil"), (1_000_000, "un millón"), (2_000_001, "dos millones un"),
        (21_000_000, "veintiún millones"), (200_022, "doscientos mil veintidós"),
    ],
)  # fmt: skip
def test_whole_numbers(numero: int, letras: str) -> None:
    assert en_letras(numero) == letras


@pytest.mark.parametrize(
    ("importe", "frase"),
    [
        ("0.05", f"Cero dólares {NOMBRE} con 05/100"),
        ("1.00", f"Un dólar {NOMBRE} con 00/100"),
        ("1234.50", f"Mil doscientos treinta y cuatro dólares {NOMBRE} con 50/100"),
        ("1000000.00", f"Un millón de dólares {NOMBRE} con 00/100"),
    ],
)
def test_amounts(importe: str, frase: str) -> None:
    assert importe_en_letras(Dinero(importe)) == frase


def test_what_has_no_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="out of range"):
        en_letras(10**12)
