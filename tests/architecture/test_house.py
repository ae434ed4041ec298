"""The taste of the house, held on the real tree; each rule has a bad sample it must catch."""

from pathlib import PurePosixPath

import pytest

from tests.architecture import reglas

# The rooms that compute or keep money: no binary fraction may pass there.
MONEY = ("kernel", "norma", "domain", "reports")

# Hosts of public sources and of formal names, never of a machine or a registry.
PUBLIC_HOSTS = frozenset(
    {
        "127.0.0.1",
        "contenido.bce.fin.ec",  # the published interest rates
        "github.com",  # where the font and the style sheets name their source
        "localhost",
        "scripts.sil.org",  # the font's licence
        "www.w3.org",  # names of XML vocabularies
        "schemas.openxmlformats.org",  # names of the parts of a workbook
    }
)


def _in_money_path(address: str) -> bool:
    return PurePosixPath(address).parts[2] in MONEY


def test_every_function_and_module_can_be_read_in_one_go(house: dict[str, str]) -> None:
    assert reglas.long_code(house) == []


def test_the_rule_of_length_catches_a_long_function_and_a_long_module() -> None:
    function = "def f():\n" + "    x = 1\n" * 60
    assert len(reglas.long_code({"a.py": function})) == 1
    assert len(reglas.long_code({"a.py": "x = 1\n" * 401})) == 1
    assert reglas.long_code({"a.py": "def f():\n" + "    x = 1\n" * 59}) == []


def test_no_binary_fraction_passes_where_money_does(house: dict[str, str]) -> None:
    assert reglas.floats({a: t for a, t in house.items() if _in_money_path(a)}) == []


@pytest.mark.parametrize(
    "bad", ["tasa = 0.0935", "x = float(y)", "c = models.FloatField()", "n = np.float64(1)"]
)
def test_the_rule_of_floats_catches(bad: str) -> None:
    assert len(reglas.floats({"a.py": bad})) == 1


def test_a_guard_against_floats_is_no_float() -> None:
    assert reglas.floats({"a.py": "if isinstance(x, float): raise TypeError"}) == []


def test_sql_holds_no_number_of_the_law(house: dict[str, str]) -> None:
    # infra knows no law: its numbers are of bytes and bits.
    legal = {a: t for a, t in house.items() if "/infra/" not in a}
    assert reglas.legal_numbers_in_sql(legal) == []


@pytest.mark.parametrize(
    "bad",
    [
        "SELECT base * 0.0945",
        "WHERE dias > 90",
        "fecha + interval '8 days'",
        "x := 15;",
        "CASE WHEN edad >= 65 THEN 1 END",
        "SELECT 15 -- not law:",
    ],
)
def test_the_rule_of_sql_numbers_catches(bad: str) -> None:
    assert len(reglas.legal_numbers_in_sql({"a.sql": bad})) == 1


def test_types_names_texts_and_comments_are_no_numbers_of_the_law() -> None:
    good = "-- art. 89\nSELECT a1::numeric(14, 2), 'C.D. 497', $3, %s /* 20,60 %\n */, n / 100"
    assert reglas.legal_numbers_in_sql({"a.sql": good}) == []
    ordinals = "(3, a.salud) -- not law: place of the fund\nFILTER (WHERE orden = 3)"
    assert reglas.legal_numbers_in_sql({"a.sql": ordinals}) == []


def test_every_actor_has_an_instant(house: dict[str, str]) -> None:
    models = {a: t for a, t in house.items() if PurePosixPath(a).name == "models.py"}
    assert reglas.actors_without_instant(models) == []


def test_the_rule_of_actors_catches_who_without_when() -> None:
    bad = "class Glosa:\n    emitida_por = 1\n"
    assert reglas.actors_without_instant({"models.py": bad}) != []
    assert reglas.actors_without_instant({"models.py": bad + "    emitida_en = 2\n"}) == []


def test_identifiers_and_files_are_ascii(house: dict[str, str], suite: dict[str, str]) -> None:
    assert reglas.names_beyond_ascii(house | suite) == []


@pytest.mark.parametrize(
    "bad", ["año = 1", "def emisión(): ...", "def f(año): ...", "x.año = 1", "class Señal: ..."]
)
def test_the_rule_of_ascii_catches(bad: str) -> None:
    assert reglas.names_beyond_ascii({"a.py": bad}) != []
    assert reglas.names_beyond_ascii({"año.py": ""}) != []


def test_every_module_has_a_name_that_says_what_is_inside(house: dict[str, str]) -> None:
    assert reglas.boxes_without_address(house) == []


@pytest.mark.parametrize("name", sorted(reglas.FORBIDDEN_NAMES))
def test_the_rule_of_names_catches(name: str) -> None:
    assert reglas.boxes_without_address({f"src/recaudo/domain/x/{name}.py": ""}) != []
    assert reglas.boxes_without_address({f"src/recaudo/{name}/x.py": ""}) != []


