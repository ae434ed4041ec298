"""The law, the acts and their words: each rule on the real tree, and a sample it must catch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from herramientas.documentacion import sobrantes, todas
from herramientas.paginas_de_la_casa import hechos_declarables
from herramientas.paginas_de_norma import escribir
from herramientas.uso_de_reglas import modulos_de_norma, parametros_de, reglas_de_norma
from recaudo.interfaces.vista.tonos import palabra_de_estado, tono_de_estado
from recaudo.kernel.states import PREVIO, Estado, Maquina, Paso, estado_de
from recaudo.norma.parametros import cargar_parametros
from recaudo.project.wiring import MAQUINAS
from tests.architecture import reglas_de_ley as reglas
from tests.servidor import ROOT

# Acts that run inside the act of whoever calls them, or that load what ships with the house.
ACTS_EXCUSED = {
    "contabilidad/asentar": "posts inside the act that caused the entry, and carries its fact",
    "contabilidad/revertir": "posts inside the act that undoes the entry, and carries its fact",
    "contabilidad/cargar_plan_de_cuentas": "loads the chart that ships with the house",
    "plazos/abrir_plazo": "counts inside the act that opens it, and carries its fact",
    "plazos/ampliar_plazo": "counts inside the act of whoever decides, and carries its fact",
    "plazos/suspender_plazo": "counts inside the act of whoever suspends, and carries its fact",
    "plazos/reanudar_plazo": "counts inside the act of whoever resumes, and carries its fact",
    "plazos/extinguir_plazos": "ends them inside the act that makes them pointless",
    "organizacion/cargar_division_politica": "loads the provinces and cantons of the INEC",
    "parametros/cargar_tasas_publicadas": "loads the series that ships with the law",
    "parametros/cargar_tasas_de_demostracion": "only where the date is simulated, and marked DEMO",
}
# Parameters that are data for people, or that something else than a rule of `norma` reads.
PARAMETERS_EXCUSED: dict[str, str] = {
    "aportes.fondo_reserva.anios_previos": "the calculator is told that the right was acquired",
    "mora.dispensas": "depends on the requirements of each file: never applied on its own",
    "organizacion.unidades_coactivas": "read by the loader of provinces",
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return todas()


@pytest.fixture(scope="module")
def package() -> dict[str, str]:
    """Every Python and SQL file of the package, migrations too."""
    paths = [p for e in ("*.py", "*.sql") for p in (ROOT / "src" / "recaudo").rglob(e)]
    return {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in sorted(paths)}


def test_the_generated_pages_are_those_of_the_code_else_run_make_docs(
    pages: dict[str, str],
) -> None:
    assert reglas.pages_out_of_date(pages, ROOT) == []
    assert sobrantes(pages) == []


def test_a_page_that_was_edited_or_is_missing_or_is_left_over_is_caught(
    pages: dict[str, str], tmp_path: Path
) -> None:
    escribir(pages, tmp_path)
    assert reglas.pages_out_of_date(pages, tmp_path) == []
    (tmp_path / "docs/permisos.md").write_text("a mano", encoding="utf-8")
    (tmp_path / "docs/norma/indice.md").unlink()
    assert reglas.pages_out_of_date(pages, tmp_path) == ["docs/norma/indice.md", "docs/permisos.md"]
    assert sobrantes({k: v for k, v in pages.items() if k != "docs/norma/indice.md"}) == [
        "docs/norma/indice.md"
    ]


def test_the_page_of_doubts_names_every_value_that_is_not_verified(pages: dict[str, str]) -> None:
    page, parameters = pages["docs/norma/provisional.md"], cargar_parametros()
    doubtful = {
        parameters.nombre(key)
        for key in parameters.claves()
        for value in parameters.historia(key)
        if value.estado_verificacion != "VERIFICADO"
    }
    sure = {parameters.nombre(key) for key in ("mora.puntos", "planilla.dia_de_vencimiento")}
    assert doubtful
    assert [name for name in sorted(doubtful) if f"| {name} |" not in page] == []
    assert [name for name in sorted(sure) if f"| {name} |" in page] == []


def test_the_index_has_every_rule_with_the_parameters_it_reads_even_indirectly(
    pages: dict[str, str],
) -> None:
    rows = {
        line.split("|")[1].strip(): line.split("|")[2]
        for line in pages["docs/norma/indice.md"].splitlines()
        if line.startswith("| `")
    }
    names = {f"`{r.modulo.removeprefix('recaudo.norma.')}.{r.nombre}`" for r in reglas_de_norma()}
    assert names <= rows.keys()
    assert "`mora.*`" in rows["`mora.interes.calcular_interes`"]
    assert "`aportes.tasas.*`" in rows["`aportes.aporte.calcular_aporte`"]
    assert "mora" not in rows["`aportes.aporte.calcular_aporte`"]


def test_every_parameter_is_read_by_a_rule_that_cites() -> None:
    keys, modules = cargar_parametros().claves(), modulos_de_norma()
    read = {key for rule in reglas_de_norma() for key in parametros_de(rule, modules, keys)}
    assert reglas.parameters_nobody_reads(keys, read, excused=PARAMETERS_EXCUSED) == []


def test_the_rule_of_parameters_catches_one_that_nobody_reads_and_an_idle_excuse() -> None:
    assert reglas.parameters_nobody_reads(["a.b"], set(), excused={}) == ["nobody reads a.b"]
    idle = reglas.parameters_nobody_reads(["a.b"], {"a.b"}, excused={"a.b": "why"})
    assert idle == ["a.b needs no excuse"]


def test_every_act_opens_with_a_permission_and_states_a_fact(house: dict[str, str]) -> None:
    assert reglas.acts_without_permission_or_fact(house, excused=ACTS_EXCUSED) == []


_OPENS = "    with acto(ACTO, por=por, fecha=hoy, norma='n') as a:\n"


@pytest.mark.parametrize(
    ("body", "lacks"),
    [
        ("    pass\n", "opens no act and states no fact"),
        (_OPENS + "        pass\n", "states no fact"),
        ("    a.declarar(x)\n", "opens no act"),
        (_OPENS.replace("ACTO", "'x'") + "        a.declarar(x)\n", "opens no act"),
    ],
)
def test_the_rule_of_acts_catches(body: str, lacks: str) -> None:
    address = "src/recaudo/domain/cartera/actions/emitir.py"
    bad = {address: f"def emitir(*, por, hoy):\n{body}"}
    assert reglas.acts_without_permission_or_fact(bad, excused={}) == [f"{address} {lacks}"]


def test_an_act_may_leave_the_opening_and_the_fact_to_the_batch_it_calls() -> None:
    act = "src/recaudo/domain/cartera/actions/emitir.py"
    batch = "src/recaudo/domain/cartera/batches/emitir.py"
    files = {
        act: "from recaudo.domain.cartera.batches.emitir import x\ndef emitir(): x()\n",
        batch: f"def x():\n{_OPENS}        a.declarar(1)\n",
    }
    assert reglas.acts_without_permission_or_fact(files, excused={}) == []
    idle = reglas.acts_without_permission_or_fact(files, excused={"cartera/emitir": "why"})
    assert idle == ["cartera/emitir needs no excuse"]


def test_every_fact_is_frozen_has_a_name_of_its_own_and_tells_itself_in_spanish() -> None:
    facts = list(hechos_declarables())
    assert len(facts) > 20
    assert reglas.facts_out_of_shape(facts) == []


@dataclass(frozen=True)
class GoodFact:
    tipo: ClassVar[str] = "bueno"
    objeto_tipo: ClassVar[str] = "glosa"
    cuantas: int

    def frase(self) -> str:
        return f"Se emitieron {self.cuantas} glosas."


@dataclass(frozen=True)
class EnglishFact(GoodFact):
    tipo: ClassVar[str] = "ingles"

    def frase(self) -> str:
        return f"There were {self.cuantas} issued."


@dataclass
class ThawedFact:
    tipo: ClassVar[str] = "suelto"
    objeto_tipo: ClassVar[str] = "glosa"

    def frase(self) -> str:
        return "Se emitió."


@dataclass(frozen=True)
class SilentFact:
    tipo: ClassVar[str] = "mudo"
    objeto_tipo: ClassVar[str] = "glosa"


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (EnglishFact, "in Spanish"),
        (ThawedFact, "not frozen"),
        (SilentFact, "has no frase"),
        (type("LostFact", (GoodFact,), {"objeto_tipo": None}), "what it is about"),
    ],
)
def test_the_rule_of_facts_catches(fact: type[Any], says: str) -> None:
    assert reglas.facts_out_of_shape([GoodFact]) == []
    assert [says in offence for offence in reglas.facts_out_of_shape([fact])] == [True]


def test_the_rule_of_facts_catches_two_with_one_name() -> None:
    assert "has the name of" in reglas.facts_out_of_shape([GoodFact, GoodFact])[0]


def test_every_noun_of_the_rooms_is_in_the_glossary(house: dict[str, str]) -> None:
    glossary = (ROOT / "docs" / "glosario.md").read_text(encoding="utf-8")
    assert reglas.nouns_out_of_the_glossary(house, glossary) == []


def test_the_rule_of_nouns_catches_a_class_the_glossary_does_not_know() -> None:
    files = {"src/recaudo/domain/cartera/models.py": "class Glosa(models.Model): ...\n"}
    assert reglas.nouns_out_of_the_glossary(files, "| glosa | | | – |") != []
    assert reglas.nouns_out_of_the_glossary(files, "| glosa | | | `Glosas` |") != []
    assert reglas.nouns_out_of_the_glossary(files, "| glosa | | | `Glosa.numero` |") == []


def test_every_sql_file_is_read_by_somebody(package: dict[str, str]) -> None:
    assert reglas.sql_without_reader(package) == []


@pytest.mark.parametrize(
    ("module", "is_read"),
    [
        ("TEXTO = leer('x.sql')", True),
        ("TEXTO = leer(f'{clave}.sql'); _sql('x')", True),
        ('"""Runs `x.sql`."""', False),
        ("_sql('x')", False),
        ("leer('otro.sql')", False),
    ],
)
def test_the_rule_of_sql_files_tells_who_reads(module: str, is_read: bool) -> None:
    files = {"src/r/sql/x.sql": "SELECT 1", "src/r/preguntas.py": module}
    assert (reglas.sql_without_reader(files) == []) is is_read
    far = {"src/r/sql/x.sql": "SELECT 1", "src/otro/preguntas.py": module}
    assert reglas.sql_without_reader(far) == ["nobody reads src/r/sql/x.sql"]


def _states_without_words(machines: tuple[Maquina, ...]) -> list[str]:
    """States of a machine that are a bare code, without word and tone of their own."""
    return [
        f"{machine.nombre}.{state}"
        for machine in machines
        for step in machine.pasos
        for state in (step.desde, step.hacia)
        if state not in (None, PREVIO) and not isinstance(state, Estado)
    ]


def test_every_state_brings_its_word_and_its_tone() -> None:
    assert _states_without_words(MAQUINAS) == []


def test_a_state_that_is_a_bare_code_is_caught() -> None:
    strange = (Paso("nacer", None, "estado_raro", "N"),)
    assert _states_without_words((Maquina("x", strange, "estado_raro"),)) == ["x.estado_raro"]


def test_a_code_has_one_word_and_one_tone_in_every_machine() -> None:
    words: dict[str, set[tuple[str, str]]] = {}
    for machine in MAQUINAS:
        for step in machine.pasos:
            for state in (step.desde, step.hacia):
                if isinstance(state, Estado):
                    words.setdefault(str(state), set()).add((state.palabra, state.tono))
    assert {code: both for code, both in words.items() if len(both) > 1} == {}


def test_the_look_shows_the_word_and_the_tone_of_the_state_from_it_or_from_its_code() -> None:
    for machine in MAQUINAS:
        for code in machine.estados:
            state = estado_de(code)
            assert state is not None
            for shown in (state, code):
                assert palabra_de_estado(shown) == state.palabra
                assert tono_de_estado(shown) == state.tono


def test_every_link_of_the_documentation_leads_to_a_file(tracked: dict[str, str]) -> None:
    pages = {a: t for a, t in tracked.items() if a.endswith(".md")}
    assert reglas.links_to_nothing(pages, ROOT) == []


def test_a_link_to_nothing_is_caught(tmp_path: Path) -> None:
    (tmp_path / "mapa.md").write_text("", encoding="utf-8")
    text = "[a](mapa.md) [b](mapa.md#pisos) [c](https://www.w3.org/x) [d](#aqui)"
    assert reglas.links_to_nothing({"docs.md": text}, tmp_path) == []
    assert reglas.links_to_nothing({"docs.md": "[x](nada.md)"}, tmp_path) == [
        "docs.md links to nada.md"
    ]
