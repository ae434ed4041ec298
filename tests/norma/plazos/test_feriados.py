"""The holiday law of 2016 against its own worked examples, the published lists and an oracle."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import recaudo.norma.parametros as paquete
from recaudo.norma.parametros import EstadoVerificacion
from recaudo.norma.plazos import feriados, fuentes
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.feriados import (
    DiaNominal,
    descanso_segun_ley_2016,
    domingo_de_pascua,
    feriados_segun_ley,
)
from tests.norma.plazos import oraculo


def _descansos(anio: int) -> dict[date, date]:
    return {f.fecha_nominal: f.fecha_descanso for f in feriados_segun_ley(anio) if f.fecha_nominal}


# Código del Trabajo 65 and R.O.S. 906: worked examples of the rulebook.
DIFUNTOS_Y_CUENCA = {
    2020: {date(2020, 11, 2), date(2020, 11, 3)},
    2021: {date(2021, 11, 1), date(2021, 11, 2)},
    2022: {date(2022, 11, 3), date(2022, 11, 4)},
    2023: {date(2023, 11, 2), date(2023, 11, 3)},
    2024: {date(2024, 11, 1), date(2024, 11, 4)},
    2025: {date(2025, 11, 3), date(2025, 11, 4)},
    2026: {date(2026, 11, 2), date(2026, 11, 3)},
    2027: {date(2027, 11, 1), date(2027, 11, 2)},
    2028: {date(2028, 11, 2), date(2028, 11, 3)},
}
SUELTOS = {
    date(2022, 1, 1): date(2021, 12, 31),
    date(2023, 1, 1): date(2023, 1, 2),
    date(2016, 12, 25): date(2016, 12, 26),
    date(2022, 12, 25): date(2022, 12, 26),
    date(2026, 5, 24): date(2026, 5, 25),
    date(2024, 1, 1): date(2024, 1, 1),
    date(2025, 1, 1): date(2025, 1, 1),  # Wednesday, exempt
    date(2018, 12, 25): date(2018, 12, 25),  # Tuesday, exempt
    date(2025, 3, 4): date(2025, 3, 4),  # Carnival Tuesday, exempt
    date(2018, 5, 1): date(2018, 4, 30),
    date(2019, 5, 1): date(2019, 5, 3),
    date(2023, 8, 10): date(2023, 8, 11),
}


@pytest.mark.parametrize(("anio", "dias"), DIFUNTOS_Y_CUENCA.items())
def test_difuntos_and_cuenca_follow_the_rule_of_consecutive_days(
    anio: int, dias: set[date]
) -> None:
    descansos = _descansos(anio)
    assert {descansos[date(anio, 11, 2)], descansos[date(anio, 11, 3)]} == dias


@pytest.mark.parametrize(("nominal", "esperado"), SUELTOS.items())
def test_a_lone_holiday_moves_as_the_article_says(nominal: date, esperado: date) -> None:
    assert _descansos(nominal.year)[nominal] == esperado


def test_easter_agrees_with_an_independent_computation_for_four_centuries() -> None:
    assert [domingo_de_pascua(y) for y in range(1900, 2300)] == [
        oraculo.pascua(y) for y in range(1900, 2300)
    ]


def test_the_rule_agrees_with_the_published_lists_from_2017_to_2028() -> None:
    """Every published holiday of the law is where the rule puts it; only decrees are extra."""
    ruta = Path(paquete.__file__).parent / "feriados" / "nacionales.csv"
    with ruta.open(encoding="utf-8") as archivo:
        filas = [f for f in csv.DictReader(archivo) if f["fecha_descanso"] >= "2017"]
    de_la_ley = [f for f in filas if f["fecha_nominal"] >= "2016-12-20"]
    propuestos = {n: d for y in range(2016, 2029) for n, d in _descansos(y).items()}
    publicados = {
        date.fromisoformat(f["fecha_nominal"]): date.fromisoformat(f["fecha_descanso"])
        for f in de_la_ley
    }
    assert len(publicados) == 11 * 11 + 1
    assert {n: propuestos[n] for n in publicados} == publicados
    por_decreto = sorted(f["fecha_descanso"] for f in filas if f not in de_la_ley)
    assert por_decreto == [
        "2018-12-24",  # Decreto 579
        "2018-12-31",  # Decreto 579
        "2019-12-30",  # Decreto 858
        "2019-12-31",  # Decreto 858
        "2023-02-06",  # decree of feb-2023, after local elections
        "2024-04-18",  # decree of abr-2024, power cuts
        "2024-04-19",  # decree of abr-2024, power cuts
        "2024-10-31",  # Decretos 438 and 459
        "2025-01-02",  # Decreto 474
        "2025-01-03",  # Decreto 474
        "2025-04-17",  # Decreto 598
        "2026-01-02",  # Decreto 249
    ]


def test_the_rule_agrees_with_the_oracle_for_every_year_to_2070() -> None:
    for anio in range(2000, 2071):
        nominales = oraculo.nominales(anio)
        esperados = {d: oraculo.descanso(d, set(nominales), ex) for d, ex in nominales.items()}
        assert _descansos(anio) == esperados, anio


def test_before_the_2016_law_the_rule_does_not_move_days() -> None:
    assert all(n == d for n, d in _descansos(2010).items())


def test_a_weekend_moves_new_year_and_christmas_although_weekdays_do_not() -> None:
    for anio in range(2017, 2071):
        for mes, dia in ((1, 1), (12, 25)):
            nominal = date(anio, mes, dia)
            movido = _descansos(anio)[nominal]
            assert (movido != nominal) == (nominal.weekday() >= 5)
            assert movido.weekday() < 5


def test_the_lists_catch_a_rule_that_forgets_consecutive_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Failing twin: with the general rule alone, november disagrees with the worked examples."""

    def sin_parejas(dia: DiaNominal) -> date:
        return descanso_segun_ley_2016(replace(dia, hay_vispera=False, hay_siguiente=False))

    monkeypatch.setattr(feriados, "VERSIONES", {"LEY_2016": sin_parejas})
    malos = {
        anio
        for anio, dias in DIFUNTOS_Y_CUENCA.items()
        if {_descansos(anio)[date(anio, 11, 2)], _descansos(anio)[date(anio, 11, 3)]} != dias
    }
    assert malos == {2020, 2021, 2022, 2023, 2025, 2026, 2027, 2028}


