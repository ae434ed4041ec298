"""Money: exact, immutable, one rounding, and what people type."""

import copy
import pickle
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.money import (
    Dinero,
    ImporteIlegible,
    Tasa,
    interpretar_dinero,
    repartir,
)

CENTAVOS = st.integers(min_value=-(10**15), max_value=10**15)
PUNTOS = st.integers(min_value=0, max_value=20_000)


@pytest.mark.parametrize(
    ("entrada", "centavos"),
    [("12.34", 1234), ("-0.05", -5), (12, 1200), (Decimal("7.5"), 750), ("1.230", 123)],
)
def test_an_amount_is_built_exactly_from_text_integers_and_decimals(entrada, centavos):
    assert Dinero(entrada).centavos == centavos


@pytest.mark.parametrize("entrada", [1.5, True, None, b"1", [1]])
def test_an_amount_refuses_types_that_are_not_exact(entrada):
    with pytest.raises(TypeError):
        Dinero(entrada)


@pytest.mark.parametrize(
    "entrada", ["1.234", Decimal("0.001"), "1,5", "1e3", "", " 1", "NaN", Decimal("Infinity"), "٣"]
)
def test_an_amount_refuses_more_than_two_decimals_and_texts_that_are_not_numbers(entrada):
    with pytest.raises(ValueError, match=r"decimal|number"):
        Dinero(entrada)


def test_an_amount_cannot_be_changed_after_being_built():
    importe = Dinero("1.00")
    with pytest.raises(AttributeError):
        importe.centavos = 5
    with pytest.raises(AttributeError):
        del importe.centavos
    with pytest.raises(AttributeError):
        importe.otro = 1
    assert importe == Dinero("1.00")


def test_an_amount_is_never_equal_to_a_bare_number_and_never_adds_one():
    assert Dinero(5) != 5
    with pytest.raises(TypeError):
        Dinero(5) + 1
    with pytest.raises(TypeError):
        Dinero(5) < 6  # noqa: B015
    with pytest.raises(TypeError):
        Dinero(5) * Decimal("1.5")


def test_sum_works_without_a_start_but_refuses_a_nonzero_one():
    assert sum([Dinero("0.10"), Dinero("0.20")]) == Dinero("0.30")
    with pytest.raises(TypeError):
        1 + Dinero("0.10")


@given(CENTAVOS, CENTAVOS)
def test_arithmetic_of_amounts_is_that_of_their_cents(uno, otro):
    a, b = Dinero.de_centavos(uno), Dinero.de_centavos(otro)
    assert (a + b).centavos == uno + otro
    assert (a - b).centavos == uno - otro
    assert (-a).centavos == -uno
    assert abs(a).centavos == abs(uno)
    assert (a < b, a <= b, a > b) == (uno < otro, uno <= otro, uno > otro)
    assert bool(a) == bool(uno)
    assert (a == b) == (uno == otro)
    assert hash(a) == hash(Dinero.de_centavos(uno))


@given(CENTAVOS)
def test_an_amount_survives_its_text_its_decimal_a_copy_and_a_pickle(centavos):
    importe = Dinero.de_centavos(centavos)
    assert Dinero(str(importe)) == importe
    assert Dinero(importe.importe) == importe
    assert copy.deepcopy(importe) == importe
    assert pickle.loads(pickle.dumps(importe)) == importe
    assert importe.importe.as_tuple().exponent == -2


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
    )
)
def test_the_one_rounding_is_half_away_from_zero(valor):
    esperado = valor.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert Dinero.redondear(valor) == Dinero(esperado)


def test_half_a_cent_goes_up_where_bankers_rounding_would_go_down():
    assert Dinero.redondear(Decimal("0.125")) == Dinero("0.13")
    assert Dinero.redondear(Decimal("-0.125")) == Dinero("-0.13")
    assert round(Decimal("0.125"), 2) == Decimal("0.12")  # the twin: the wrong mode is told apart


@pytest.mark.parametrize(
    ("importe", "plano", "humano"),
    [
        ("1234.5", "1234.50", "$ 1.234,50"),
        ("-1234567.89", "-1234567.89", "-$ 1.234.567,89"),
        ("0", "0.00", "$ 0,00"),
        ("-0.05", "-0.05", "-$ 0,05"),
    ],
)
def test_an_amount_prints_plain_and_as_ecuador_writes_it(importe, plano, humano):
    assert str(Dinero(importe)) == plano
    assert Dinero(importe).formato() == humano


def test_cents_are_built_only_from_integers():
    with pytest.raises(TypeError):
        Dinero.de_centavos(1.0)
    with pytest.raises(TypeError):
        Dinero.de_centavos(True)


