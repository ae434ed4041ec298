"""The diagrams in docs/estados are those of the tables that the house obeys."""

import pytest

from herramientas.estados import DESTINO, pagina, paginas
from recaudo.ensayo.medicion.base_de_medida import maquinas_de_la_casa
from recaudo.kernel.states import Maquina, Paso
from recaudo.project.wiring import MAQUINAS


@pytest.mark.parametrize("name", sorted(paginas()))
def test_the_page_is_up_to_date_run_make_docs(name: str) -> None:
    assert (DESTINO / name).read_text(encoding="utf-8") == paginas()[name]


def test_no_page_is_of_a_machine_that_is_gone() -> None:
    assert {p.name for p in DESTINO.glob("*.md")} == set(paginas())


def test_every_step_is_on_its_page_with_its_article() -> None:
    for maquina in MAQUINAS:
        texto = pagina(maquina)
        for paso in maquina.pasos:
            assert f"| {paso.acto} |" in texto
            assert paso.norma in texto


def test_the_house_measured_has_the_machines_of_the_house() -> None:
    assert {m.nombre for m in maquinas_de_la_casa()} == {m.nombre for m in MAQUINAS}


def test_a_new_step_changes_the_page() -> None:
    una = Maquina("x", [Paso("nacer", None, "a", "N")], "a")
    otra = Maquina("x", [Paso("nacer", None, "a", "N"), Paso("ir", "a", "b", "N")], "a")
    assert pagina(una) != pagina(otra)
