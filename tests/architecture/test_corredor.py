"""The order of the rooms is said once, in the wiring: the contract of imports keeps that one."""

from pathlib import Path

import pytest
from grimp import ImportGraph
from importlinter.configuration import configure

from herramientas.corredor import Corredor, corredor, profundidad
from recaudo.project.wiring import CORREDOR
from tests.servidor import ROOT

configure()


def test_what_is_read_as_text_is_what_the_wiring_declares() -> None:
    assert corredor() == CORREDOR


def test_every_room_that_is_there_has_its_place() -> None:
    there = {p.parent.name for p in (ROOT / "src/recaudo/domain").glob("*/__init__.py")}
    assert there <= set(profundidad(CORREDOR))


def test_a_wiring_without_a_corridor_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "wiring.py"
    empty.write_text("MAQUINAS: tuple[str, ...] = ()\n", encoding="utf-8")
    with pytest.raises(LookupError, match=r"wiring\.py declares no CORREDOR"):
        corredor(empty)


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [("cartera", "obligaciones", True), ("obligaciones", "cartera", False),
     ("planillas", "recaudacion", False)],
)  # fmt: skip
def test_the_contract_keeps_that_order(importer: str, imported: str, *, kept: bool) -> None:
    graph = ImportGraph()
    graph.add_module("recaudo.domain")
    for room in (name for name in profundidad(CORREDOR) if "(" not in name):
        graph.add_module(f"recaudo.domain.{room}")
    domain = "recaudo.domain"
    graph.add_import(importer=f"{domain}.{importer}", imported=f"{domain}.{imported}")
    contract = Corredor("Corridor", {"root_packages": ["recaudo"]}, {"containers": [domain]})
    assert contract.check(graph, verbose=False).kept is kept
