"""Local civic days: what is certain, what is in doubt, and the two last days of a término."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recaudo.norma.parametros as paquete
from recaudo.norma.catalogos.dpa import cantones
from recaudo.norma.parametros import EstadoVerificacion
from recaudo.norma.plazos import locales
from recaudo.norma.plazos.calendario import Calendario, cargar_calendario
from recaudo.norma.plazos.fuentes import dias_locales, dias_observados
from recaudo.norma.plazos.locales import cantones_sin_dia_conocido
from recaudo.norma.plazos.termino import Termino, contar_termino

NADIE: frozenset[str] = frozenset()
LOJA = frozenset({"1101"})
SIN_DIA = "0108"  # Santa Isabel: the year of its creation was read, the day was not
fechas = st.dates(date(2017, 1, 1), date(2060, 6, 30))
un_canton = st.sampled_from(sorted(cantones()))


def termino(
    notificado: date, dias: int, *lugares: str, calendario: Calendario | None = None
) -> Termino:
    return contar_termino(
        notificado=notificado,
        dias=dias,
        cantones=frozenset(lugares),
        calendario=calendario or cargar_calendario(),
    )


def test_every_row_of_the_two_lists_is_loaded() -> None:
    carpeta = Path(paquete.__file__).parent / "feriados"
    for nombre, cargados, esperados in (
        ("locales.csv", dias_locales(), 239),
        ("observados.csv", dias_observados(), 78),
    ):
        with (carpeta / nombre).open(encoding="utf-8") as archivo:
            assert len(list(csv.DictReader(archivo))) == len(cargados) == esperados


# Every year's 18 november in Loja, moved as Código del Trabajo art. 65 says.
DIECIOCHO_DE_NOVIEMBRE = {
    2023: date(2023, 11, 17),  # Saturday, taken on Friday
    2024: date(2024, 11, 18),  # Monday stays
    2025: date(2025, 11, 17),  # Tuesday, taken on Monday (observed)
    2026: date(2026, 11, 20),  # Wednesday, taken on Friday
    2027: date(2027, 11, 19),  # Thursday, taken on Friday
    2029: date(2029, 11, 19),  # Sunday, taken on Monday
}


@pytest.mark.parametrize("descanso", DIECIOCHO_DE_NOVIEMBRE.values())
def test_eighteen_november_does_not_count_in_loja(descanso: date) -> None:
    for canton in ("1101", "1102", "1111"):  # the whole province rests
        contado = termino(descanso - timedelta(days=7), 10, canton)
        assert descanso not in contado.habiles
        assert any(
            d.fecha == descanso and "Independencia de Loja" in d.motivo for d in contado.inhabiles
        )
    fuera = termino(descanso - timedelta(days=7), 10, "0901")
    assert descanso in fuera.habiles


def test_a_termino_in_loja_is_a_day_longer_and_its_list_is_verified() -> None:
    """COA 159: 10 business days from Mon 9-nov-2026 end a day later: the 20th does not count."""
    contado = termino(date(2026, 11, 9), 10, "1101")
    assert (contado.vence_min, contado.vence_max) == (date(2026, 11, 24), date(2026, 11, 24))
    assert contado.lista_verificada
    assert not contado.dudosos
    assert termino(date(2026, 11, 9), 10).vence == date(2026, 11, 23)


def test_the_office_of_loja_gives_its_holiday_to_a_debtor_of_another_province() -> None:
    assert termino(date(2026, 11, 9), 10, "0901", "1101").vence == date(2026, 11, 24)


def test_a_canton_without_any_day_says_so_and_gains_one_day_a_year() -> None:
    contado = termino(date(2026, 3, 2), 8, SIN_DIA)
    assert contado.vence_min == date(2026, 3, 12)
    assert contado.vence_max == contado.vence == date(2026, 3, 13)
    assert not contado.lista_verificada
    (dudoso,) = contado.dudosos
    assert dudoso.fecha == date(2026, 3, 12)
    assert "Santa Isabel" in dudoso.motivo
    assert contado.estado_verificacion is EstadoVerificacion.PROVISIONAL


def test_each_unknown_canton_and_each_year_adds_its_day() -> None:
    assert termino(date(2026, 3, 2), 8, SIN_DIA, "0205").vence == date(2026, 3, 16)
    # touches 2026 and 2027: two days; 25-dic and 1-ene are Fridays
    contado = termino(date(2026, 12, 24), 6, SIN_DIA)
    assert contado.vence_min == date(2027, 1, 5)
    assert contado.vence_max == date(2027, 1, 7)
    assert [d.motivo.split(" en ")[1][:4] for d in contado.dudosos] == ["2026", "2027"]


def test_a_bare_date_of_creation_is_in_doubt_and_lengthens_only_the_second_date() -> None:
    """Durán, 10-ene: an encyclopedia gives the date of creation; no list says that people rest."""
    contado = termino(date(2027, 1, 4), 8, "0907")  # 10-ene-2027 is Sunday, moved to Monday 11
    assert contado.vence_min == date(2027, 1, 14)
    assert contado.vence_max == date(2027, 1, 15)
    (dudoso,) = contado.dudosos
    assert dudoso.fecha == date(2027, 1, 11)
    assert "solo consta la fecha de creación" in dudoso.motivo


def test_what_was_observed_wins_over_the_rule() -> None:
    """Cuenca 2017: the rule gave Good Friday; Thursday 13-abr was kept, one source says."""
    calendario, cuenca = cargar_calendario(), frozenset({"0101"})
    dudoso = calendario.duda_en(date(2017, 4, 13), cuenca)
    assert dudoso is not None
    assert calendario.duda_en(date(2017, 4, 12), cuenca) is None
    galapagos = calendario.feriado_en(date(2026, 2, 18), frozenset({"2003"}))  # by act: not moved
    assert galapagos is not None
    assert galapagos.norma == "CGREG-P-2026-0001-ACU"
    assert calendario.es_habil(date(2026, 2, 20), frozenset({"2003"}))


def test_a_press_report_that_confirms_a_verified_rule_leaves_no_doubt() -> None:
    """Quito 2024: the row is verified, the observation secondary, both say 6-dic."""
    assert not cargar_calendario().es_habil(date(2024, 12, 6), frozenset({"1701"}))


def test_beside_carnival_every_possible_day_is_in_doubt_until_an_act_says() -> None:
    """Galápagos 2037: 18-feb is the Wednesday after Carnival; Friday 20 by the rule."""
    calendario, isabela = cargar_calendario(), frozenset({"2002"})
    assert date(2037, 2, 18).weekday() == 2
    for dia in (date(2037, 2, 18), date(2037, 2, 20)):
        assert calendario.es_habil(dia, isabela)
        dudoso = calendario.duda_en(dia, isabela)
        assert dudoso is not None
        assert "el acto publicado" in dudoso.motivo


def test_a_day_of_a_national_holiday_never_adds_a_second_one() -> None:
    """Guayas, 9-oct: the country rests; the province has no other day for it."""
    for anio in range(2020, 2040):
        contado = termino(date(anio, 10, 1), 10, "0902")
        solo_pais = termino(date(anio, 10, 1), 10)
        assert contado.vence_min == solo_pais.vence_min


def test_a_holiday_does_not_exist_before_its_year_of_origin() -> None:
    """Santo Domingo became a province in 2007."""
    calendario, santo_domingo = cargar_calendario(), frozenset({"2301"})
    for anio, hay in ((2006, False), (2018, True)):
        dias = [date(anio, 11, 6) + timedelta(days=n) for n in range(-2, 4)]
        motivos = [calendario.feriado_en(d, santo_domingo) for d in dias]
        assert any(f and "Provincialización de Santo Domingo" in f.nombre for f in motivos) is hay


def test_alternative_dates_of_one_commemoration_are_settled_by_what_was_observed() -> None:
    """Napo, 11 or 12-feb: in 2023 it was observed, so the other date is no longer in doubt."""
    calendario, tena = cargar_calendario(), frozenset({"1501"})
    assert not calendario.es_habil(date(2023, 2, 10), tena)
    assert calendario.duda_en(date(2023, 2, 13), tena) is None
    assert calendario.duda_en(date(2025, 2, 14), tena) is not None


def test_consecutive_local_holidays_keep_every_possible_day_in_doubt() -> None:
    """Los Ríos 6-oct and Quevedo 7-oct on Tue+Wed: alone Mon 5, Fri 9; together Mon 5, Tue 6."""
    calendario, quevedo = cargar_calendario(), frozenset({"1205"})
    anio = next(y for y in range(2027, 2060) if date(y, 10, 6).weekday() == 1)
    dias = [date(anio, 10, n) for n in range(4, 10)]
    fuera = {
        d for d in dias if not calendario.es_habil(d, quevedo) or calendario.duda_en(d, quevedo)
    }
    assert {date(anio, 10, 5), date(anio, 10, 6)} <= fuera


def test_the_warning_goes_when_a_person_loads_the_confirmed_day() -> None:
    """Failing twin: the same término before and after the act of the governor is loaded."""
    assert cantones_sin_dia_conocido(frozenset({"0907", SIN_DIA}), 2027) == (SIN_DIA,)
    calendario = cargar_calendario()
    dudoso = calendario.duda_en(date(2027, 1, 11), frozenset({"0907"}))
    assert dudoso is not None
    sin_duda = Calendario.de_feriados(f for f in calendario.feriados if f is not dudoso)
    assert termino(date(2027, 1, 4), 8, "0907", calendario=sin_duda).lista_verificada
    assert sin_duda.version != calendario.version


@given(notificado=fechas, dias=st.integers(1, 40), canton=un_canton, otro=un_canton)
def test_the_two_dates_are_in_order_and_differ_only_with_a_named_doubt(
    notificado: date, dias: int, canton: str, otro: str
) -> None:
    contado = termino(notificado, dias, canton, otro)
    assert notificado < contado.vence_min <= contado.vence_max == contado.vence
    assert contado.lista_verificada is (contado.vence_min == contado.vence_max)
    assert bool(contado.dudosos) is not contado.lista_verificada
    assert set(contado.dudosos) <= set(contado.inhabiles)
    assert all(notificado < d.fecha < contado.vence for d in contado.dudosos)


@given(notificado=fechas, dias=st.integers(1, 40), canton=un_canton, otro=un_canton)
def test_another_place_never_brings_the_last_day_of_the_debtor_nearer(
    notificado: date, dias: int, canton: str, otro: str
) -> None:
    assert termino(notificado, dias, canton, otro).vence >= termino(notificado, dias, canton).vence


def test_a_canton_has_a_day_of_its_own_in_the_year_in_which_one_was_kept_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A decree that stops one day of work is no civic day (COA art. 159)."""
    guardado = replace(dias_observados()[0], codigo_dpa=SIN_DIA, anio=2025, es_suspension=False)
    suspendido = replace(guardado, anio=2026, es_suspension=True)
    monkeypatch.setattr(locales, "dias_observados", lambda: (guardado, suspendido))
    tienen = locales._con_dia_conocido.__wrapped__
    assert [SIN_DIA in tienen(anio) for anio in (2024, 2025, 2026)] == [False, True, False]


