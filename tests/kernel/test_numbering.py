"""Numbers people copy: one wrong digit is always noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.numbering import (
    SerieAgotada,
    digito_de_control,
    es_numero_con_control,
    numero_con_control,
    numeros_en,
    numeros_partidos_en,
)

NUMEROS = st.builds(numero_con_control, st.integers(1990, 2099), st.integers(1, 999_999_999))


def test_the_digit_is_the_one_of_iso_7064_mod_11_10() -> None:
    assert digito_de_control("0794") == "5"  # example of the standard


@given(NUMEROS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_never_passes(numero: str, lugar: int, salto: int) -> None:
    otro = str((int(numero[lugar]) + salto) % 10)
    assert not es_numero_con_control(numero[:lugar] + otro + numero[lugar + 1 :])


@given(NUMEROS, st.text("abc ,.-", max_size=20), st.text("abc ,.-", max_size=20))
def test_it_is_found_inside_a_text(numero: str, antes: str, luego: str) -> None:
    assert numeros_en(antes + numero + luego) == (numero,)


@given(st.lists(NUMEROS | st.text("0129 a", max_size=16) | st.just(numero_con_control(2026, 1))))
def test_all_that_is_found_is_each_well_formed_number_once(trozos: list[str]) -> None:
    seguidas = "".join(c if c.isdigit() else " " for c in " ".join(trozos)).split()
    esperados = [n for n in seguidas if es_numero_con_control(n)]
    assert numeros_en(" ".join(trozos)) == tuple(dict.fromkeys(esperados))


def test_digits_glued_to_others_are_not_a_number() -> None:
    numero = numero_con_control(2026, 1)
    assert numeros_en(f"1{numero} {numero}9") == ()


def test_a_year_holds_nine_digits_of_numbers() -> None:
    with pytest.raises(SerieAgotada):
        numero_con_control(2026, 10**9)


@given(NUMEROS, st.integers(1, 13), st.sampled_from([" ", "-", ".", "/"]))
def test_one_cut_in_two_is_put_together_and_only_by_who_asks_for_it(
    numero: str, corte: int, signo: str
) -> None:
    partido = f"{numero[:corte]}{signo}{numero[corte:]}"
    assert numero in numeros_partidos_en(f"PAGO {partido} GRACIAS")
    assert numero not in numeros_en(partido)


def test_one_with_zeros_before_or_after_another_group_is_found() -> None:
    numero = numero_con_control(2026, 123)
    assert numeros_partidos_en(f"000{numero}") == (numero,)
    assert numeros_partidos_en(f"77 {numero[:6]} {numero[6:]}") == (numero,)
    assert numeros_partidos_en("sin números") == ()


def test_one_told_figure_by_figure_is_found_behind_other_groups() -> None:
    numero = numero_con_control(2026, 123)
    assert numeros_partidos_en(f"77 88 {' '.join(numero)}") == (numero,)
