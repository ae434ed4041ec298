"""The taste of the house as functions: files in, offences out.

Each takes a mapping of address to text, so that its test can hand it the real tree and its
twin a bad sample. An offence is a sentence that says where and what.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

Files = Mapping[str, str]

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
FORBIDDEN_NAMES = frozenset(
    {"base", "common", "core", "helper", "helpers", "lib", "managers", "misc", "services", "utils"}
)
# Numbers that SQL may say because no law changes them.
SQL_NUMBERS = {
    "0": "nothing, and the bucket of what has no lot",
    "1": "one row, one step",
    "2": "the decimals of a dollar",
    "100": "the cents of a dollar",
    "10000": "the base in which a rate with four decimals is an integer",
}
# A line that counts columns or bytes says so, with its reason: "-- not law: place of the fund".
_NOT_LAW = re.compile(r"--\s*not law:\s*\w+")
_ORDINAL = re.compile(r"\borden\s*=\s*\d+", re.I)
_TYPE_SIZE = re.compile(r"\b(?:numeric|decimal|varchar|char|varying|bit)\s*\([\d,\s]+\)", re.I)
_INTERVAL = re.compile(r"\binterval\s*'([^']*)'", re.I)
_HOST = re.compile(r"\bhttps?://([\w.-]+)", re.I)
_MACHINE_PATH = re.compile(r"(?<![\w./$}-])/(?:work|root|home/\w+)/\w")


def _parsed(files: Files) -> Iterator[tuple[str, ast.Module]]:
    for address, text in files.items():
        if address.endswith(".py"):
            yield address, ast.parse(text, filename=address)


def long_code(files: Files) -> list[str]:
    """Functions and modules that nobody can read in one go."""
    found = [
        f"{address} has {lines} lines"
        for address, text in files.items()
        if address.endswith(".py") and (lines := len(text.splitlines())) > LONGEST_MODULE
    ]
    for address, tree in _parsed(files):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{address}:{node.lineno} {node.name} has {length} lines")
    return found


def floats(files: Files) -> list[str]:
    """Binary fractions where money passes: literals, conversions, columns, array types."""
    return [
        f"{address}:{getattr(node, 'lineno', 0)} {ast.unparse(node)}"
        for address, tree in _parsed(files)
        for node in ast.walk(tree)
        if _is_float(node)
    ]


def _is_float(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=float()):
            return True
        case ast.Call(func=ast.Name(id="float")):
            return True
        case ast.Attribute(attr="FloatField" | "float64" | "float32" | "double"):
            return True
    return False


def legal_numbers_in_sql(files: Files) -> list[str]:
    """Numbers in SQL that could be a rate, a threshold or a legal count of days."""
    found = []
    for address, text in files.items():
        if not address.endswith(".sql"):
            continue
        for line_number, line in enumerate(_without_comments(text).splitlines(), start=1):
            found += [
                f"{address}:{line_number} the number {number}"
                for number in _numbers(line)
                if number not in SQL_NUMBERS
            ]
    return found


def _without_comments(text: str) -> str:
    text = "\n".join("" if _NOT_LAW.search(line) else line for line in text.split("\n"))
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), text, flags=re.S)
    return re.sub(r"--[^\n]*", "", text)


def _numbers(line: str) -> list[str]:
    spans = " ".join(_INTERVAL.findall(line))
    bare = re.sub(r"'(?:[^']|'')*'", "''", line)
    bare = re.sub(r"\$\d+|%s|%\(\w+\)s", "", _ORDINAL.sub("", _TYPE_SIZE.sub("", bare)))
    return re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", f"{bare} {spans}")


def actors_without_instant(files: Files) -> list[str]:
    """Models that say who did something and not when."""
    found = []
    for address, tree in _parsed(files):
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            columns = {
                target.id
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            found += [
                f"{address}:{node.lineno} {node.name}.{name} has no {name[:-4]}_en"
                for name in sorted(columns)
                if name.endswith("_por") and f"{name[:-4]}_en" not in columns
            ]
    return found


def names_beyond_ascii(files: Files) -> list[str]:
    """Files and identifiers with letters that a keyboard or a terminal may not have."""
    found = [f"{address} is not ASCII" for address in files if not address.isascii()]
    for address, tree in _parsed(files):
        for node in ast.walk(tree):
            for field in ("name", "id", "arg", "attr"):
                name = getattr(node, field, None)
                if isinstance(name, str) and not name.isascii():
                    found.append(f"{address}:{getattr(node, 'lineno', 0)} {name}")
    return found


def boxes_without_address(files: Files) -> list[str]:
    """Modules and packages whose name is no address."""
    return [
        f"{address}: «{part}» says nothing of what is inside"
        for address in files
        for part in PurePosixPath(address).with_suffix("").parts
        if part in FORBIDDEN_NAMES and address.endswith(".py")
    ]


def acts_out_of_shape(files: Files) -> list[str]:
    """Acts that are not one file with one public function of the same name."""
    found = []
    for address, tree in _parsed(files):
        path = PurePosixPath(address)
        if path.parent.name != "actions" or path.stem.startswith("_"):
            continue
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        if [node.name for node in public] != [path.stem]:
            names = ", ".join(node.name for node in public) or "none"
            found.append(f"{address} must have one public function, {path.stem}; it has {names}")
        found += [
            f"{address} {node.name} takes positional arguments"
            for node in public
            if node.args.args or node.args.posonlyargs or node.args.vararg
        ]
    return found


def acts_without_test(files: Files, tests: Files) -> list[str]:
    """Acts that no test file is named after."""
    found = []
    for address in files:
        path = PurePosixPath(address)
        if path.parent.name == "actions" and not path.stem.startswith("_"):
            room = path.parent.parent
            wanted = f"tests/{room.parent.name}/{room.name}/test_{path.stem}.py"
            if wanted not in tests:
                found.append(f"{address} has no {wanted}")
    return found


def rooms_without_preface(files: Files) -> list[str]:
    """Rooms whose ``__init__`` does not say what they are, what they own and what they state."""
    found = []
    for address, tree in _parsed(files):
        path = PurePosixPath(address)
        if path.name != "__init__.py" or path.parent.parent.name != "domain":
            continue
        preface = ast.get_docstring(tree) or ""
        if not all(word in preface for word in ("Owns", "States")):
            found.append(f"{address} must say what the room is, «Owns …» and «States …»")
    return found


def state_assigned_outside_acts(files: Files) -> list[str]:
    """Assignments to ``.estado`` outside the acts and batches of a room; infra has its own."""
    found = []
    for address, tree in _parsed(files):
        parts = PurePosixPath(address).parts
        if "infra" in parts or {"actions", "batches"} & set(parts):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Assign):
                continue
            found += [
                f"{address}:{node.lineno} {ast.unparse(target)} = …"
                for target in node.targets
                if isinstance(target, ast.Attribute)
                and target.attr == "estado"
                and ast.unparse(target.value) != "self"
            ]
    return found


def traces_of_a_machine(files: Files, *, allowed_hosts: frozenset[str]) -> list[str]:
    """Hosts that are no public source, and paths of somebody's machine."""
    found = []
    for address, text in files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            found += [
                f"{address}:{number} the host {host}"
                for host in _HOST.findall(line)
                if host.lower().rstrip(".") not in allowed_hosts and not host.endswith(".example")
            ]
            if _MACHINE_PATH.search(line):
                found.append(f"{address}:{number} a path of a machine")
    return found


