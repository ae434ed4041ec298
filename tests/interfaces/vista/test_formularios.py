"""Fields accept what people type and refuse in sentences that say what to do."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from recaudo.interfaces.vista.formularios import (
    CampoArchivo,
    CampoDinero,
    CampoFecha,
    CampoIdentificacion,
    Formulario,
)
from recaudo.interfaces.vista.muestrario import FormularioDeMuestra
from recaudo.kernel.money import Dinero


class Pago(Formulario):
    valor = CampoDinero(label="Valor", minimo=Dinero("10.00"), maximo=Dinero("5000.00"))


class Persona(Formulario):
    cedula = CampoIdentificacion(label="Cédula", acepta="cedula")


class Ingreso(Formulario):
    fecha = CampoFecha(label="Fecha", desde=date(2026, 1, 1), hasta=date(2026, 11, 20))


class Carga(Formulario):
    archivo = CampoArchivo(label="novedades", extensiones=("pdf", "jpg"))


def errors(form: Formulario) -> list[str]:
    return [text for texts in form.errors.values() for text in texts]


@pytest.mark.parametrize("typed", ["1234.50", "1234,50", "1.234,50", " $ 1.234,50 "])
def test_money_accepts_every_clear_writing(typed: str) -> None:
    form = Pago({"valor": typed})
    assert form.is_valid()
    assert form.cleaned_data["valor"] == Dinero("1234.50")


@given(st.integers(min_value=1000, max_value=500000))
def test_money_reads_back_what_the_screen_writes(cents: int) -> None:
    amount = Dinero.de_centavos(cents)
    form = Pago({"valor": amount.formato()})
    assert form.is_valid()
    assert form.cleaned_data["valor"] == amount


def test_money_that_reads_two_ways_is_asked_back_and_kept_as_typed() -> None:
    form = Pago({"valor": "1.234"})
    assert "puede leerse de dos maneras" in errors(form)[0]
    assert 'value="1.234"' in str(form)


def test_money_out_of_range_says_both_limits() -> None:
    assert errors(Pago({"valor": "9,99"})) == ["Ingrese un valor entre $ 10,00 y $ 5.000,00"]
    assert errors(Pago({"valor": "5000,01"})) == ["Ingrese un valor entre $ 10,00 y $ 5.000,00"]
    assert Pago({"valor": "10"}).is_valid()


def test_an_amount_already_known_is_written_with_a_comma() -> None:
    assert 'value="1234,50"' in str(Pago(initial={"valor": Dinero("1234.50")}))


def test_identification_drops_spaces_and_dashes_and_refuses_with_the_reason() -> None:
    good = Persona({"cedula": "171003 4065"})
    assert good.is_valid()
    assert good.cleaned_data["cedula"] == "1710034065"
    assert errors(Persona({"cedula": "1710034066"})) == [
        "Revise la cédula: el último dígito no coincide"
    ]
    assert errors(Persona({"cedula": "1790012345001"})) == ["La cédula debe tener 10 dígitos"]
    assert errors(Persona({"cedula": ""})) == ["Ingrese la cédula"]


@pytest.mark.parametrize("typed", ["20/11/2026", "2026-11-20", "20-11-2026"])
def test_a_date_is_read_day_first_or_in_iso(typed: str) -> None:
    form = Ingreso({"fecha": typed})
    assert form.is_valid()
    assert form.cleaned_data["fecha"] == date(2026, 11, 20)


def test_a_date_that_does_not_exist_or_is_out_of_limits_says_how_to_write_it() -> None:
    for escrita in ("31/02/2026", "2026-02-31", "31 de febrero de 2026", "31-02-2026"):
        assert errors(Ingreso({"fecha": escrita})) == [
            "El 31/02/2026 no existe: febrero de 2026 tiene 28 días"
        ]
    assert "dd/mm/aaaa" in errors(Ingreso({"fecha": "31/13/2026"}))[0]
    assert errors(Ingreso({"fecha": "21/11/2026"})) == ["La fecha debe ser hasta el 20/11/2026"]
    assert errors(Ingreso({"fecha": "31/12/2025"})) == ["La fecha debe ser desde el 01/01/2026"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.png", b"x", "El archivo debe ser PDF o JPG"),
        ("nada.pdf", b"", "El archivo está vacío"),
        ("sin_extension", b"x", "El archivo debe ser PDF o JPG"),
        ("grande.pdf", b"x" * 2_400_000,
         "El archivo debe pesar menos de 1 MB; este pesa 2,4 MB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(name: str, content: bytes, sentence: str) -> None:
    form = Carga({}, {"archivo": SimpleUploadedFile(name, content)})
    assert errors(form) == [sentence]


def test_a_file_within_the_limits_is_accepted_and_a_missing_one_is_asked_for() -> None:
    assert Carga({}, {"archivo": SimpleUploadedFile("a.PDF", b"x")}).is_valid()
    assert errors(Carga({}, {})) == ["Seleccione el archivo de «novedades»"]


def test_the_control_is_tied_to_its_hint_and_its_error() -> None:
    text = str(FormularioDeMuestra({"identificacion": "17"}))
    assert 'aria-describedby="id_identificacion_helptext id_identificacion_error"' in text
    assert 'id="id_identificacion_helptext"' in text
    assert 'id="id_identificacion_error"' in text
    assert 'aria-invalid="true"' in text
    assert "required" not in text
    assert "(opcional)" in text


def test_a_group_of_options_has_a_legend_and_the_summary_leads_to_its_first_option() -> None:
    form = FormularioDeMuestra({})
    assert "<legend" in str(form)
    canal = form["canal"]
    assert getattr(canal, "id_del_control") == "id_canal_0"  # noqa: B009 - ours, not Django's
    assert 'id="id_canal_0"' in str(form)


def test_no_sentence_of_ours_begs_or_says_invalid() -> None:
    sentences = " ".join(errors(FormularioDeMuestra({"canal": "otro", "fecha_ingreso": "x"})))
    assert "por favor" not in sentences.lower()
    assert "obligatorio" not in sentences.lower()
