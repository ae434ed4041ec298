"""What every machine of states brings, declared by marks on the tests that prove it.

    @pytest.mark.carrera("glosa")
    def test_of_two_closers_at_once_one_closes() -> None: ...

Each mark names the machines that its test proves. A mark that points at nothing that runs, or at a
test that does not do what it says, is an offence as much as a mark that is missing.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.carriles import carril_de

Files = Mapping[str, str]
#: Each proof, and what a test that gives it does, by one of these names, itself or what it calls.
PRUEBAS: Final[Mapping[str, frozenset[str]]] = {
    "carrera": frozenset({"a_la_vez", "Thread", "en_el_mismo_paso"}),
    "gemela": frozenset({"a_la_vez", "Thread", "en_el_mismo_paso"}),
    "caida": frozenset({"SIGKILL", "morir_tras_cambiar"}),
    "manipulacion": frozenset({"auditar", "violaciones"}),
    "alcance": frozenset({"SinPermiso", "status_code"}),
}
_NO_CORREN: Final = frozenset({"skip", "skipif", "xfail"})


@dataclass(frozen=True, slots=True)
class Prueba:
    """A test that is marked as the proof of some machines."""

    que: str
    maquinas: tuple[str, ...]
    donde: str
    faltas: tuple[str, ...]


def machines_without_their_proofs(maquinas: Iterable[str], files: Files) -> list[str]:
    """Name each proof that a machine lacks, and each mark that proves nothing."""
    dichas = list(_pruebas(files))
    conocidas = sorted(maquinas)
    hay = {(p.que, m) for p in dichas if not p.faltas for m in p.maquinas}
    return [
        *(
            f"{maquina}: no test is its {que}"
            for maquina in conocidas
            for que in PRUEBAS
            if (que, maquina) not in hay
        ),
        *(f"{p.donde}: {falta}" for p in dichas for falta in p.faltas),
        *(
            f"{p.donde}: there is no machine {m}"
            for p in dichas
            for m in p.maquinas
            if m not in conocidas
        ),
    ]


def _pruebas(files: Files) -> Iterator[Prueba]:
    for address, text in files.items():
        if not any(f".{que}(" in text for que in PRUEBAS):
            continue
        tree = ast.parse(text)
        functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
        for name, function in functions.items():
            marks = dict(_marks(function))
            for que in PRUEBAS.keys() & marks.keys():
                faltas = tuple(_faults(que, address, name, marks, functions))
                yield Prueba(que, marks[que], f"{address}::{name}", faltas)


def _marks(function: ast.FunctionDef) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each `pytest.mark.<name>` of a test with its texts."""
    for decorator in function.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(call, ast.Attribute) and ast.unparse(call.value) == "pytest.mark":
            said = decorator.args if isinstance(decorator, ast.Call) else []
            yield (
                call.attr,
                tuple(str(a.value) for a in said if isinstance(a, ast.Constant)),
            )


def _faults(
    que: str,
    address: str,
    name: str,
    marks: Mapping[str, tuple[str, ...]],
    functions: Mapping[str, ast.FunctionDef],
) -> Iterator[str]:
    if not name.startswith("test_") or not address.rsplit("/", 1)[-1].startswith("test_"):
        yield f"it is marked {que} and is no test"
    if carril_de(address) is None:
        yield f"it is marked {que} and no lane runs it"
    if marks.keys() & _NO_CORREN:
        yield f"it is marked {que} and does not run"
    if not marks[que]:
        yield f"it is marked {que} of no machine"
    if not _names(name, functions, set()) & PRUEBAS[que]:
        yield f"it is marked {que} and does none of {', '.join(sorted(PRUEBAS[que]))}"


def _names(name: str, functions: Mapping[str, ast.FunctionDef], seen: set[str]) -> frozenset[str]:
    """Every name in a function and in those of its module that it calls."""
    seen.add(name)
    found = {
        n.id if isinstance(n, ast.Name) else n.attr
        for n in ast.walk(functions[name])
        if isinstance(n, ast.Name | ast.Attribute)
    }
    for other in found & functions.keys() - seen:
        found |= _names(other, functions, seen)
    return frozenset(found)
