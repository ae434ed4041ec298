"""Who may, of the rooms: pure answers, asked without a database."""

from datetime import date, timedelta

import pytest

from recaudo.domain.cartera.policy import FechaFutura, exigir_cierre
from recaudo.domain.recaudacion.policy import es_otra_persona, puede_anular, puede_generar
from recaudo.infra.security.actor import Actor, SinPermiso

HOY = date(2026, 11, 20)
ANA = Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({7}))
BRUNO = Actor(id=2, nombre="Bruno", roles=frozenset({"UREC"}))
CIERRE = Actor.sistema("Cierre")


def test_only_who_represents_an_employer_makes_and_annuls_its_comprobantes() -> None:
    for puede in (puede_generar, puede_anular):
        assert puede(ANA, 7)
        assert not puede(ANA, 8)
        assert not puede(BRUNO, 7)


def test_who_decides_is_a_person_and_another_than_who_began_s03() -> None:
    assert es_otra_persona(BRUNO, ANA.id)
    assert es_otra_persona(BRUNO, None)
    assert not es_otra_persona(BRUNO, BRUNO.id)
    assert not es_otra_persona(CIERRE, ANA.id), "the system is nobody else: four eyes are of people"


def test_a_day_is_closed_by_who_may_and_never_before_it_comes() -> None:
    exigir_cierre(CIERRE, fecha=HOY, hoy=HOY)
    exigir_cierre(CIERRE, fecha=HOY - timedelta(days=1), hoy=HOY)
    with pytest.raises(FechaFutura):
        exigir_cierre(CIERRE, fecha=HOY + timedelta(days=1), hoy=HOY)
    with pytest.raises(SinPermiso):
        exigir_cierre(ANA, fecha=HOY, hoy=HOY)