def test_a_proposal_is_provisional_and_a_published_row_is_not() -> None:
    assert {f.estado for f in feriados_segun_ley(2026)} == {EstadoVerificacion.PROVISIONAL}
    calendario = cargar_calendario()
    publicado = calendario.feriado_en(date(2026, 5, 25), frozenset())
    propuesto = calendario.feriado_en(date(2040, 5, 25), frozenset())
    assert publicado is not None
    assert publicado.estado is EstadoVerificacion.VERIFICADO
    assert propuesto is None or propuesto.estado is EstadoVerificacion.PROVISIONAL


def test_no_day_of_rest_lands_on_a_weekend_since_the_2016_law() -> None:
    for anio in range(2017, 2071):
        for feriado in feriados_segun_ley(anio):
            assert feriado.fecha_descanso.weekday() < 5, feriado
            assert feriado.fecha_nominal is not None
            assert abs(feriado.fecha_descanso - feriado.fecha_nominal) <= timedelta(days=2)


@pytest.mark.parametrize(
    ("confianza", "fuente", "norma", "es"),
    [
        ("alta", "Ministerio de Turismo", "CT art. 65", EstadoVerificacion.VERIFICADO),
        ("alta", "Ministerio de Turismo", "Decreto 100", EstadoVerificacion.SECUNDARIO),
        ("media", "Ministerio de Turismo", "CT art. 65", EstadoVerificacion.SECUNDARIO),
        ("baja", "Ministerio de Turismo", "CT art. 65", EstadoVerificacion.PROVISIONAL),
        ("alta", "regla legal, sin lista", "CT art. 65", EstadoVerificacion.PROVISIONAL),
    ],
)
def test_a_published_day_is_trusted_as_far_as_its_source(
    confianza: str, fuente: str, norma: str, es: EstadoVerificacion
) -> None:
    fila = {"confianza": confianza, "fuente": fuente, "norma": norma}
    assert fuentes._estado(fila) is es
