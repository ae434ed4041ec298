"""What `make mutantes` knows: each survivor, by the line that it changes, with its reason."""

import re
import tomllib

import yaml

from tests.architecture import reglas
from tests.servidor import ROOT

CONOCIDOS = ROOT / "herramientas" / "mutantes_conocidos.yaml"


def test_every_known_survivor_is_of_a_line_that_is_there_and_says_why() -> None:
    for fila in yaml.safe_load(CONOCIDOS.read_text(encoding="utf-8")):
        assert set(fila) == {"archivo", "decia", "dice", "razon"}
        dicho = " ".join((ROOT / fila["archivo"]).read_text(encoding="utf-8").split())
        assert fila["decia"] in dicho, fila
        assert fila["decia"] != fila["dice"]
        assert len(fila["razon"]) > 20, fila


def test_its_lock_has_every_name_with_hashes_and_no_place() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[~=<>]", d)[0] for d in declared["dependency-groups"]["mutantes"]}
    lock = (ROOT / "requirements" / "mutantes.txt").read_text(encoding="utf-8")
    assert reglas.lock_out_of_shape(lock, wanted) == []
