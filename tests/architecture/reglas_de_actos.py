"""Rules of the house about acts: one vocabulary for file, permission, fact and step."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from recaudo.infra.audit.hechos import Acto
from recaudo.kernel.states import Maquina

Files = Mapping[str, str]


def acts_opened_outside_their_shelf(files: Files, *, excused: Mapping[str, str]) -> list[str]:
    """Modules that open `acto(...)` and are not in `actions/`; idle excuses are offences too."""
    opened = {
        address
        for address, text in files.items()
        if address.endswith(".py")
        and PurePosixPath(address).parent.name != "actions"
        and any(_called(node) == "acto" for node in ast.walk(ast.parse(text)))
    }
    return [
        *(
            f"{address} opens an act: its place is actions/"
            for address in sorted(opened - {*excused})
        ),
        *(f"{address} needs no excuse" for address in sorted({*excused} - opened)),
    ]


_REASONS = {"razon", "motivo"}
_CHECKS = {"es_razon", "razon_limpia"}


def reasons_nobody_checks(files: Files) -> list[str]:
    """Acts asked by a person for a reason that does not have to say anything."""
    found = []
    for address, text in files.items():
        if "/actions/" not in address or PurePosixPath(address).name.startswith("_"):
            continue
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            asked = {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
            called = {_called(n) for n in ast.walk(node)}
            if "por" in asked and asked & _REASONS and not called & _CHECKS:
                found.append(f"{address}: {node.name} takes any text as its reason")
    return found


def acts_named_otherwise(files: Files) -> list[str]:
    """Files that declare an `Acto` whose name is not that of the file."""
    found = []
    for address, text in files.items():
        if not address.endswith(".py") or "Acto(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _called(node) == "Acto" and node.args:
                name = ast.literal_eval(node.args[0]) if _is_text(node.args[0]) else "?"
                if name != PurePosixPath(address).stem:
                    found.append(f"{address} declares the act {name}")
    return found


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def acts_out_of_the_vocabulary(
    acts: Mapping[str, Acto], facts: Iterable[type[Any]], permissions: Iterable[str]
) -> list[str]:
    """Acts whose name is used twice, whose permission no role gives, whose fact is nobody's."""
    known, given = set(facts), set(permissions)
    found, names = [], dict[str, str]()
    for where, act in sorted(acts.items()):
        if other := names.get(act.nombre):
            found.append(f"{where} has the name of {other}: {act.nombre}")
        names[act.nombre] = where
        if act.permiso is not None and act.permiso.value not in given:
            found.append(f"{where}: no role gives {act.permiso}")
        found += [
            f"{where} states {h.__name__}, which is nobody's" for h in set(act.hechos) - known
        ]
    return found


def facts_nobody_states(acts: Iterable[Acto], facts: Iterable[type[Any]]) -> list[str]:
    """Facts that no act declares."""
    stated = {fact for act in acts for fact in act.hechos}
    return sorted(f"{f.__module__}.{f.__qualname__}" for f in set(facts) - stated)


def steps_without_act(machines: Iterable[Maquina], acts: Iterable[Acto]) -> list[str]:
    """Steps whose act is no file of `actions/`: nothing could make them."""
    names = {act.nombre for act in acts}
    return [
        f"{machine.nombre}: {step.desde or '∅'} → {step.hacia} by {step.acto}"
        for machine in machines
        for step in machine.pasos
        if step.acto not in names
    ]
