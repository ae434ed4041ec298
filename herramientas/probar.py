"""Run every check and every test, on the embedded PostgreSQL and on the system's.

``make test`` runs it whole and ``make check`` without the tests. The first thing that
fails ends it. The last line is pytest's own.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from herramientas.navegador import MISSING, apt_install, get_browser
from tests.carriles import CARRILES, OTRO_SERVIDOR, Carril
from tests.servidor import SIN_BASE

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
SYSTEM_POSTGRES = Path("/usr/lib/postgresql")
IN_CI = bool(os.environ.get("CI"))


def main() -> int:
    """Run what was asked for and return the exit code of what failed first."""
    parser = argparse.ArgumentParser(description="Comprobaciones y pruebas de la casa")
    parser.add_argument("--sin-pruebas", action="store_true", help="solo las comprobaciones")
    parser.add_argument("--sin-comprobaciones", action="store_true", help="solo las pruebas")
    wanted = parser.parse_args()
    os.chdir(ROOT)
    # What is compiled is kept even where Python was told not to: each worker of each lane, and each
    # command that a test starts, would compile it all anew.
    for name in [n for n in os.environ if n.startswith("PG") or n == "PYTHONDONTWRITEBYTECODE"]:
        del os.environ[name]
    code = 0 if wanted.sin_comprobaciones else checks()
    return code or (0 if wanted.sin_pruebas else tests())


def checks() -> int:
    """Run the checks that open no browser and no database of data."""
    templates = [str(path) for path in (ROOT / "src").rglob("templates") if path.is_dir()]
    steps = [
        ("formato", ["ruff", "format", "--check", "-q", "."]),
        ("estilo", ["ruff", "check", "-q", "."]),
        ("pisos y cuartos", ["lint-imports", "--no-logo"]),
        ("tipos", ["mypy"]),
    ]
    if templates:
        steps.append(("plantillas", ["djlint", "--lint", "--quiet", *templates]))
    # The settings want a database; these steps only read code and must not start one.
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nadie@/nada",
        "RECAUDO_AMBIENTE": "test",
    }
    return side_by_side(
        [(title, [str(BIN / program), *words]) for title, (program, *words) in steps], environment
    )


def side_by_side(steps: Sequence[tuple[str, list[str]]], environment: dict[str, str]) -> int:
    """Begin every step at once, print each whole and in order, and return the first failure's code.

    The longest of them keeps one processor busy; the others share the second. The seconds are since
    all began. Those that come after a failure are ended.
    """
    began = time.monotonic()
    with ExitStack() as running:
        begun = [
            (title, running.enter_context(_begun(words, environment))) for title, words in steps
        ]
        for title, process in begun:
            print(f"── {title}", flush=True)
            output, _ = process.communicate()
            sys.stdout.write(output)
            _tell(title, process.returncode, time.monotonic() - began)
            if process.returncode:
                return process.returncode
    return 0


@contextmanager
def _begun(words: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Begin a step whose words are kept, and leave nothing of it running."""
    with subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=environment, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def tests() -> int:
    """Run every lane on the embedded server, then what another version could change on that one."""
    browser = get_browser()
    if browser is None:
        print(MISSING, flush=True)
        if IN_CI:
            return 1
    else:
        os.environ["CHROMIUM"] = str(browser)
    other = other_postgres()
    if other is None and IN_CI:
        print("En CI hacen falta los programas de PostgreSQL 15 del sistema.", flush=True)
        return 1
    taken: list[tuple[Carril, float]] = []
    for lane in CARRILES:
        code = _run(lane, ["--carril", lane.nombre], {}, taken)
        if code:
            return code
    if other is None:
        print(
            "Sin PostgreSQL del sistema: se omite la segunda pasada "
            "(en Debian: sudo apt install postgresql-15).",
            flush=True,
        )
    else:
        code = _run(OTRO_SERVIDOR, ["--otra-version"], {"RECAUDO_PG_BIN": str(other)}, taken)
        if code:
            return code
    report(taken)
    return 0


def _run(
    lane: Carril, words: list[str], extra: dict[str, str], taken: list[tuple[Carril, float]]
) -> int:
    """Run one lane as a step, and note how long it took."""
    pytest = [str(BIN / "python"), "-m", "pytest", "-n", "2", "--dist", "loadfile", "-q"]
    pytest.append("--no-loadscope-reorder")  # the suite says which files begin (LARGOS)
    environment = os.environ | extra
    if not lane.con_base:
        environment["DATABASE_URL"] = SIN_BASE
    start = time.monotonic()
    code = step(f"pruebas: {lane.nombre}", [*pytest, *words, *lane.carpetas], environment)
    taken.append((lane, time.monotonic() - start))
    return code


def report(taken: Sequence[tuple[Carril, float]]) -> bool:
    """Print the seconds of each lane beside its budget; a lane over it says so loudly.

    Return whether every lane was within its budget. It never fails the run: another machine, or a
    busy one, is slower; whoever reads the log of CI sees it at once.
    """
    print("── tiempo de cada carril (presupuesto en dos núcleos tranquilos)", flush=True)
    for lane, seconds in taken:
        over = seconds > lane.presupuesto_segundos
        mark = "  ¡¡SE PASÓ DE SU PRESUPUESTO!!" if over else ""
        print(
            f"   {lane.nombre}: {seconds:.0f} s de {lane.presupuesto_segundos} s{mark}", flush=True
        )
    total = sum(seconds for _, seconds in taken)
    whole = sum(lane.presupuesto_segundos for lane, _ in taken)
    within = all(seconds <= lane.presupuesto_segundos for lane, seconds in taken)
    print(f"   en total: {total:.0f} s de {whole} s{'' if within else '  ¡¡REVISE!!'}", flush=True)
    return within


def other_postgres() -> Path | None:
    """Return the programs of a system PostgreSQL, the oldest supported, installing it as root."""
    if os.environ.get("DATABASE_URL"):
        return None
    found = _system_postgres()
    if found is None and os.geteuid() == 0 and Path("/usr/bin/apt-get").exists():
        if not apt_install("postgresql-15"):
            apt_install("postgresql")
        found = _system_postgres()
    return found


def _system_postgres() -> Path | None:
    majors = sorted(int(path.parent.parent.name) for path in SYSTEM_POSTGRES.glob("*/bin/initdb"))
    supported = [major for major in majors if major >= 15]
    return SYSTEM_POSTGRES / str(supported[0]) / "bin" if supported else None


def step(title: str, words: list[str], environment: dict[str, str]) -> int:
    """Run one step under its title, say how long it took, and return its exit code."""
    print(f"── {title}", flush=True)
    start = time.monotonic()
    code = subprocess.run(words, stdin=subprocess.DEVNULL, env=environment, check=False).returncode
    seconds = time.monotonic() - start
    if code or "pytest" not in words:
        _tell(title, code, seconds)
    return code


def _tell(title: str, code: int, seconds: float) -> None:
    print(f"── {title}: {'falló' if code else 'bien'} ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
