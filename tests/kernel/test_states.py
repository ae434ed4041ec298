"""The transition table: what it allows, what it refuses, and what cannot be built."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.states import PREVIO, Maquina, Paso, TransicionNoPermitida, pasos

HOY = date(2026, 11, 30)


class Luz(StrEnum):
    APAGADA = "apagada"
    ENCENDIDA = "encendida"
    ROTA = "rota"


PASOS = (
    Paso("instalar", None, Luz.APAGADA, "Manual art. 1"),
    Paso("encender", Luz.APAGADA, Luz.ENCENDIDA, "Manual art. 2", "inmediato"),
    Paso("apagar", Luz.ENCENDIDA, Luz.APAGADA, "Manual art. 2"),
    Paso("romper", Luz.ENCENDIDA, Luz.ROTA, "Manual art. 3"),
)
MAQUINA = Maquina("luz", PASOS, inicial=Luz.APAGADA, finales=[Luz.ROTA])
ESTADOS = [None, *Luz]


@given(st.sampled_from(ESTADOS), st.sampled_from([p.acto for p in PASOS]))
def test_a_step_exists_exactly_when_the_table_has_it(desde, acto):
    esperado = [p for p in PASOS if p.acto == acto and p.desde == desde]
    if esperado:
        assert MAQUINA.paso(acto, desde) == esperado[0]
        assert MAQUINA.permite(desde, esperado[0].hacia)
        assert acto in MAQUINA.actos_desde(desde)
    else:
        assert acto not in MAQUINA.actos_desde(desde)
        with pytest.raises(TransicionNoPermitida, match="no se puede"):
            MAQUINA.paso(acto, desde)


def test_pairs_and_states_are_those_of_the_table():
    assert MAQUINA.pares() == (
        (None, "apagada"),
        ("apagada", "encendida"),
        ("encendida", "apagada"),
        ("encendida", "rota"),
    )
    assert MAQUINA.estados == ("apagada", "encendida", "rota")
    assert not MAQUINA.permite("rota", "apagada")
    assert MAQUINA.permite("apagada", Luz.ENCENDIDA)


def test_the_diagram_shows_creation_steps_and_ends():
    diagrama = MAQUINA.mermaid()
    assert diagrama.startswith("stateDiagram-v2\n")
    assert "    [*] --> apagada: instalar\n" in diagrama
    assert "    encendida --> rota: romper\n" in diagrama
    assert diagrama.endswith("    rota --> [*]\n")


@pytest.mark.parametrize(
    ("pasos", "finales", "falla"),
    [
        ((*PASOS, Paso("encender", Luz.APAGADA, Luz.ENCENDIDA, "x")), [Luz.ROTA], "twice"),
        (
            (*PASOS, Paso("volver", Luz.APAGADA, PREVIO, "x", desde_fecha=HOY, hasta_fecha=HOY)),
            [],
            "ends",
        ),
        (
            (Paso("instalar", None, Luz.APAGADA, "x"), Paso("volver", Luz.APAGADA, PREVIO, "x")),
            [],
            "nothing leads",
        ),
        ((*PASOS, Paso("reparar", Luz.ROTA, Luz.APAGADA, "x")), [Luz.ROTA], "final"),
        (PASOS, ["fundida"], "without any step"),
    ],
)
def test_a_table_that_contradicts_itself_cannot_be_built(pasos, finales, falla):
    with pytest.raises(ValueError, match=falla):
        Maquina("luz", pasos, inicial=Luz.APAGADA, finales=finales)


CORTE = date(2026, 10, 2)
VUELTA = Maquina(
    "acuerdo",
    (
        Paso("nacer", None, "notificada", "N"),
        Paso("titular", "notificada", "titulo", "N"),
        *pasos(["convenir"], ["notificada", "titulo"], "en_acuerdo", "N"),
        Paso("quebrar", "en_acuerdo", PREVIO, "N"),
        Paso("perdonar", "en_acuerdo", "notificada", "vieja", hasta_fecha=CORTE),
        Paso("perdonar", "en_acuerdo", "titulo", "nueva", desde_fecha=CORTE),
    ),
    "notificada",
)


def test_a_step_back_leads_to_each_state_that_something_came_from() -> None:
    assert VUELTA.estados == ("notificada", "titulo", "en_acuerdo")
    assert {h for d, h in VUELTA.pares() if d == "en_acuerdo"} == {"notificada", "titulo"}
    assert "    en_acuerdo --> titulo: quebrar (vuelve)\n" in VUELTA.mermaid()
    assert VUELTA.desde_de("convenir") == ("notificada", "titulo")


@pytest.mark.parametrize(
    ("dia", "hacia"),
    [(date(2026, 10, 1), "notificada"), (CORTE, "titulo"), (date(2030, 1, 1), "titulo")],
)
def test_a_dated_step_is_the_one_in_force_on_the_day(dia: date, hacia: str) -> None:
    assert VUELTA.paso("perdonar", "en_acuerdo", en=dia).hacia == hacia


def test_a_retired_step_stays_in_the_table_and_is_not_offered() -> None:
    unica = Maquina("x", [Paso("nacer", None, "a", "N", hasta_fecha=CORTE)], "a")
    assert unica.actos_desde(None) == ("nacer",)
    assert unica.actos_desde(None, en=CORTE) == ()
    with pytest.raises(TransicionNoPermitida):
        unica.paso("nacer", None, en=CORTE)
