"""Every test runs in one lane of `make test`, within a budget; the law's lane has no database."""

import subprocess
import sys

import pytest

from herramientas.probar import report
from tests.carriles import (
    CARRILES,
    COMPROBACIONES,
    LARGOS,
    OTRO_SERVIDOR,
    Carril,
    carril_de,
    sin_carril,
)
from tests.servidor import ROOT, SIN_BASE

FILES = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "tests").rglob("test_*.py"))


def test_every_test_file_has_a_lane_and_only_one() -> None:
    assert sin_carril(FILES) == []
    assert all(sum(lane.es_suya(path) for lane in CARRILES) == 1 for path in FILES)
    assert sin_carril(["tests/nuevo/test_x.py"]) == ["tests/nuevo/test_x.py"], "failing twin"


def test_the_browser_is_opened_only_in_its_lane() -> None:
    """Its lane collects its own folder alone; what is elsewhere would slow down another."""
    abren = [r for r in FILES if "playwright" in (ROOT / r).read_text(encoding="utf-8")]
    assert {carril_de(r) for r in abren if r != "tests/architecture/test_carriles.py"} == {
        "navegador"
    }


def test_what_takes_longest_is_there() -> None:
    assert [ruta for ruta in LARGOS if ruta not in FILES] == []


def test_the_budgets_are_those_of_eight_minutes() -> None:
    lanes = (*CARRILES, OTRO_SERVIDOR)
    assert COMPROBACIONES + sum(lane.presupuesto_segundos for lane in lanes) <= 480


@pytest.mark.parametrize(("segundos", "dentro"), [(10, True), (40, True), (41, False)])
def test_a_lane_over_its_budget_says_so_loudly(
    segundos: int, dentro: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    ley = Carril("ley", ("tests/kernel",), 40, con_base=False)
    assert report([(ley, float(segundos))]) is dentro
    assert ("SE PASÓ" in capsys.readouterr().out) is not dentro


def test_the_lane_of_the_law_needs_no_database() -> None:
    """One file of it, in a process with a database that does not exist."""
    hecho = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--carril", "ley",
         "tests/kernel/test_period.py"],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "DATABASE_URL": SIN_BASE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert hecho.returncode == 0, hecho.stdout[-2000:] + hecho.stderr[-2000:]
    assert "sin base de datos" in hecho.stdout or "passed" in hecho.stdout
