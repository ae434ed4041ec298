"""SQL that a room writes names its own tables and those of rooms below it, no others."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

Files = dict[str, str]
_VERBOS = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|COPY|FROM|JOIN|REFERENCES|TRUNCATE)\b")
_COMENTARIO = re.compile(r"--[^\n]*")


def tables_out_of_reach(files: Files, depth: dict[str, int]) -> set[tuple[str, str]]:
    """(file, table) where the SQL of a room names a table of a room above it or beside it."""
    name = re.compile(rf"\b({'|'.join(sorted(depth))})_[a-z_]+\b")
    found = set()
    for address, text in files.items():
        path = PurePosixPath(address)
        if "domain" not in path.parts or path.suffix not in {".py", ".sql"}:
            continue
        room = path.parts[path.parts.index("domain") + 1]
        if room not in depth:
            continue
        for statement in _statements(path, text):
            for match in name.finditer(statement):
                other = match.group(1)
                if other != room and depth[other] <= depth[room]:
                    found.add((address, match.group()))
    return found


def tables_read_from_outside(files: Files, rooms: Iterable[str]) -> set[tuple[str, str]]:
    """(file, table) where the SQL of another floor names a table of a room.

    Reports read every table and rehearsals load and measure them; every other floor asks queries.
    """
    name = re.compile(rf"\b(?:{'|'.join(sorted(rooms))})_[a-z_]+\b")
    fuera = ("domain", "reports", "ensayo")
    return {
        (address, match.group())
        for address, text in files.items()
        if (path := PurePosixPath(address)).suffix in {".py", ".sql"}
        and path.parts[:2] == ("src", "recaudo")
        and path.parts[2] not in fuera
        for statement in _statements(path, _sin_docstring(path, text))
        for match in name.finditer(statement)
    }


def _sin_docstring(path: PurePosixPath, text: str) -> str:
    """The text without the docstring of its module, where SQL may be an example."""
    if path.suffix != ".py":
        return text
    arbol = ast.parse(text)
    dicho = ast.get_docstring(arbol, clean=False)
    return ast.unparse(ast.Module(arbol.body[1:], [])) if dicho else text


def _statements(path: PurePosixPath, text: str) -> Iterator[str]:
    """The SQL of a file: whole, or the strings of a module that read as SQL."""
    if path.suffix == ".sql":
        yield _COMENTARIO.sub("", text)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            parts = [v.value for v in node.values if isinstance(v, ast.Constant)]
            yield from _if_sql("".join(str(p) for p in parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _if_sql(node.value)


def _if_sql(text: str) -> Iterator[str]:
    if _VERBOS.search(text):
        yield text


#: What writes a row with SQL of its own. A temporary or bare table is of whoever makes it.
_ESCRIBE = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY)\s+\"?([a-z_]+)\"?", re.IGNORECASE
)


def writes_into_rooms(files: Files, rooms: Iterable[str]) -> set[tuple[str, str]]:
    """(file, table) where a rehearsal or a door writes with its own SQL in a table of a room."""
    name = re.compile(rf"({'|'.join(sorted(rooms))})_[a-z_]+")
    return {
        (address, table)
        for address, text in files.items()
        if address.startswith(("src/recaudo/ensayo/", "src/recaudo/interfaces/"))
        and PurePosixPath(address).suffix in {".py", ".sql"}
        for statement in _statements(PurePosixPath(address), text)
        for table in _ESCRIBE.findall(statement)
        if name.fullmatch(table)
    }


def calls_of(files: Files, function: str) -> set[str]:
    """Return the files that call a function by its name."""
    return {
        address
        for address, text in files.items()
        if address.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == function or getattr(node.func, "attr", "") == function)
    }
