"""Every test runs in one lane of `make test`, within a budget; the law's lane has no database."""

import subprocess
import sys
from pathlib import Path

import pytest

from herramientas.probar import report, side_by_side
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


def test_the_budgets_are_those_of_thirteen_minutes() -> None:
    lanes = (*CARRILES, OTRO_SERVIDOR)
    assert COMPROBACIONES + sum(lane.presupuesto_segundos for lane in lanes) <= 780


@pytest.mark.parametrize(("segundos", "dentro"), [(10, True), (40, True), (41, False)])
def test_a_lane_over_its_budget_says_so_loudly(
    segundos: int, dentro: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    ley = Carril("ley", ("tests/kernel",), 40, con_base=False)
    assert report([(ley, float(segundos))]) is dentro
    assert ("SE PASÓ" in capsys.readouterr().out) is not dentro


def _paso(titulo: str, programa: str) -> tuple[str, list[str]]:
    return titulo, [sys.executable, "-c", programa]


def test_checks_run_at_once_print_whole_in_order_and_end_at_the_first_failure(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The first waits for what the second writes: one after the other would never end."""
    marca = tmp_path / "marca"
    espera = (
        "import os, time\nfor _ in range(3000):\n"
        f"    if os.path.exists({str(marca)!r}): raise SystemExit(print('uno'))\n"
        "    time.sleep(0.01)\nraise SystemExit(9)"
    )
    pasos = [
        _paso("primero", espera),
        _paso("segundo", f"open({str(marca)!r}, 'w'); print('dos' * 50_000)"),
    ]
    assert side_by_side(pasos, {}) == 0
    dicho = capfd.readouterr().out
    assert dicho.index("uno") < dicho.index("── segundo") < dicho.index("dos" * 50_000)

    sin_fin = _paso("tercero", "import time; time.sleep(60)")
    assert side_by_side([*pasos, _paso("roto", "raise SystemExit(3)"), sin_fin], {}) == 3
    dicho = capfd.readouterr().out
    assert "── roto: falló" in dicho
    assert "tercero" not in dicho


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
