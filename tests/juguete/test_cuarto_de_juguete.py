"""A whole room is added: its folders, and lines in the wiring, the matrix and the glossary.

The house is built again in another folder with the room in it; there its own tests tell the whole
story (the act on screen, debt, document, notice, deadline, close, payment, audit), and the rules of
the house are those of any room.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.juguete import obra
from tests.servidor import ROOT

GUIA = ROOT / "docs" / "guias" / "agregar-un-cuarto.md"
_BLOQUE = re.compile(r"^`([^`\n]+)`(?: \(extracto\))?\n\n```\w*\n(.*?)^```$", re.S | re.M)


@pytest.fixture(scope="module")
def casa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return obra.construir(tmp_path_factory.mktemp("casa"))


def test_it_touches_its_own_folders_the_wiring_the_matrix_and_the_glossary() -> None:
    assert set(obra.anadidos()) <= obra.TOCABLES
    ajenas = [
        direccion
        for direccion in obra.del_cuarto()
        if (ROOT / direccion).exists() or "copias" not in direccion
    ]
    assert ajenas == []


def test_a_line_to_hang_from_that_is_gone_is_said() -> None:
    with pytest.raises(AssertionError, match="must be there once: c"):
        obra.con_anadidos("a\nb\n", "# tras: c\nd\n")
    assert obra.con_anadidos("a\nb\n", "# tras: a\nd\n") == "a\nd\nb\n"


@pytest.mark.django_db
def test_the_room_lives_its_story_and_obeys_the_house(casa: Path) -> None:
    obra.correr(casa, "python", "-m", "herramientas.documentacion")
    obra.correr(
        casa, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "tests/domain/copias", "tests/interfaces/oficina/copias",
        *(f"tests/architecture/test_{que}.py" for que in (
            "actos", "alcance", "django", "estados", "law", "maquinas", "sql_entre_cuartos",
            "urls",
        )),
    )  # fmt: skip


def test_the_room_keeps_to_its_floor_its_shelves_and_the_taste_of_the_house(casa: Path) -> None:
    assert "0 broken" in obra.correr(casa, "lint-imports", "--no-logo", "--no-cache")
    obra.correr(casa, "ruff", "check", "--no-cache", "src", "tests")
    obra.correr(casa, "ruff", "format", "--no-cache", "--check", "src", "tests")


def test_the_guide_is_the_room() -> None:
    """Each block of the guide is a file of the room, or lines of it as they stand."""
    bloques = _BLOQUE.findall(GUIA.read_text(encoding="utf-8"))
    todos = obra.del_cuarto() | obra.anadidos()
    for direccion, texto in bloques:
        assert texto in todos[direccion].read_text(encoding="utf-8"), direccion
    assert {direccion for direccion, _ in bloques} >= set(obra.anadidos())
    contados = {d for d, _ in bloques if d.startswith("src/recaudo/")}
    de_codigo = {
        d
        for d, p in obra.del_cuarto().items()
        if d.startswith("src/recaudo/") and "/migrations/0001" not in d and _dice_algo(p)
    }
    assert de_codigo - contados == set(), "the guide leaves these out"


def _dice_algo(archivo: Path) -> bool:
    """Whether it has more than the line that says what it is."""
    if archivo.suffix != ".py":
        return archivo.stat().st_size > 0
    return len(ast.parse(archivo.read_text(encoding="utf-8")).body) > 1
