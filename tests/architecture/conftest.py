"""The tree as the rules of the house want it: address to text."""

import subprocess
from pathlib import Path

import pytest

from tests.servidor import ROOT


def _read(paths: list[Path]) -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if "__pycache__" not in path.parts
    }


@pytest.fixture(scope="session")
def house() -> dict[str, str]:
    """Every Python and SQL file of the package, migrations apart."""
    source = ROOT / "src" / "recaudo"
    paths = [*source.rglob("*.py"), *source.rglob("*.sql")]
    return _read(
        [path for path in paths if "migrations" not in path.parts or path.suffix == ".sql"]
    )


@pytest.fixture(scope="session")
def suite() -> dict[str, str]:
    """Every test file."""
    return _read(list((ROOT / "tests").rglob("*.py")))


@pytest.fixture(scope="session")
def tracked() -> dict[str, str]:
    """Every text file that git keeps, or would keep: a new file counts before its commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    texts = {}
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts
