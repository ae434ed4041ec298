"""How the office writes amounts, dates, periods and states, everywhere the same."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.interfaces.vista import formatos, tonos
from recaudo.interfaces.vista.templatetags.vista import sin_corte
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo


def test_an_amount_is_written_the_same_from_dinero_cents_or_a_decimal_of_dollars() -> None:
    for value in (Dinero("1234.50"), 123450, Decimal("1234.50"), "1234.50"):
        assert formatos.escribir_dinero(value) == "$ 1.234,50"
    assert formatos.escribir_dinero(None) == "—"


def test_an_amount_as_float_is_refused() -> None:
    with pytest.raises(TypeError):
        formatos.escribir_dinero(12.5)


def test_dates_carry_their_weekday_and_the_short_form_its_time() -> None:
    assert formatos.escribir_fecha(date(2026, 12, 3)) == "jueves 3 de diciembre de 2026"
    assert formatos.escribir_fecha_corta(date(2026, 12, 3)) == "03/12/2026"
    instant = datetime(2026, 12, 3, 2, 5, tzinfo=UTC)
    assert formatos.escribir_fecha_corta(instant) == "02/12/2026 21:05", "the hour of Ecuador"
    assert formatos.escribir_fecha(instant) == "miércoles 2 de diciembre de 2026"
    local = datetime(2026, 12, 3, 9, 5)  # noqa: DTZ001 - one already made local
    assert formatos.escribir_fecha_corta(local) == "03/12/2026 09:05"


@pytest.mark.parametrize(
    ("norma", "dicha"),
    [
        ("LSS arts. 73 y 89 (R-COM-02)", "LSS arts. 73 y 89"),
        ("Decisión de diseño R-BAS-20, R-BAS-21", "Criterio de cálculo de este sistema"),
        ("Práctica del IESS R-BAS-05", "Práctica del IESS"),
        ("Reglas de comprobantes (R-COM-01 a R-COM-03)", "Reglas de comprobantes"),
        ("R-VEN-04: fecha de la transacción del canal", "Fecha de la transacción del canal"),
        ("R-ANU-02", ""),
        ("C.D. 497 2.3.2.1 e)", "C.D. 497 2.3.2.1 e)"),
        ("COA arts. 158 y 159", "COA arts. 158 y 159"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_citation_keeps_the_law_and_drops_our_own_codes(norma: str | None, dicha: str) -> None:
    assert formatos.escribir_cita(norma) == dicha


def test_who_what_and_where_have_one_writing() -> None:
    assert formatos.escribir_planilla("2026-10") == "Planilla de octubre de 2026"
    assert formatos.escribir_planilla("2026-10", sucursal="0002") == "Planilla de octubre de 2026"
    varias = formatos.escribir_planilla("2026-10", sucursal="0002", varias=True)
    assert varias == "Planilla de octubre de 2026, sucursal 0002"
    assert [formatos.escribir_actor(x) for x in ("sistema", "Rosa", " ")] == [
        "Sistema", "Rosa", "—"
    ]  # fmt: skip
    assert formatos.escribir_lugar("BOLÍVAR", "CARCHI") == "Bolívar (Carchi)"
    assert formatos.nombre_propio("SAN MIGUEL DE LOS BANCOS") == "San Miguel de los Bancos"
    assert formatos.escribir_porcentaje("8.25") == "8,25 %"


def test_a_period_is_a_month_and_a_year() -> None:
    for value in (Periodo(2026, 9), "2026-09", date(2026, 9, 30)):
        assert formatos.escribir_periodo(value) == "septiembre de 2026"


@given(st.text(alphabet="0123456789", min_size=7, max_size=13))
def test_a_masked_identification_shows_five_digits_and_keeps_its_length(number: str) -> None:
    masked = formatos.ocultar_identificacion(number)
    assert len(masked) == len(number)
    assert masked.count("•") == len(number) - 5
    assert masked[:2] == number[:2]


@pytest.mark.parametrize(
    ("size", "written"),
    [(512, "512 bytes"), (999, "999 bytes"), (1_000, "1 KB"), (36_864, "37 KB"),
     (1_000_000, "1,0 MB"), (2_400_000, "2,4 MB")],
)  # fmt: skip
def test_a_size_is_written_in_the_unit_people_use(size: int, written: str) -> None:
    assert formatos.escribir_tamano(size) == written


def test_a_code_is_read_in_groups_of_four() -> None:
    assert formatos.agrupar_codigo("k7qm2xhrw9td") == "K7QM-2XHR-W9TD"


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (6, "quedan 6 días hábiles", ""),
        (5, "quedan 5 días hábiles", "amarillo"),
        (2, "quedan 2 días hábiles", "amarillo"),
        (1, "queda 1 día hábil", "rojo"),
        (0, "hoy es el último día", "rojo"),
        (-1, "hace 1 día hábil", "rojo"),
        (-3, "hace 3 días hábiles", "rojo"),
    ],
)
def test_a_deadline_says_what_is_left_and_warns_in_time(left: int, words: str, tone: str) -> None:
    assert tonos.cuanto_queda(left) == words
    assert tonos.tono_de_plazo(left) == tone


def test_calendar_days_are_not_called_business_days() -> None:
    assert tonos.cuanto_queda(1, "días") == "queda 1 día"


def test_no_state_has_two_tones() -> None:
    words = [word for group in tonos.TONOS.values() for word in group]
    assert len(words) == len(set(words))


def test_a_state_code_is_read_with_its_accents() -> None:
    assert tonos.palabra_de_estado("en_impugnacion") == "En impugnación"
    assert tonos.palabra_de_estado("en_mora") == "En mora"


def test_only_a_doubtful_norm_carries_a_note() -> None:
    assert tonos.nota_de_verificacion("VERIFICADO") == ""
    assert "provisional" in tonos.nota_de_verificacion("PROVISIONAL")


def test_a_number_with_hyphens_of_a_title_stays_whole_and_the_rest_is_escaped() -> None:
    escrito = sin_corte("Glosa 17-2026-000123 <b>")
    assert escrito == 'Glosa <span class="entero">17-2026-000123</span> &lt;b&gt;'
