"""Spanish order without the machine's locale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.text import clave_de_orden, contar, es_razon


def test_enie_is_a_letter_between_n_and_o() -> None:
    palabras = ["caoba", "caña", "canto", "cazo", "canzonetista"]
    assert sorted(palabras, key=clave_de_orden) == [
        "canto",
        "canzonetista",
        "caña",
        "caoba",
        "cazo",
    ]


def test_accents_case_and_blanks_do_not_count() -> None:
    assert clave_de_orden("  ÁLVAREZ   Núñez ") == clave_de_orden("alvarez nuñez")
    assert clave_de_orden("pingüino") == "pinguino"


def test_the_two_ways_of_writing_enie_are_the_same_letter() -> None:
    assert clave_de_orden("Pen\u0303a") == clave_de_orden("Peña") == "pen~a"


@given(st.text())
def test_the_key_never_fails_and_is_stable(texto: str) -> None:
    clave = clave_de_orden(texto)
    assert clave == " ".join(clave.split())


@pytest.mark.parametrize("texto", ["", "  ", "😀😀😀", "…", "-- !!", "\u200b", "x" * 11])
def test_a_reason_says_something_and_fits(texto: str) -> None:
    assert not es_razon(texto, hasta=10)
    assert es_razon("C.D. 604", hasta=10)


@pytest.mark.parametrize(
    ("cuantos", "dicho"),
    [(0, "0 planillas"), (1, "1 planilla"), (2, "2 planillas"), (1_234_567, "1.234.567 planillas")],
)
def test_one_is_singular_and_the_others_are_plural(cuantos: int, dicho: str) -> None:
    assert contar(cuantos, "planilla", "planillas") == dicho
