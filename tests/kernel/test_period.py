"""Months and half-open ranges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.period import (
    MESES,
    Periodo,
    PeriodoIlegible,
    Vigencia,
    interpretar_periodo,
)

FECHAS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
PERIODOS = st.builds(Periodo, st.integers(1950, 2200), st.integers(1, 12))


def test_a_period_is_read_and_written_as_year_and_month():
    periodo = Periodo.de_texto("2026-06")
    assert (periodo.anio, periodo.mes, str(periodo)) == (2026, 6, "2026-06")
    assert (periodo.primer_dia, periodo.ultimo_dia) == (date(2026, 6, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    "texto", ["2026-13", "2026-00", "2026-6", "06-2026", "", "2026-06-01", "٢٠٢٦-٠٦"]
)
def test_a_text_that_is_not_a_period_is_refused_with_a_sentence(texto):
    with pytest.raises(PeriodoIlegible, match="AAAA-MM"):
        Periodo.de_texto(texto)


@given(PERIODOS, st.integers(-600, 600))
def test_moving_by_months_goes_and_comes_back_and_keeps_the_order(periodo, meses):
    otro = periodo.mas(meses)
    assert otro.mas(-meses) == periodo
    assert (otro > periodo) == (meses > 0)
    assert periodo.siguiente().anterior() == periodo


@given(PERIODOS)
def test_a_period_ends_the_day_before_the_next_begins(periodo):
    assert periodo.ultimo_dia + timedelta(days=1) == periodo.siguiente().primer_dia
    assert Periodo.de_texto(str(periodo)) == periodo


@given(FECHAS)
def test_every_date_lies_in_its_period(fecha):
    periodo = Periodo.de_fecha(fecha)
    assert periodo.primer_dia <= fecha <= periodo.ultimo_dia


def test_a_range_includes_its_start_and_not_its_end():
    vigencia = Vigencia(date(2026, 1, 1), date(2026, 2, 1))
    assert vigencia.contiene(date(2026, 1, 1))
    assert vigencia.contiene(date(2026, 1, 31))
    assert not vigencia.contiene(date(2026, 2, 1))
    assert not vigencia.contiene(date(2025, 12, 31))


def test_dates_written_inclusive_become_a_half_open_range():
    vigencia = Vigencia.de_fechas_inclusivas(date(2026, 1, 1), date(2026, 1, 31))
    assert vigencia == Vigencia(date(2026, 1, 1), date(2026, 2, 1))
    assert vigencia.ultimo_dia == date(2026, 1, 31)
    assert Vigencia.de_fechas_inclusivas(None, None).ultimo_dia is None


def test_an_empty_or_inverted_range_cannot_be_built():
    with pytest.raises(ValueError, match="empty"):
        Vigencia(date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="empty"):
        Vigencia(date(2026, 1, 2), date(2026, 1, 1))


EXTREMOS = st.one_of(st.none(), st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 2, 10)))


@given(EXTREMOS, EXTREMOS, EXTREMOS, EXTREMOS)
def test_two_ranges_cross_exactly_when_some_day_is_in_both(a, b, c, d):
    if (a and b and a >= b) or (c and d and c >= d):
        return
    una, otra = Vigencia(a, b), Vigencia(c, d)
    dias = (date(2019, 12, 25) + timedelta(days=n) for n in range(60))
    comparten = any(una.contiene(dia) and otra.contiene(dia) for dia in dias)
    assert una.se_cruza(otra) == otra.se_cruza(una) == comparten


@pytest.mark.parametrize(
    "texto",
    ["2026-06", "2026/06", "2026-6", "06/2026", "6/2026", "06-2026", "06 2026", "202606", "062026",
     "junio de 2026", "junio 2026", "Junio del 2026", "JUNIO/2026", "jun 2026", "jun. 2026",
     "jun-2026", "junio, 2026", "  junio   de\u00a02026 ", "06 / 2026"],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(texto):
    assert interpretar_periodo(texto) == Periodo(2026, 6)


@pytest.mark.parametrize("texto", ["setiembre de 2026", "septiembre 2026", "set 2026", "sept/2026"])
def test_september_has_two_names(texto):
    assert interpretar_periodo(texto) == Periodo(2026, 9)


@pytest.mark.parametrize(
    "texto",
    ["", " ", "junio", "06/26", "15/06/2026", "2026-06-15", "ju 2026", "ma 2026", "june 2026",
     "junio-julio 2026", "2026", "00/2026", "13/2026", "2026-13", "06/0026", "1/1899", "-6/2026",
     "²/2026", "\u0660\u0666/2026", "\uff12026-06"],
)  # fmt: skip
def test_a_month_that_is_not_clear_is_asked_back(texto):
    with pytest.raises(PeriodoIlegible, match="por ejemplo 06/2026"):
        interpretar_periodo(texto)


@given(PERIODOS)
def test_a_month_reads_back_in_every_writing(periodo):
    nombre = MESES[periodo.mes - 1]
    for texto in (
        str(periodo),
        f"{periodo.mes}/{periodo.anio}",
        f"{nombre} de {periodo.anio}",
        f"{nombre[:3].upper()}-{periodo.anio}",
    ):
        assert interpretar_periodo(texto) == periodo


def test_a_long_text_that_is_no_month_is_quoted_as_far_as_its_fortieth_letter():
    with pytest.raises(PeriodoIlegible) as frase:
        interpretar_periodo("x" * 41)
    assert f"«{'x' * 40}»" in frase.value.mensaje


@pytest.mark.parametrize(("anio", "mes"), [(1900, 1), (9999, 12)])
def test_the_first_and_the_last_month_that_there_are(anio: int, mes: int):
    assert str(Periodo(anio, mes)) == f"{anio}-{mes:02d}"


@pytest.mark.parametrize(("anio", "mes"), [(1899, 12), (10000, 1), (2026, 0), (2026, 13)])
def test_a_month_beyond_them_is_refused(anio: int, mes: int):
    with pytest.raises(PeriodoIlegible):
        Periodo(anio, mes)
