"""Every dependency says why it is here, and is locked by hash with no place named."""

import re
import tomllib

import pytest

from tests.architecture import reglas
from tests.servidor import ROOT


def _declared() -> tuple[list[str], list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"], project["optional-dependencies"]["dev"]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[=~<>!; ]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_every_dependency_says_why_it_is_here() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert reglas.dependencies_without_reason(text) == []


def test_the_rule_of_reasons_catches_a_dependency_without_one() -> None:
    bad = 'dependencies = [\n    "django~=5.2", # the framework\n    "left-pad",\n]\n'
    assert reglas.dependencies_without_reason(bad) == ['"left-pad",']


@pytest.mark.parametrize("name", ["base", "dev"])
def test_the_lock_has_every_name_with_hashes_and_no_place(name: str) -> None:
    base, dev = _declared()
    wanted = _names(base if name == "base" else base + dev)
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert reglas.lock_out_of_shape(lock, wanted) == []


@pytest.mark.parametrize(
    "bad",
    [
        "--index-url x\na==1 \\\n    --hash=sha256:0",
        "a==1",
        "b==1 \\\n    --hash=sha256:0",
        "a @ file://x \\\n    --hash=sha256:0",
    ],
)
def test_the_rule_of_locks_catches(bad: str) -> None:
    assert reglas.lock_out_of_shape(bad, {"a"}) != []
    assert reglas.lock_out_of_shape("a==1 \\\n    --hash=sha256:0", {"a"}) == []
