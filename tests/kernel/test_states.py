"""The transition table: what it allows, what it refuses, and what cannot be built."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.states import Maquina, Paso, TransicionNoPermitida


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
        ((*PASOS, Paso("encender", Luz.APAGADA, Luz.ROTA, "x")), [Luz.ROTA], "twice"),
        ((*PASOS, Paso("reparar", Luz.ROTA, Luz.APAGADA, "x")), [Luz.ROTA], "final"),
        (PASOS, ["fundida"], "without any step"),
    ],
)
def test_a_table_that_contradicts_itself_cannot_be_built(pasos, finales, falla):
    with pytest.raises(ValueError, match=falla):
        Maquina("luz", pasos, inicial=Luz.APAGADA, finales=finales)
