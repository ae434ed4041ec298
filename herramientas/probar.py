"""Run every check and every test, on the embedded PostgreSQL and on the system's.

``make test`` runs it whole and ``make check`` without the tests. The first thing that
fails ends it. The last line is pytest's own.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from herramientas.navegador import MISSING, apt_install, get_browser

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
    for name in [name for name in os.environ if name.startswith("PG")]:
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
    for title, (program, *words) in steps:
        code = step(title, [str(BIN / program), *words], environment)
        if code:
            return code
    return 0


def tests() -> int:
    """Run the whole suite on the embedded server, then what uses a database on another."""
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
    pytest = [str(BIN / "python"), "-m", "pytest", "-n", "2", "--dist", "loadfile"]
    if other is None:
        print(
            "Sin PostgreSQL del sistema: se omite la segunda pasada "
            "(en Debian: sudo apt install postgresql-15).",
            flush=True,
        )
        return step("pruebas", pytest, dict(os.environ))
    code = step("pruebas", pytest, dict(os.environ))
    if code:
        return code
    environment = os.environ | {"RECAUDO_PG_BIN": str(other)}
    return step(f"pruebas de base con {other}", [*pytest, "--solo-base"], environment)


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
    if code:
        print(f"── {title}: falló ({seconds:.0f} s)", flush=True)
    elif "pytest" not in words:
        print(f"── {title}: bien ({seconds:.0f} s)", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