@pytest.mark.parametrize(
    ("texto", "importe"),
    [
        ("1234.50", "1234.50"),
        ("1234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        (" $ 1.234,50 ", "1234.50"),
        ("1234", "1234.00"),
        ("0,5", "0.50"),
        ("1.234.567", "1234567.00"),
        ("1.234.567,8", "1234567.80"),
    ],
)
def test_money_is_read_as_people_type_it(texto, importe):
    assert interpretar_dinero(texto) == Dinero(importe)


@pytest.mark.parametrize("texto", ["1.234", "1,234", "999.999"])
def test_a_lone_group_of_three_digits_is_asked_back_not_guessed(texto):
    with pytest.raises(ImporteIlegible, match="dos maneras"):
        interpretar_dinero(texto)


@pytest.mark.parametrize(
    "texto",
    ["", "  ", "abc", "1.2345", "1.23,4", "0,123", "1.234,567", "12.34.56", "-5", "1..2", "٣"],
)
def test_money_that_cannot_be_read_is_refused_with_a_sentence(texto):
    with pytest.raises(ImporteIlegible) as rechazo:
        interpretar_dinero(texto)
    assert rechazo.value.codigo == "IMPORTE_ILEGIBLE"
    assert rechazo.value.mensaje.endswith(".")


@given(st.integers(min_value=0, max_value=10**12))
def test_every_amount_we_show_can_be_typed_back(centavos):
    importe = Dinero.de_centavos(centavos)
    assert interpretar_dinero(importe.formato()) == importe
    assert interpretar_dinero(str(importe)) == importe


def test_a_negative_amount_is_told_apart_from_an_unreadable_one():
    with pytest.raises(ImporteIlegible, match="sin signo"):
        interpretar_dinero("-5")


def test_a_rate_is_percent_points_and_prints_at_least_two_decimals():
    assert str(Tasa("9.45")) == "9.45"
    assert str(Tasa(1)) == "1.00"
    assert str(Tasa("0.0833")) == "0.0833"
    assert Tasa("9.45").fraccion == Decimal("0.0945")
    assert Tasa("9.450") == Tasa("9.45")
    assert hash(Tasa("9.450")) == hash(Tasa("9.45"))
    assert Tasa("9.45") < Tasa("9.46")
    assert pickle.loads(pickle.dumps(Tasa("9.45"))) == Tasa("9.45")
    with pytest.raises(TypeError):
        Tasa(9.45)


@given(CENTAVOS, PUNTOS)
def test_a_rate_applies_with_one_rounding(centavos, puntos):
    obtenido = Tasa.de_diezmilesimas(puntos).aplicar(Dinero.de_centavos(centavos)).centavos
    exacto = Fraction(centavos * puntos, 10_000)
    assert abs(exacto - obtenido) <= Fraction(1, 2)
    if abs(exacto - obtenido) == Fraction(1, 2):
        assert abs(obtenido) > abs(exacto)


@given(PUNTOS)
def test_ten_thousandths_go_and_come_back(puntos):
    assert Tasa.de_diezmilesimas(puntos).a_diezmilesimas() == puntos


def test_a_rate_finer_than_ten_thousandths_is_not_cut_silently():
    assert Tasa("9.45").a_diezmilesimas() == 945
    with pytest.raises(ValueError, match="ten-thousandths"):
        Tasa("9.455").a_diezmilesimas()


@given(
    CENTAVOS,
    st.lists(st.integers(min_value=0, max_value=5_000), min_size=1, max_size=9).filter(any),
)
def test_the_parts_add_up_and_none_is_a_cent_away_from_its_share(centavos, pesos):
    total = Dinero.de_centavos(centavos)
    claves = {f"parte {i}": peso for i, peso in enumerate(pesos)}
    partes = repartir(total, claves)
    assert list(partes) == list(claves)
    assert sum(partes.values()) == total
    for clave, peso in claves.items():
        exacto = Fraction(centavos * peso, sum(pesos))
        assert abs(partes[clave].centavos - exacto) < 1
        assert peso or not partes[clave]


def test_the_tied_cent_goes_to_the_first_of_the_mapping():
    assert repartir(Dinero("0.01"), {"b": 1, "a": 1}) == {"b": Dinero("0.01"), "a": Dinero.CERO}
    assert repartir(Dinero("0.01"), {"a": 1, "b": 1}) == {"a": Dinero("0.01"), "b": Dinero.CERO}
    assert repartir(Dinero("-0.01"), {"a": 1, "b": 1})["a"] == Dinero("-0.01")


@pytest.mark.parametrize("pesos", [{}, {"a": 0}, {"a": -1, "b": 2}])
def test_weights_that_mean_nothing_are_refused(pesos):
    with pytest.raises(ValueError, match="weights"):
        repartir(Dinero(1), pesos)
