"""Acts, permissions, facts and steps are one vocabulary; each rule has a sample it must catch."""

import pytest

from herramientas.actos import actos
from herramientas.paginas_de_la_casa import hechos_declarables
from recaudo.domain.cartera.facts import DiaDeCarteraCerrado
from recaudo.domain.parametros.facts import TasaAprobada
from recaudo.infra.audit.cierre import pasos_de_cierre
from recaudo.infra.audit.hechos import Acto
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES
from recaudo.kernel.states import Maquina, Paso
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.reglas import ReglaDesconocida, regla_de_plazo, reglas_de_plazo
from recaudo.project.wiring import MAQUINAS
from tests.architecture import reglas_de_actos as reglas

PERMISSIONS = {p.value for rol in ROLES.values() for p in rol.permisos} | {
    p.value for p in PERMISOS_DEL_SISTEMA
}


def test_every_act_is_opened_in_the_actions_of_its_room(house: dict[str, str]) -> None:
    assert reglas.acts_opened_outside_their_shelf(house, excused={}) == []


def test_the_rule_of_shelves_catches_an_act_of_a_batch_and_an_idle_excuse() -> None:
    opens = {"src/r/batches/x.py": "def x():\n    with acto(ACTO) as a: ...\n"}
    assert reglas.acts_opened_outside_their_shelf(opens, excused={}) != []
    assert reglas.acts_opened_outside_their_shelf(
        {"src/r/actions/x.py": opens["src/r/batches/x.py"]}, excused={"y.py": "why"}
    ) == ["y.py needs no excuse"]


def test_an_act_has_the_name_of_its_file(house: dict[str, str]) -> None:
    assert reglas.acts_named_otherwise(house) == []


def test_the_rule_of_names_catches_another_name() -> None:
    bad = {"src/r/actions/emitir.py": "ACTO = Acto('emitirla', Permiso.X, Hecho)\n"}
    assert reglas.acts_named_otherwise(bad) != []
    assert reglas.acts_named_otherwise({"a/emitirla.py": bad["src/r/actions/emitir.py"]}) == []


def test_a_reason_that_a_person_gives_is_checked_by_its_act(house: dict[str, str]) -> None:
    """The form is one door; the console and the programs are others."""
    assert reglas.reasons_nobody_checks(house) == []


def test_the_rule_of_reasons_catches_an_act_that_takes_any_text() -> None:
    takes = "def terminar(*, razon: str, por: Actor) -> None:\n    escribir(razon.strip())\n"
    where = "src/r/actions/terminar.py"
    assert reglas.reasons_nobody_checks({where: takes}) != []
    asks = takes + "    if not es_razon(razon, hasta=400):\n        raise SinRazon\n"
    assert reglas.reasons_nobody_checks({where: asks}) == []


def test_every_act_has_a_name_of_its_own_a_permission_somebody_holds_and_known_facts() -> None:
    assert reglas.acts_out_of_the_vocabulary(actos(), hechos_declarables(), PERMISSIONS) == []


def test_the_rule_of_the_vocabulary_catches_each_fault() -> None:
    acts = {
        "a": Acto("cerrar", Permiso.TASA_APROBAR, TasaAprobada),
        "b": Acto("cerrar", Permiso.TASA_APROBAR, DiaDeCarteraCerrado),
    }
    assert reglas.acts_out_of_the_vocabulary(acts, [TasaAprobada], set()) == [
        "a: no role gives tasa.aprobar",
        "b has the name of a: cerrar",
        "b: no role gives tasa.aprobar",
        "b states DiaDeCarteraCerrado, which is nobody's",
    ]


def test_every_fact_is_stated_by_some_act() -> None:
    assert reglas.facts_nobody_states(actos().values(), hechos_declarables()) == []
    assert reglas.facts_nobody_states([], [TasaAprobada]) != []


def test_every_step_of_a_machine_is_made_by_an_act_that_exists() -> None:
    assert reglas.steps_without_act(MAQUINAS, actos().values()) == []


def test_the_rule_of_steps_catches_one_that_nothing_makes() -> None:
    machine = Maquina("x", [Paso("nacer", None, "a", "N")], "a")
    assert reglas.steps_without_act([machine], []) == ["x: ∅ → a by nacer"]


def test_an_act_that_states_nothing_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="states no fact"):
        Acto("callar", Permiso.TASA_APROBAR)


def test_the_deadline_of_a_step_is_a_rule_of_the_norm() -> None:
    named = {step.plazo for machine in MAQUINAS for step in machine.pasos if step.plazo}
    assert named <= {regla.nombre for regla in reglas_de_plazo()}
    with pytest.raises(ReglaDesconocida, match="31"):
        regla_de_plazo("31.er día de mora")


def test_the_number_of_every_deadline_is_a_parameter() -> None:
    assert {r.parametro for r in reglas_de_plazo()} <= set(cargar_parametros().claves())


def test_every_step_of_the_close_is_an_act_and_is_called_once() -> None:
    steps = pasos_de_cierre()
    where = [step.hacer.__module__.removeprefix("recaudo.") for step in steps]
    assert set(where) <= set(actos())
    assert len({step.evento for step in steps}) == len(steps) == len(set(where))
