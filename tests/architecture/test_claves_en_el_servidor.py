"""What an act chose stays in the server: no UPDATE takes its keys back as a list of numbers."""

import ast
import re

import pytest

from tests.servidor import ROOT

_LISTA = re.compile(r"\bUPDATE\b.*\b\w*id\s*=\s*ANY\s*\(\s*%", re.IGNORECASE | re.DOTALL)


def con_lista_de_claves(texto: str) -> list[str]:
    """Return the statements of a module that change rows by a list of keys."""
    textos = (n.value for n in ast.walk(ast.parse(texto)) if isinstance(n, ast.Constant))
    return [t for t in textos if isinstance(t, str) and _LISTA.search(t)]


def test_no_act_moves_rows_by_a_list_of_keys() -> None:
    """Half a million keys as one text took a quarter of an hour; `infra.carga.elegir`, none."""
    hallados = {
        p.relative_to(ROOT).as_posix(): con_lista_de_claves(p.read_text(encoding="utf-8"))
        for p in (ROOT / "src/recaudo/domain").glob("*/actions/*.py")
        if not p.name.startswith("_")
    }
    assert {p: s for p, s in hallados.items() if s} == {}


@pytest.mark.parametrize(
    ("sql", "caught"),
    [
        ("UPDATE x SET estado = %s WHERE id = ANY(%s)", True),
        ("UPDATE x SET estado = %s FROM e WHERE e.id = x.id", False),
        ("SELECT 1 FROM x WHERE id = ANY(%s)", False),
    ],
)
def test_the_rule_catches_a_list(sql: str, *, caught: bool) -> None:
    assert bool(con_lista_de_claves(f"S = {sql!r}")) is caught
