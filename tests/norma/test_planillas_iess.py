"""R-PLA-07: what the real system counts as arrears, and what a person must look at first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.norma.catalogos import tipos_empleador
from recaudo.norma.catalogos.planillas_iess import (
    PlanillaDelIess,
    es_ajustable,
    esta_en_mora_segun_el_iess,
    necesita_depuracion,
)
from recaudo.norma.novedades.avisos import anexo

CORTE = date(2026, 6, 30)
IMPAGA = PlanillaDelIess(tipo="A", estado="MOR", creada=CORTE, pagada=None)


@pytest.mark.parametrize("tipo", ["A", "AA", "RA", "F", "AF", "P", "PH", "PHJ", "PJ", "PPH"])
@pytest.mark.parametrize("estado", ["GEN", "MOR"])
def test_an_unpaid_planilla_of_those_types_and_states_is_in_arrears(tipo: str, estado: str) -> None:
    assert esta_en_mora_segun_el_iess(replace(IMPAGA, tipo=tipo, estado=estado), corte=CORTE)


@pytest.mark.parametrize(
    "cambio",
    [
        *({"estado": e} for e in ("ANU", "REG", "GEV", "TCO", "CAN", "CAC", "CAT", "CAG", "CAA")),
        *({"tipo": t} for t in ("EX", "ATH", "ATJ", "ZZ")),
        {"pagada": CORTE},
        {"creada": CORTE + timedelta(days=1)},
    ],
)
def test_one_thing_is_enough_not_to_be_in_arrears(cambio: dict[str, object]) -> None:
    assert not esta_en_mora_segun_el_iess(replace(IMPAGA, **cambio), corte=CORTE)


@given(tipo=st.text(max_size=4), estado=st.text(max_size=4))
def test_a_code_nobody_knows_waits_for_a_person(tipo: str, estado: str) -> None:
    conocidos = {"A", "AA", "RA", "F", "AF", "P", "PH"}
    planilla = replace(IMPAGA, tipo=tipo, estado=estado)
    if tipo not in conocidos or estado not in {
        "GEN",
        "MOR",
        "CAN",
        "CAC",
        "CAT",
        "CAG",
        "CAA",
        "ANU",
    }:
        assert necesita_depuracion(planilla)


def test_only_issued_and_overdue_planillas_may_be_adjusted() -> None:
    assert es_ajustable(IMPAGA)
    assert not es_ajustable(replace(IMPAGA, estado="CAN"))


def test_relation_codes_and_sectors_are_those_of_the_rulebook() -> None:
    assert set(anexo("relacion_trabajo")) == {
        "06", "15", "53", "55", "69", "74", "75", "89", "90", "109",
    }  # fmt: skip
    assert set(anexo("sector_empleador")) == {"P", "R", "V", "S"}
    assert {t.codsec for t in tipos_empleador().values()} == {"P", "R", None}