def tables_of_others(files: Files) -> list[str]:
    """Imports of a room's `models` from outside of the room; `reports` reads every table."""
    found = []
    for address, tree in _parsed(files):
        here = PurePosixPath(address).with_suffix("").parts[1:]
        if here[:2] == ("recaudo", "reports"):
            continue
        for node in ast.walk(tree):
            for name in _imported(node):
                parts = tuple(name.split("."))
                tables = parts[:2] == ("recaudo", "domain") and parts[3:4] == ("models",)
                if tables and here[:3] != parts[:3]:
                    found.append(f"{address} imports the tables of {parts[2]}")
    return sorted(set(found))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def dependencies_without_reason(pyproject: str) -> list[str]:
    """Dependencies with no reason in a comment beside them."""
    blocks = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", pyproject, re.S | re.M)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith('"') and not re.search(r",\s*#\s*\w+", line)]


def lock_out_of_shape(lock: str, wanted: set[str]) -> list[str]:
    """What a lock may not have (options, addresses) and what it lacks (names, hashes)."""
    found = [
        f"line {number}: {line}"
        for number, line in enumerate(lock.splitlines(), start=1)
        if "://" in line or re.match(r"\s*(-|--)(?!-?hash=)", line)
    ]
    entries = re.split(r"\n(?=\S)", lock.strip())
    found += [f"no hash: {entry}" for entry in entries if "--hash=sha256:" not in entry]
    names = {_normal(re.split(r"[=\[ ;]", entry, maxsplit=1)[0]) for entry in entries}
    return found + [f"not locked: {name}" for name in sorted({_normal(w) for w in wanted} - names)]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def classes_called(files: dict[str, str], names: Iterable[str]) -> dict[str, list[str]]:
    """Return where each of those names is the whole name of a class, nested ones too."""
    found: dict[str, list[str]] = {}
    for address, text in sorted(files.items()):
        if not address.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and node.name in set(names):
                found.setdefault(node.name, []).append(address)
    return found
