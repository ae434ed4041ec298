"""Términos of the COA: the vectors of the rulebook, an oracle, and twins that must fail."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros
from recaudo.norma.plazos.calendario import Calendario, cargar_calendario
from recaudo.norma.plazos.locales import lugares_con_dia_propio
from recaudo.norma.plazos.termino import (
    DiasDeTerminoFueraDeRango,
    PublicacionesIncompletas,
    contar_termino,
    esta_en_termino,
    habiles_restantes,
    notificado_por_prensa,
    vencimiento_de_plazo,
)
from tests.norma.plazos import oraculo
from tests.norma.plazos.test_calendario import suspension

NADIE: frozenset[str] = frozenset()
GUAYAQUIL = frozenset({"0901"})
CON_FERIADO = sorted(codigo for codigo in lugares_con_dia_propio() if len(codigo) == 4)
lugares = st.frozensets(
    st.sampled_from([*CON_FERIADO, "0108", "0111", "0307", "0404", "0703", "1512"]), max_size=2
)
fechas = st.dates(date(2000, 1, 1), date(2060, 6, 30))


def _vence_min(notificado: date, dias: int, cantones: frozenset[str]) -> date:
    return contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=cargar_calendario()
    ).vence_min


def _vence(notificado: date, dias: int, cantones: frozenset[str] = NADIE) -> date:
    return contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=cargar_calendario()
    ).vence


# COA 158, 159: test vectors of the rulebook, section 2.5.
VECTORES = [
    (date(2026, 4, 28), 3, NADIE, date(2026, 5, 5)),
    (date(2026, 4, 28), 8, NADIE, date(2026, 5, 12)),
    (date(2026, 4, 28), 10, NADIE, date(2026, 5, 14)),
    (date(2026, 4, 28), 20, NADIE, date(2026, 5, 29)),
    (date(2026, 4, 28), 30, NADIE, date(2026, 6, 12)),
    (date(2026, 7, 20), 8, NADIE, date(2026, 7, 30)),
    (date(2026, 7, 20), 8, GUAYAQUIL, date(2026, 7, 31)),
    (date(2025, 10, 30), 8, NADIE, date(2025, 11, 13)),
]


@pytest.mark.parametrize(("notificado", "dias", "cantones", "esperado"), VECTORES)
def test_the_last_day_is_the_one_of_the_rulebook(
    notificado: date, dias: int, cantones: frozenset[str], esperado: date
) -> None:
    assert _vence(notificado, dias, cantones) == esperado


def test_a_notice_by_the_press_is_served_ten_days_after_the_last_date() -> None:
    prensa = notificado_por_prensa(
        publicaciones=(date(2026, 6, 9), date(2026, 6, 10)),
        cantones=NADIE,
        calendario=cargar_calendario(),
        parametros=cargar_parametros(),
    )
    assert prensa.vence == date(2026, 6, 24)
    assert _vence(prensa.vence, 8) == date(2026, 7, 6)


@pytest.mark.parametrize(
    "publicaciones", [(), (date(2026, 6, 9),), (date(2026, 6, 9), date(2026, 6, 9))]
)
def test_one_date_in_the_press_is_no_notice(publicaciones: tuple[date, ...]) -> None:
    with pytest.raises(PublicacionesIncompletas, match="dos fechas distintas"):
        notificado_por_prensa(
            publicaciones=publicaciones,
            cantones=NADIE,
            calendario=cargar_calendario(),
            parametros=cargar_parametros(),
        )


@given(notificado=fechas, dias=st.integers(1, 60), cantones=lugares)
def test_the_last_day_agrees_with_the_day_by_day_oracle(
    notificado: date, dias: int, cantones: frozenset[str]
) -> None:
    assert _vence(notificado, dias, cantones) == oraculo.vence(notificado, dias, cantones)
    assert _vence_min(notificado, dias, cantones) == oraculo.vence_min(notificado, dias, cantones)


def test_every_canton_agrees_with_the_oracle_along_the_years() -> None:
    calendario = cargar_calendario()
    for desfase, codigo in enumerate(CON_FERIADO):
        cantones = frozenset({codigo})
        for n in range(date(2000, 1, 1).toordinal() + desfase, date(2060, 6, 1).toordinal(), 199):
            notificado = date.fromordinal(n)
            termino = contar_termino(
                notificado=notificado, dias=8, cantones=cantones, calendario=calendario
            )
            assert termino.vence == oraculo.vence(notificado, 8, cantones), (codigo, notificado)
            minimo = oraculo.vence_min(notificado, 8, cantones)
            assert termino.vence_min == minimo, (codigo, notificado)


def _discrepancias(contar: Callable[[date, int, frozenset[str]], date]) -> int:
    """How many of 400 deadlines a counting rule gets wrong."""
    inicio = date(2024, 1, 1).toordinal()
    casos = [(date.fromordinal(inicio + n), 8, GUAYAQUIL) for n in range(0, 1200, 3)]
    return sum(contar(*caso) != oraculo.vence(*caso) for caso in casos)


def test_the_oracle_catches_a_rule_that_is_one_day_off() -> None:
    """Failing twin: counting from the day of the notification itself."""
    assert _discrepancias(_vence) == 0
    assert _discrepancias(lambda n, d, c: _vence(n - timedelta(days=1), d, c)) > 200


def test_the_oracle_catches_a_rule_that_forgets_the_local_holiday() -> None:
    """Failing twin: the union of COA 159 left out."""
    assert _discrepancias(lambda n, d, _c: _vence(n, d, NADIE)) > 5


@cache
def _cercano(anio: int) -> Calendario:
    """The days of rest of that year and of those beside it: a small calendar to add to."""
    return Calendario.de_feriados(
        f for f in cargar_calendario().feriados if abs(f.fecha_descanso.year - anio) <= 1
    )


@given(
    notificado=fechas,
    dias=st.integers(1, 30),
    cantones=lugares,
    desfase=st.integers(-5, 60),
    local=st.booleans(),
)
def test_adding_a_holiday_never_shortens_a_term(
    notificado: date, dias: int, cantones: frozenset[str], desfase: int, local: bool
) -> None:
    calendario = _cercano(notificado.year)
    codigo = min(cantones, default="") if local else ""
    ampliado = calendario.con(suspension(notificado + timedelta(days=desfase), codigo))
    antes = contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=calendario
    )
    despues = contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=ampliado
    )
    assert despues.vence >= antes.vence
    assert despues.calendario_version != antes.calendario_version


@given(notificado=fechas, dias=st.integers(1, 30), cantones=lugares, otro=lugares)
def test_adding_a_place_never_shortens_a_term(
    notificado: date, dias: int, cantones: frozenset[str], otro: frozenset[str]
) -> None:
    assert _vence(notificado, dias, cantones | otro) >= _vence(notificado, dias, cantones)


@given(notificado=fechas, dias=st.integers(1, 40), cantones=lugares)
def test_business_and_other_days_fill_the_term_without_gap_or_repetition(
    notificado: date, dias: int, cantones: frozenset[str]
) -> None:
    termino = contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=cargar_calendario()
    )
    todos = sorted([*termino.habiles, *(d.fecha for d in termino.inhabiles)])
    primero, ultimo = notificado.toordinal() + 1, termino.vence.toordinal()
    assert [d.toordinal() for d in todos] == list(range(primero, ultimo + 1))
    assert len(termino.habiles) == dias
    assert termino.habiles[-1] == termino.vence
    assert all(dia.motivo for dia in termino.inhabiles)


def test_the_days_left_go_from_all_to_none() -> None:
    termino = contar_termino(
        notificado=date(2026, 4, 28), dias=8, cantones=NADIE, calendario=cargar_calendario()
    )
    assert habiles_restantes(termino, date(2026, 4, 28)) == 8
    assert habiles_restantes(termino, date(2026, 5, 1)) == 7  # a holiday: 29-abr has passed
    assert habiles_restantes(termino, termino.vence) == 1
    assert habiles_restantes(termino, termino.vence + timedelta(days=1)) == 0


def test_the_last_day_is_whole_and_the_next_one_is_late() -> None:
    termino = contar_termino(
        notificado=date(2026, 4, 28), dias=3, cantones=NADIE, calendario=cargar_calendario()
    )
    assert esta_en_termino(termino, date(2026, 5, 5))
    assert not esta_en_termino(termino, date(2026, 5, 6))


def test_a_term_carries_its_calendar_and_its_doubt() -> None:
    calendario = cargar_calendario()
    termino = contar_termino(
        notificado=date(2040, 1, 10), dias=8, cantones=NADIE, calendario=calendario
    )
    assert termino.calendario_version == calendario.version
    assert termino.estado_verificacion is EstadoVerificacion.PROVISIONAL
    assert ("Versión del calendario", calendario.version, "COA art. 159") in termino.traza


@pytest.mark.parametrize("dias", [0, -1])
def test_a_term_without_days_is_refused(dias: int) -> None:
    with pytest.raises(DiasDeTerminoFueraDeRango):
        _vence(date(2026, 4, 28), dias)


@pytest.mark.parametrize(
    ("desde", "meses", "anios", "esperado"),
    [
        (date(2026, 1, 31), 1, 0, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, 0, date(2028, 2, 29)),
        (date(2028, 2, 29), 0, 1, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, 0, date(2027, 1, 15)),
        (date(2026, 4, 28), 6, 2, date(2028, 10, 28)),
    ],
)
def test_a_plazo_runs_from_date_to_date(
    desde: date, meses: int, anios: int, esperado: date
) -> None:
    assert vencimiento_de_plazo(desde=desde, meses=meses, anios=anios) == esperado


def test_a_plazo_without_months_or_years_is_refused() -> None:
    with pytest.raises(DiasDeTerminoFueraDeRango, match="meses o años"):
        vencimiento_de_plazo(desde=date(2026, 1, 1))