def test_a_term_in_doubt_says_how_many_days_and_the_earliest_last_one() -> None:
    dudoso, cierto = termino(date(2026, 3, 2), 8, SIN_DIA), termino(date(2026, 3, 2), 8)
    assert dudoso.vence_min < dudoso.vence
    dichos = {p.paso: p.valor for p in dudoso.traza}
    assert dichos["Último día si ninguno fuera feriado"] == dudoso.vence_min.isoformat()
    assert not any(p.paso.startswith("Último día si") for p in cierto.traza)
    assert dichos["Lugares con feriado propio"] == SIN_DIA
    assert {p.paso: p.valor for p in cierto.traza}["Lugares con feriado propio"] == "—"


@pytest.mark.parametrize("vistos", [frozenset({"1101"}), NADIE])
def test_a_doubtful_day_of_a_province_is_settled_where_it_was_observed(
    vistos: frozenset[str],
) -> None:
    de_provincia = next(d for d in dias_locales() if d.codigo_dpa == "11")
    dia = date(2026, 11, 18)
    propuestos = list(locales._propuestos(de_provincia, dia, ((dia,), "Quizá no"), vistos))
    assert propuestos
    assert {f.salvo for f in propuestos} == {vistos}


def test_a_territory_may_have_two_independences_and_one_of_anything_else() -> None:
    """What competes for one commemoration (`_grupos`): every kind but that one."""
    tipos = {dia.tipo for dia in dias_locales()}
    assert {tipo for _, tipo in locales._grupos()} == tipos - {"independencia"}
    assert any(tipo < "independencia" for tipo in tipos)


def test_the_state_of_a_range_counts_its_local_days_up_to_its_last_one() -> None:
    """Girón (0102), 25/03/2022, is of a secondary source; the national days are verified."""
    giron, dia = frozenset({"0102"}), date(2022, 3, 25)
    ayer, manana = dia - timedelta(days=1), dia + timedelta(days=1)
    calendario = cargar_calendario()
    estados = [
        calendario.estado_entre(desde, hasta, giron)
        for desde, hasta in ((ayer, ayer), (ayer, dia), (dia, dia), (dia, manana), (manana, manana))
    ]
    secundario, verificado = EstadoVerificacion.SECUNDARIO, EstadoVerificacion.VERIFICADO
    assert estados == [verificado, secundario, secundario, secundario, verificado]
