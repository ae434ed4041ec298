"""Reads the source to tell of each rule of the law what it reads, who tests it, who asks it."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from recaudo import norma
from recaudo.norma.citas import Regla, reglas_registradas

RAIZ = Path(__file__).resolve().parents[1]
_FUENTE = RAIZ / "src"
_NORMA = "recaudo.norma"
Nodo = tuple[str, str]


@dataclass(slots=True)
class Modulo:
    """One file of the law: what it defines, what it imports, its texts kept under a name."""

    definiciones: dict[str, ast.AST] = field(default_factory=dict)
    importados: dict[str, Nodo] = field(default_factory=dict)


def reglas_de_norma() -> tuple[Regla, ...]:
    """Import every module of `norma` and return its rules, ordered."""
    for modulo in pkgutil.walk_packages(norma.__path__, f"{_NORMA}."):
        importlib.import_module(modulo.name)
    return tuple(r for r in reglas_registradas() if r.modulo.startswith(f"{_NORMA}."))


def modulos_de_norma() -> dict[str, Modulo]:
    """Parse every module of the law."""
    return {
        _nombre(ruta): _modulo(ast.parse(ruta.read_text(encoding="utf-8")))
        for ruta in sorted((_FUENTE / "recaudo" / "norma").rglob("*.py"))
    }


def parametros_de(regla: Regla, modulos: Mapping[str, Modulo], claves: tuple[str, ...]) -> set[str]:
    """Return the parameters a rule reads, itself or through what it calls."""
    patrones: set[str] = set()
    vistos: set[Nodo] = set()
    pendientes = [(regla.modulo, regla.nombre.partition(".")[0])]
    while pendientes:
        nodo = _origen(pendientes.pop(), modulos)
        definicion = _definicion(nodo, modulos)
        if nodo in vistos or definicion is None:
            continue
        vistos.add(nodo)
        patrones |= set(_textos(definicion))
        modulo = modulos[nodo[0]]
        for nombre in _nombres(definicion):
            pendientes.append(modulo.importados.get(nombre, (nodo[0], nombre)))
    return {clave for clave in claves for patron in patrones if fnmatchcase(clave, patron)}


def importadores(carpeta: Path, modulos: Mapping[str, Modulo]) -> dict[Nodo, set[str]]:
    """Return, for each name of the law, the files under `carpeta` that import it."""
    hallados: dict[Nodo, set[str]] = {}
    for ruta in sorted(carpeta.rglob("*.py")):
        donde = ruta.relative_to(RAIZ).as_posix()
        arbol = ast.parse(ruta.read_text(encoding="utf-8"))
        for nodo in _modulo(arbol).importados.values():
            hallados.setdefault(_origen(nodo, modulos), set()).add(donde)
    return hallados


def _origen(nodo: Nodo, modulos: Mapping[str, Modulo]) -> Nodo:
    """Follow a name that a package only passes on to the module that defines it."""
    modulo = modulos.get(nodo[0])
    if modulo is None or nodo[1] in modulo.definiciones or nodo[1] not in modulo.importados:
        return nodo
    return _origen(modulo.importados[nodo[1]], modulos)


def _definicion(nodo: Nodo, modulos: Mapping[str, Modulo]) -> ast.AST | None:
    modulo = modulos.get(nodo[0])
    return None if modulo is None else modulo.definiciones.get(nodo[1])


def _nombre(ruta: Path) -> str:
    partes = ruta.relative_to(_FUENTE).with_suffix("").parts
    return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)


def _modulo(arbol: ast.Module) -> Modulo:
    modulo = Modulo()
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.ImportFrom) and (nodo.module or "").startswith(_NORMA):
            for alias in nodo.names:
                visto = alias.asname or alias.name
                modulo.importados[visto] = (str(nodo.module), alias.name)
    for nodo in arbol.body:
        modulo.definiciones.update(_definidos(nodo))
    return modulo


def _definidos(nodo: ast.stmt) -> dict[str, ast.AST]:
    match nodo:
        case ast.FunctionDef() | ast.ClassDef():
            return {nodo.name: nodo}
        case ast.Assign(targets=[ast.Name(id=nombre)], value=valor):
            return {nombre: valor}
        case ast.AnnAssign(target=ast.Name(id=nombre), value=ast.expr() as valor):
            return {nombre: valor}
    return {}


def _textos(definicion: ast.AST) -> Iterator[str]:
    """Yield the texts of a definition; the holes of a formatted one become `*`."""
    dentro: set[int] = set()
    for nodo in ast.walk(definicion):
        if isinstance(nodo, ast.JoinedStr):
            dentro |= {id(parte) for parte in nodo.values}
            patron = "".join(
                str(p.value) if isinstance(p, ast.Constant) else "*" for p in nodo.values
            )
            if "." in patron.partition("*")[0]:
                yield patron
        elif id(nodo) not in dentro and _es_clave(nodo):
            yield ast.literal_eval(nodo)


def _es_clave(nodo: ast.AST) -> bool:
    """Whether it is a text that could be the whole name of a parameter."""
    return (
        isinstance(nodo, ast.Constant)
        and isinstance(nodo.value, str)
        and not set("*?[ ") & set(nodo.value)
    )


def _nombres(definicion: ast.AST) -> Iterator[str]:
    for nodo in ast.walk(definicion):
        if isinstance(nodo, ast.Name):
            yield nodo.id
