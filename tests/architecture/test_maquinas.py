"""Every machine of states brings its race with its twin, its death, its tampering and its scope."""

import pytest

from recaudo.project.wiring import MAQUINAS
from tests.architecture.reglas_de_maquinas import PRUEBAS, machines_without_their_proofs

#: A machine proved in five ways, as a room would.
PROBADA = {
    "tests/domain/copias/test_copias_atacadas.py": """
@pytest.mark.carrera("copia")
def test_of_two_one_wins(): assert a_la_vez(x, x) == [1, YaSeRetiraron]
@pytest.mark.gemela("copia")
def test_twin(): assert dos() == [1, 1]
def dos(): return en_el_mismo_paso(x, x)
@pytest.mark.caida("copia")
def test_dies(): morir_tras_cambiar("copias", x)
@pytest.mark.manipulacion("copia")
def test_is_named(): assert "P02" in violaciones()
@pytest.mark.alcance("copia")
def test_beyond_reach():
    with pytest.raises(SinPermiso): x()
"""
}
DONDE = next(iter(PROBADA))


def con(viejo: str, nuevo: str) -> dict[str, str]:
    assert viejo in PROBADA[DONDE]
    return {DONDE: PROBADA[DONDE].replace(viejo, nuevo)}


def test_every_machine_of_the_house_has_its_proofs(suite: dict[str, str]) -> None:
    """How to give them is in docs/guias/agregar-un-cuarto.md."""
    de_la_casa = {a: t for a, t in suite.items() if not a.startswith("tests/juguete/")}
    assert machines_without_their_proofs([m.nombre for m in MAQUINAS], de_la_casa) == []


def test_the_rule_names_a_machine_that_declares_nothing() -> None:
    assert machines_without_their_proofs(["copia"], PROBADA) == []
    assert machines_without_their_proofs(["copia", "otra"], PROBADA) == [
        f"otra: no test is its {que}" for que in PRUEBAS
    ]


@pytest.mark.parametrize("que", PRUEBAS)
def test_the_rule_names_the_one_proof_that_is_missing(que: str) -> None:
    sin = con(f'@pytest.mark.{que}("copia")\n', "")
    assert machines_without_their_proofs(["copia"], sin) == [f"copia: no test is its {que}"]


@pytest.mark.parametrize(
    ("viejo", "nuevo", "dice"),
    [
        ("def test_dies", "def dies", "it is marked caida and is no test"),
        ("def test_dies", "@pytest.mark.skip\ndef test_dies", "caida and does not run"),
        ('caida("copia")', "caida()", "it is marked caida of no machine"),
        ('morir_tras_cambiar("copias", x)', "assert True", "it is marked caida and does none of"),
        ("return en_el_mismo_paso(x, x)", "return [1, 1]", "it is marked gemela and does none of"),
        ('alcance("copia")', 'alcance("copia", "capia")', "there is no machine capia"),
    ],
)
def test_the_rule_catches_a_mark_that_proves_nothing(viejo: str, nuevo: str, dice: str) -> None:
    faltas = machines_without_their_proofs(["copia"], con(viejo, nuevo))
    assert any(dice in falta for falta in faltas), faltas


def test_the_rule_catches_a_proof_that_no_lane_runs() -> None:
    fuera = {"tests/otra/test_copias.py": PROBADA[DONDE]}
    assert any("no lane runs it" in f for f in machines_without_their_proofs(["copia"], fuera))
