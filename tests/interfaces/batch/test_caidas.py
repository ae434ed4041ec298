"""A few deaths in each run, with the twin that must lose; more are an order, `recaudo caidas`."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.servidor


def _caidas(*opciones: str) -> tuple[int, dict[str, Any]]:
    """Run the order as it is run; it has a server of its own, whatever the environment names."""
    ambiente = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    hecho = subprocess.run(
        [sys.executable, "-c", "from recaudo.project.cli import main; main()", "caidas", "--json",
         *opciones],
        env=ambiente, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert hecho.stdout, hecho.stderr
    return hecho.returncode, json.loads(hecho.stdout)["escenarios"]


@pytest.mark.parametrize("escenario", ["base", "emision"])
def test_who_was_told_that_it_was_done_has_it_and_the_books_are_whole(escenario: str) -> None:
    codigo, escenarios = _caidas("--solo", escenario, "--muertes", "3")
    visto = escenarios[escenario]
    assert visto["muertes"] == 3
    assert visto["confirmadas"] > 0
    assert (visto["perdidas"], visto["dobles"]) == (0, 0)
    assert (visto["distintas"], visto["invariantes_rotas"]) == ([], [])
    assert codigo == 0


def test_twin_a_database_that_says_done_before_it_is_kept_is_found_out() -> None:
    codigo, escenarios = _caidas("--solo", "base", "--muertes", "2", "--gemela")
    assert escenarios["base"]["perdidas"] > 0
    assert codigo == 1