def test_every_act_is_one_file_with_one_function_of_its_name(house: dict[str, str]) -> None:
    assert reglas.acts_out_of_shape(house) == []


@pytest.mark.parametrize(
    "bad",
    [
        "def otra(): ...",
        "def emitir_glosa(): ...\ndef otra(): ...",
        "def emitir_glosa(obligacion): ...",
        "x = 1",
    ],
)
def test_the_rule_of_acts_catches(bad: str) -> None:
    address = "src/recaudo/domain/cartera/actions/emitir_glosa.py"
    assert reglas.acts_out_of_shape({address: bad}) != []
    assert reglas.acts_out_of_shape({address: "def emitir_glosa(*, por, hoy): ..."}) == []


def test_every_act_has_a_test_file(house: dict[str, str], suite: dict[str, str]) -> None:
    assert reglas.acts_without_test(house, suite) == []


def test_the_rule_of_tests_catches_an_act_without_one() -> None:
    act = {"src/recaudo/domain/cartera/actions/emitir_glosa.py": ""}
    assert reglas.acts_without_test(act, {}) != []
    assert reglas.acts_without_test(act, {"tests/domain/cartera/test_emitir_glosa.py": ""}) == []


def test_every_room_says_what_it_is_what_it_owns_and_what_it_states(
    house: dict[str, str],
) -> None:
    assert reglas.rooms_without_preface(house) == []


@pytest.mark.parametrize("bad", ["", '"""Glosas."""', '"""Glosas. Owns glosas."""'])
def test_the_rule_of_prefaces_catches(bad: str) -> None:
    assert reglas.rooms_without_preface({"src/recaudo/domain/cartera/__init__.py": bad}) != []


def test_a_state_changes_only_in_an_act_or_a_batch(house: dict[str, str]) -> None:
    assert reglas.state_assigned_outside_acts(house) == []


def test_the_rule_of_states_catches_an_assignment_in_a_view() -> None:
    bad = "glosa.estado = 'cancelada'"
    assert reglas.state_assigned_outside_acts({"interfaces/oficina/views.py": bad}) != []
    assert reglas.state_assigned_outside_acts({"domain/cartera/actions/x.py": bad}) == []


def test_no_file_tells_of_a_machine_or_a_registry(tracked: dict[str, str]) -> None:
    # Files of others (their licences, their samples) and the samples of this very rule.
    quoted = ("/static/", "/architecture/", "LICENSE", "OFL.txt")
    mine = {a: t for a, t in tracked.items() if not any(word in a for word in quoted)}
    assert reglas.traces_of_a_machine(mine, allowed_hosts=PUBLIC_HOSTS) == []


@pytest.mark.parametrize(
    "bad", ["see https://registro.interno/simple", "open('/work/x')", "cd /home/ana/x", "/root/x"]
)
def test_the_rule_of_traces_catches(bad: str) -> None:
    assert reglas.traces_of_a_machine({"a": bad}, allowed_hosts=PUBLIC_HOSTS) != []
    assert reglas.traces_of_a_machine({"a": "src/work/x"}, allowed_hosts=PUBLIC_HOSTS) == []


def test_only_a_room_touches_its_own_tables(house: dict[str, str]) -> None:
    assert reglas.tables_of_others(house) == []


@pytest.mark.parametrize(
    "bad",
    [
        "from recaudo.domain.planillas.models import Planilla",
        "from recaudo.domain.planillas import models",
        "import recaudo.domain.planillas.models as m",
        "def f():\n    from recaudo.domain.planillas.models.x import Y",
    ],
)
def test_the_rule_of_tables_catches(bad: str) -> None:
    for where in ("domain/cartera/actions/x.py", "interfaces/oficina/x.py", "project/x.py"):
        assert len(reglas.tables_of_others({f"src/recaudo/{where}": bad})) == 1
    for where in ("domain/planillas/queries.py", "reports/x.py"):
        assert reglas.tables_of_others({f"src/recaudo/{where}": bad}) == []


def test_the_room_of_notices_knows_no_matter(house: dict[str, str]) -> None:
    """Whatever is notified registers itself: what a glosa is, its own room says (ADR 0012)."""
    room = {a: t for a, t in house.items() if "/domain/notificaciones/" in a}
    assert room
    assert [a for a, t in room.items() if "glosa" in t.lower()] == []


#: Words that meant several things: one class bears each, alone; any other is qualified.
UNA_SOLA = ("Paso", "Aplicacion", "Lote", "Estado", "Deuda", "Puerta")


def test_one_word_means_one_thing(house: dict[str, str]) -> None:
    found = reglas.classes_called(house, UNA_SOLA)
    assert {word: where for word, where in found.items() if len(where) > 1} == {}
    assert set(found) == {"Paso", "Aplicacion", "Estado"}, "the glossary says which"
    twice = {"src/a.py": "class Paso: ...", "src/b.py": "class X:\n    class Paso: ..."}
    assert reglas.classes_called(twice, UNA_SOLA) == {"Paso": ["src/a.py", "src/b.py"]}
