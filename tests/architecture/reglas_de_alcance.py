"""Rules about who sees which rows, on the text of the house."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

#: What only `infra/security` may know of somebody: outside it there is `Alcance`, and it is asked.
DE_QUIEN = frozenset({"provincias", "empleadores", "causas", "es_nacional", "asignaciones"})
QUIENES = ("actor", "por", "alcance", "territorio", "paga")
TODO = "TODA_LA_NACION"
#: The console of the machine has the whole nation at hand; a page never does.
CON_LA_NACION = (
    "src/recaudo/infra/security/",
    "src/recaudo/interfaces/batch/",
    "src/recaudo/ensayo/",
)


def functions_without_reach(house: Mapping[str, str]) -> set[str]:
    """Return the public functions of queries and reports that take no `alcance`."""
    return {
        f"{PurePosixPath(address).with_suffix('').as_posix().removeprefix('src/recaudo/')}.{f.name}"
        for address, text in house.items()
        if _reads_rows(address)
        for f in ast.parse(text).body
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")
        if "alcance" not in {a.arg for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs)}
    }


def _reads_rows(address: str) -> bool:
    parts = PurePosixPath(address).parts
    if address.endswith(".sql") or len(parts) < 5:
        return address.startswith("src/recaudo/reports/") and address.endswith(".py")
    in_a_room = parts[2] == "domain" and (parts[4] == "queries" or parts[4] == "queries.py")
    return in_a_room or (parts[2] == "reports" and parts[3] != "auditoria")


def comparisons_of_territory(house: Mapping[str, str]) -> list[str]:
    """Return where somebody's provinces or employers are looked at outside `infra/security`."""
    return [
        f"{address}:{node.lineno}: {ast.unparse(node)}"
        for address, text in house.items()
        if address.endswith(".py") and not address.startswith("src/recaudo/infra/security/")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in DE_QUIEN and _of_somebody(node.value)
    ]


def _of_somebody(node: ast.expr) -> bool:
    """Say whether an expression is an actor or a reach: `por`, `request.actor`, `x.alcance(…)`."""
    if isinstance(node, ast.Call):
        return _of_somebody(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr in QUIENES
    return isinstance(node, ast.Name) and node.id in QUIENES


def nations_at_hand(house: Mapping[str, str]) -> list[str]:
    """Return the modules that take the whole nation instead of asking somebody's reach."""
    return [
        address
        for address, text in house.items()
        if address.endswith(".py") and not address.startswith(CON_LA_NACION)
        if TODO in set(_names(ast.parse(text)))
    ]


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
