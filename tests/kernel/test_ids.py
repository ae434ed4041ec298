"""Cédulas and RUCs: what can exist, what must be rejected, what is only a warning."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recaudo.kernel.ids import Cedula, IdentificacionInvalida, Ruc, TipoIdentificacion, identificar

MUESTRAS = Path(__file__).parent / "muestras"


def _filas(nombre):
    with (MUESTRAS / nombre).open(encoding="utf-8") as archivo:
        return list(csv.DictReader(archivo))


@pytest.mark.parametrize("fila", _filas("ruc.csv"), ids=lambda fila: fila["ruc"])
def test_every_issued_ruc_is_accepted_and_a_wrong_check_digit_only_warns(fila):
    dictamen = identificar(fila["ruc"])
    assert dictamen.valida
    assert dictamen.tipo == fila["tipo"]
    assert bool(dictamen.advertencias) == (fila["con_advertencia"] == "si")


def test_every_synthetic_cedula_gets_the_expected_verdict():
    filas = _filas("cedulas_sinteticas.csv")
    assert len(filas) == 509
    distintas = [
        fila
        for fila in filas
        if identificar(fila["cedula"]).valida != (fila["resultado_esperado"] == "valida")
    ]
    assert not distintas


@pytest.mark.parametrize(
    ("texto", "motivo"),
    [
        ("2050019873", "último dígito"),
        ("205001987", "10 dígitos"),
        ("20500198720", "13 dígitos"),
        ("2550019872", "provincia"),
        ("2070019872", "tercer dígito"),
        ("20500A9872", "solo tienen dígitos"),
        ("", "Escriba la cédula"),
        ("2050019872000", "establecimiento"),
        ("1790016919000", "establecimiento"),
        ("1760013210000", "establecimiento"),
        ("2590016919001", "provincia"),
        ("1780016919001", "tercer dígito"),
        ("2050019873001", "décimo no coincide"),
        ("٢٠٥٠٠١٩٨٧٢", "solo tienen dígitos"),
    ],
)
def test_what_cannot_exist_is_rejected_with_its_reason(texto, motivo):
    dictamen = identificar(texto)
    assert not dictamen.valida
    assert motivo in dictamen.motivo


def test_spaces_dots_and_dashes_are_dropped():
    dictamen = identificar(" 205.001-9872 ")
    assert dictamen.valida
    assert dictamen.numero == "2050019872"
    assert identificar("205001987–2").valida


def test_the_ruc_of_a_person_is_a_cedula_and_an_establishment():
    dictamen = identificar("2050019872001")
    assert (dictamen.tipo, dictamen.valida) == (TipoIdentificacion.RUC_NATURAL, True)


@given(st.integers(1, 24), st.integers(0, 999_999))
@example(17, 7)  # the old digit of a public entity fits by chance
def test_a_third_digit_6_is_a_person_when_the_tenth_is_its_check_digit_and_not_0(provincia, serie):
    nueve = f"{provincia:02d}6{serie:06d}"
    (digito,) = [d for d in range(10) if identificar(f"{nueve}{d}").valida]
    tipo = identificar(f"{nueve}{digito}001").tipo
    if digito:
        assert tipo is TipoIdentificacion.RUC_NATURAL


def test_province_30_is_for_ecuadorians_abroad():
    nueve = "301234567"
    vecinas = [identificar(f"{nueve}{digito}") for digito in range(10)]
    assert [v.valida for v in vecinas].count(True) == 1


@given(st.integers(0, 23), st.integers(0, 5), st.integers(0, 999_999))
def test_exactly_one_check_digit_makes_a_cedula(provincia, tercero, serie):
    nueve = f"{provincia + 1:02d}{tercero}{serie:06d}"
    validas = [d for d in range(10) if identificar(f"{nueve}{d}").valida]
    assert len(validas) == 1


@given(
    st.sampled_from([f["cedula"] for f in _filas("cedulas_sinteticas.csv")[:50]]),
    st.integers(0, 9),
    st.integers(1, 9),
)
def test_changing_one_digit_of_a_cedula_is_always_noticed(cedula, posicion, salto):
    cambiada = f"{cedula[:posicion]}{(int(cedula[posicion]) + salto) % 10}{cedula[posicion + 1 :]}"
    assert not identificar(cambiada).valida


@given(st.text(max_size=20))
def test_any_text_gets_a_verdict_and_never_an_exception(texto):
    dictamen = identificar(texto)
    assert dictamen.valida == (dictamen.motivo == "")


def test_value_objects_clean_and_refuse_with_a_sentence():
    assert str(Cedula("205001987-2")) == "2050019872"
    ruc = Ruc("1793213150 001")
    assert (ruc.numero, ruc.tipo) == ("1793213150001", TipoIdentificacion.RUC_SOCIEDAD)
    assert ruc.advertencias
    for clase, texto in ((Cedula, "1793213150001"), (Ruc, "2050019872"), (Cedula, "2050019873")):
        with pytest.raises(IdentificacionInvalida) as rechazo:
            clase(texto)
        assert rechazo.value.codigo == "IDENTIFICACION_INVALIDA"
        assert rechazo.value.mensaje.endswith(".")
