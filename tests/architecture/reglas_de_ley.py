"""Rules of the house about the law, the acts and their words: what is there in, offences out."""

import ast
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any, get_args, get_origin, get_type_hints

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo

Files = Mapping[str, str]
_CALLED = ("actions", "batches")
# A Spanish sentence of any length has one of these; an English one has none.
_SPANISH = re.compile(
    r"\b(el|la|los|las|se|de|del|en|por|con|un|una|su|al|que|para|hasta|desde|sin)\b", re.I
)
_SAMPLES: dict[object, object] = {
    int: 7,
    str: "Muestra",
    bool: True,
    Decimal: Decimal("1.00"),
    date: date(2026, 3, 16),
    Dinero: Dinero("12.34"),
    Tasa: Tasa("9.45"),
    Periodo: Periodo(2026, 2),
}


def pages_out_of_date(pages: Mapping[str, str], root: Path) -> list[str]:
    """Generated pages that are not on disk as the generator gives them."""
    return [
        name
        for name, text in sorted(pages.items())
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]


@dataclass(slots=True)
class _Seen:
    opens: bool = False
    states: bool = False


def acts_without_permission_or_fact(files: Files, *, excused: Mapping[str, str]) -> list[str]:
    """Acts that, with all they call, open no `acto(ACTO…)` or state no fact.

    `excused` maps `room/act` to its reason; an excuse that nobody needs is an offence too.
    """
    trees = {a: ast.parse(t) for a, t in files.items() if a.endswith(".py") and "/domain/" in a}
    found, needed = [], set()
    for address in trees:
        path = PurePosixPath(address)
        if path.parent.name != "actions" or path.stem.startswith("_"):
            continue
        seen = _Seen()
        _follow(address, trees, seen, set())
        name = f"{path.parent.parent.name}/{path.stem}"
        lacks = [
            word
            for word, has in (("opens no act", seen.opens), ("states no fact", seen.states))
            if not has
        ]
        if lacks and name not in excused:
            found.append(f"{address} {' and '.join(lacks)}")
        elif lacks:
            needed.add(name)
    return found + [f"{name} needs no excuse" for name in sorted(excused.keys() - needed)]


def _follow(address: str, trees: Mapping[str, ast.Module], seen: _Seen, been: set[str]) -> None:
    """Look for the act and the fact in a module and in the acts and batches it imports."""
    if address in been or address not in trees:
        return
    been.add(address)
    for node in ast.walk(trees[address]):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            first = ast.unparse(node.args[0]) if node.args else ""
            seen.opens |= called == "acto" and first == "ACTO"
            seen.states |= called.endswith(".declarar")
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[:2] == ["recaudo", "domain"] and set(_CALLED) & set(parts):
                _follow(f"src/{'/'.join(parts)}.py", trees, seen, been)


def facts_out_of_shape(facts: Iterable[type[Any]]) -> list[str]:
    """Facts that are not frozen, cannot tell themselves in Spanish, or share their name."""
    found, names = [], dict[str, str]()
    for fact in facts:
        where = f"{fact.__module__}.{fact.__qualname__}"
        if not is_dataclass(fact) or not getattr(fact, "__dataclass_params__").frozen:  # noqa: B009
            found.append(f"{where} is not frozen")
            continue
        name = str(getattr(fact, "tipo", ""))
        if other := names.get(name):
            found.append(f"{where} has the name of {other}: {name}")
        names[name] = where
        if not isinstance(getattr(fact, "objeto_tipo", None), str):
            found.append(f"{where} does not say what it is about")
        if not callable(getattr(fact, "frase", None)):
            found.append(f"{where} has no frase()")
        elif not _is_spanish(phrase := sample(fact).frase()):
            found.append(f"{where} does not tell itself in Spanish: {phrase!r}")
    return found


def _is_spanish(phrase: object) -> bool:
    return isinstance(phrase, str) and not phrase[:1].islower() and bool(_SPANISH.search(phrase))


def sample(kind: Any) -> Any:
    """Build a dataclass with a plausible value in each field, from the types it declares."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name]) for field in fields(kind)})


def _value(kind: Any) -> Any:
    if kind in _SAMPLES:
        return _SAMPLES[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {tuple, list, frozenset}:
        return origin([_value(inner[0])])
    if origin is dict or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {_value(inner[0]): _value(inner[1])}
    if inner:
        return _value(next(one for one in inner if one is not type(None)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return sample(kind)


def nouns_out_of_the_glossary(files: Files, glossary: str) -> list[str]:
    """Classes of the rooms' models that the glossary does not name in its column of code."""
    known = set(re.findall(r"`(?:[\w.]+\.)?([A-Z]\w+)[^`]*`", glossary))
    known |= set(re.findall(r"`([A-Z]\w+)\.", glossary))
    return [
        f"{address}:{node.lineno} {node.name}"
        for address, text in files.items()
        if re.search(r"/domain/\w+/models(\.py|/)", address)
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
        and node.name not in known
        and any("Model" in ast.unparse(base) for base in node.bases)
    ]


def sql_without_reader(files: Files) -> list[str]:
    """SQL files that no module beside them, or up to the room, reads."""
    found = []
    for address in files:
        path = PurePosixPath(address)
        if path.suffix != ".sql":
            continue
        near = [
            text
            for other, text in files.items()
            if other.endswith(".py") and PurePosixPath(other).parent in path.parents[:3]
        ]
        if not any(_reads(text, path) for text in near):
            found.append(f"nobody reads {address}")
    return found


def _reads(text: str, path: PurePosixPath) -> bool:
    """Whether a module names the file: whole, or its stem where it builds names of `.sql`."""
    tree = ast.parse(text)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    }
    return path.name in texts or (path.stem in texts and ".sql" in texts)


def parameters_nobody_reads(
    keys: Iterable[str], read: Set[str], *, excused: Mapping[str, str]
) -> list[str]:
    """Parameters that no rule reads and nobody excused, and excuses that nobody needs."""
    unread = set(keys) - read
    return [
        *(f"nobody reads {key}" for key in sorted(unread - excused.keys())),
        *(f"{key} needs no excuse" for key in sorted(excused.keys() - unread)),
    ]


def links_to_nothing(pages: Files, root: Path) -> list[str]:
    """Relative links of the documentation whose file does not exist."""
    return [
        f"{address} links to {target}"
        for address, text in pages.items()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
        if "://" not in target and not (root / address).parent.joinpath(target).exists()
    ]
