"""Change one thing of the law at a time, and see whether some test notices: `make mutantes`.

The mutants are those of Cosmic Ray, in money, dates, states, imputation and who may do what: what
decides amounts and rights and needs no database. One mutant is taken from each place that can be
changed, and of those a sample, both drawn with a seed that is printed. Each is tried in a copy of
the house, first with the tests of its own room and then with all the law's; it dies when one fails.
The survivors must be few, and each listed in `mutantes_conocidos.yaml` with its reason. It runs in
an environment of its own (`requirements/mutantes.txt`); the tests, in that of the house.
"""

import argparse
import ast
import os
import shlex
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from queue import SimpleQueue
from random import Random

import yaml
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.testing import run_tests
from cosmic_ray.work_item import TestOutcome

ROOT = Path(__file__).resolve().parents[1]
CONOCIDOS = Path(__file__).with_name("mutantes_conocidos.yaml")
#: What is changed, and the tests that look at each first; those of the law all look afterwards.
LO_QUE_CAMBIA = {
    "src/recaudo/kernel": ["tests/kernel"],
    "src/recaudo/norma/plazos": ["tests/norma/plazos", "tests/norma/test_golden_plazos.py"],
    "src/recaudo/norma/glosas": ["tests/norma/plazos", "tests/norma/test_golden_plazos.py"],
    "src/recaudo/norma/mora": ["tests/norma/mora"],
    "src/recaudo/norma/imputacion": ["tests/norma/imputacion"],
    "src/recaudo/norma/novedades": ["tests/norma/novedades"],
    "src/recaudo/norma/aportes": [
        "tests/norma/test_aportes_reglas.py", "tests/norma/test_golden_aportes.py",
        "tests/norma/test_aportes_propiedades.py",
    ],
    "src/recaudo/norma/parametros": ["tests/norma/test_parametros.py"],
    "src/recaudo/domain/cartera/policy.py": ["tests/domain/test_quien_puede.py"],
    "src/recaudo/domain/recaudacion/policy.py": ["tests/domain/test_quien_puede.py"],
    "src/recaudo/infra/security/alcance.py": [
        "tests/infra/test_alcance.py", "--deselect=tests/infra/test_alcance.py::EnLaBase",
    ],
    "src/recaudo/infra/security/segregacion.py": [
        "tests/infra/test_segregacion.py", "-m not django_db",
    ],
}  # fmt: skip
#: Not the law: which letters the fonts draw, which the tests of documents draw one by one.
LO_QUE_NO = ("src/recaudo/kernel/letras.py",)
TODA_LA_LEY = ["tests/kernel", "tests/norma"]
#: Between operators of two values one in each place is enough: the others are of its kind.
_FAMILIAS = ("ReplaceBinaryOperator", "ReplaceComparisonOperator", "ReplaceUnaryOperator")
#: What no result shows: decorators that only remember, how an object is kept and how it is called.
_SOLO_RECUERDAN = ("lru_cache", "cache", "cached_property")
_SOLO_DE_FORMA = ("slots", "kw_only")
#: What is compared with `is` is one of a kind: being equal to it is being it.
_IDENTIDAD = ("Operator_Is_Eq", "Operator_IsNot_NotEq")
LIMITE_POR_MUTANTE, MINUTOS_EN_TOTAL = 120, 10
DEBEN_MORIR = 95
SEMILLA, MUESTRA = 497, 64


@dataclass(frozen=True, slots=True)
class Mutante:
    """One change of one file: what the line said, and what it says now."""

    archivo: str
    linea: int
    operador: str
    dice: str
    decia: str
    texto: str

    @property
    def nombre(self) -> str:
        """What it is called: it stays the same while its line does."""
        return f"{self.archivo} · {self.decia} → {self.dice}"


@dataclass(frozen=True, slots=True)
class Juicio:
    """What became of a mutant: `murio`, `vive` or `a_destiempo` (no test ended in time)."""

    mutante: Mutante
    como: str
    segundos: float


def main() -> int:
    """Try what was asked for; 0 when enough died and every survivor is known."""
    pedido = _pedido()
    with tempfile.TemporaryDirectory(prefix="mutantes-") as carpeta:
        copias = [_copia(Path(carpeta) / str(n)) for n in range(pedido.a_la_vez)]
        if not _pasan(copias[0], TODA_LA_LEY)[0]:
            print("Las pruebas no pasan sin ningún cambio: corríjalas antes de cambiar nada.")
            return 1
        azar = Random(pedido.semilla)  # noqa: S311 - a draw that is repeated
        todos = list(mutantes(azar))
        elegidos = todos if pedido.todos else azar.sample(todos, min(pedido.cuantos, len(todos)))
        print(f"{len(elegidos)} de {len(todos)} mutantes; semilla {pedido.semilla}", flush=True)
        tope = None if pedido.todos else time.monotonic() + pedido.minutos * 60
        juicios = list(juzgar(elegidos, copias, tope=tope))
    return informar(juicios, elegidos, leer_conocidos())


def _pedido() -> argparse.Namespace:
    lector = argparse.ArgumentParser(description="Mutantes de la ley")
    lector.add_argument("--semilla", type=int, default=SEMILLA, help="la del sorteo")
    lector.add_argument("--cuantos", type=int, default=MUESTRA, help="cuántos se prueban")
    lector.add_argument("--minutos", type=int, default=MINUTOS_EN_TOTAL, help="a lo sumo")
    lector.add_argument("--todos", action="store_true", help="uno de cada sitio, sin límite total")
    lector.add_argument("--a-la-vez", type=int, default=os.cpu_count() or 1, help="procesos")
    return lector.parse_args()


def _copia(donde: Path) -> Path:
    """Copy what the law's tests need; what is changed is changed there."""
    for carpeta in ("src", "tests", "docs", "herramientas"):
        shutil.copytree(
            ROOT / carpeta, donde / carpeta, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(ROOT / "pyproject.toml", donde / "pyproject.toml")
    return donde


def mutantes(azar: Random) -> Iterator[Mutante]:
    """Yield one mutant of each place and family of changes, drawn among those that it has."""
    for archivo in _archivos():
        texto = (ROOT / archivo).read_text(encoding="utf-8")
        sitios: dict[tuple[tuple[int, int], str], list[tuple[str, int]]] = {}
        for operador, ocurrencia, desde in _cambios(texto):
            familia = next((f for f in _FAMILIAS if f in operador), operador)
            sitios.setdefault((desde, familia), []).append((operador, ocurrencia))
        for (desde, _), cambios in sorted(sitios.items()):
            operador, ocurrencia = azar.choice(cambios)
            hecho = mutante(archivo, texto, operador, ocurrencia, desde)
            if hecho is not None:
                yield hecho


def _archivos() -> list[str]:
    return sorted(
        {
            archivo.relative_to(ROOT).as_posix()
            for lugar in LO_QUE_CAMBIA
            for archivo in (ROOT / lugar, *(ROOT / lugar).rglob("*.py"))
            if archivo.is_file()
        }
        - set(LO_QUE_NO)
    )


def _cambios(texto: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Yield every change of a text: the operator, which of its occurrences, and where."""
    arbol, aparte = get_ast(texto), list(_apartados(texto))
    for operador in operator_names():
        clase = get_operator(operador)
        if clase.arguments() or operador.endswith(("NoOp", *_IDENTIDAD)):
            continue
        lugares = (
            desde for nodo in ast_nodes(arbol) for desde, _ in clase().mutation_positions(nodo)
        )
        for ocurrencia, desde in enumerate(lugares):
            if not any(uno <= desde < otro for uno, otro in aparte):
                yield operador, ocurrencia, desde


def _apartados(texto: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield what says nothing to who runs it: annotations, what only remembers, what is form."""
    for nodo in ast.walk(ast.parse(texto)):
        dichos = [
            getattr(nodo, "annotation", None),
            getattr(nodo, "returns", None),
            nodo.value if isinstance(nodo, ast.keyword) and nodo.arg in _SOLO_DE_FORMA else None,
            *(
                d
                for d in getattr(nodo, "decorator_list", ())
                if any(palabra in ast.unparse(d) for palabra in _SOLO_RECUERDAN)
            ),
        ]
        for dicho in dichos:
            if isinstance(dicho, ast.expr):
                # A decorator begins one letter before, in its @.
                yield (
                    (dicho.lineno, dicho.col_offset - 1),
                    (dicho.end_lineno or 0, dicho.end_col_offset or 0),
                )


def mutante(
    archivo: str, texto: str, operador: str, ocurrencia: int, desde: tuple[int, int]
) -> Mutante | None:
    """Make one; None when the text stays the same, or is Python no more."""
    nuevo = mutate_code(texto, get_operator(operador)(), ocurrencia)
    if nuevo is None or nuevo == texto or not _es_python(nuevo):
        return None
    antes, ahora = texto.splitlines(), nuevo.splitlines()
    tramos = SequenceMatcher(a=antes, b=ahora, autojunk=False).get_opcodes()
    _, uno, otro, uno_nuevo, otro_nuevo = next(t for t in tramos if t[0] != "equal")
    return Mutante(
        archivo, desde[0], operador, dice=_juntas(ahora[uno_nuevo:otro_nuevo]),
        decia=_juntas(antes[uno:otro]), texto=nuevo,
    )  # fmt: skip


def _juntas(lineas: Iterable[str]) -> str:
    return " ".join(" ".join(lineas).split())


def _es_python(texto: str) -> bool:
    """Whether it can be run; `"a" is "b"` is only warned about."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(texto, "mutante", "exec")
    except SyntaxError:
        return False
    return True


def juzgar(
    elegidos: Sequence[Mutante], copias: Sequence[Path], *, tope: float | None
) -> Iterator[Juicio]:
    """Try each in whichever copy is free; those that come after the time is over are not tried."""
    libres: SimpleQueue[Path] = SimpleQueue()
    for copia in copias:
        libres.put(copia)

    def uno(mutado: Mutante) -> Juicio | None:
        if tope is not None and time.monotonic() > tope:
            return None
        copia = libres.get()
        try:
            return juzgar_uno(mutado, copia)
        finally:
            libres.put(copia)

    with ThreadPoolExecutor(len(copias)) as hilos:
        for juicio in hilos.map(uno, elegidos):
            if juicio is not None:
                print(
                    f"{juicio.como:<12}{juicio.segundos:5.1f} s  {juicio.mutante.nombre}",
                    flush=True,
                )
                yield juicio


def juzgar_uno(mutado: Mutante, copia: Path) -> Juicio:
    """Write it, run the tests of its room and then all the law's, and put the file back."""
    empezo = time.monotonic()
    archivo = copia / mutado.archivo
    bueno = archivo.read_text(encoding="utf-8")
    suyas = next(t for c, t in LO_QUE_CAMBIA.items() if mutado.archivo.startswith(c))
    try:
        archivo.write_text(mutado.texto, encoding="utf-8")
        vive, como = True, "vive"
        las_demas = [f"--ignore={una}" for una in suyas if una.startswith("tests/")]
        for pruebas in (suyas, [*TODA_LA_LEY, *las_demas]):
            vive, como = _pasan(copia, pruebas)
            if not vive:
                break
    finally:
        archivo.write_text(bueno, encoding="utf-8")
    return Juicio(mutado, como, time.monotonic() - empezo)


def _pasan(copia: Path, pruebas: Iterable[str]) -> tuple[bool, str]:
    """Run tests of a copy, without a database and always the same examples."""
    orden = (
        f"env -C {copia} PYTHONPATH={copia / 'src'} DATABASE_URL=postgresql://nadie@/nada "
        f"RECAUDO_SEMILLA=mutantes {ROOT}/.venv/bin/python -m pytest -x -q -p no:cacheprovider "
        f"--hypothesis-seed=0 {shlex.join(pruebas)}"
    )
    resultado, dicho = run_tests(orden, LIMITE_POR_MUTANTE)
    if resultado == TestOutcome.SURVIVED:
        return True, "vive"
    if resultado == TestOutcome.INCOMPETENT:
        raise RuntimeError(dicho)
    return False, "a_destiempo" if dicho == "timeout" else "murio"


def leer_conocidos() -> dict[str, str]:
    """Return the survivors that are known, each with its reason."""
    filas = yaml.safe_load(CONOCIDOS.read_text(encoding="utf-8")) or []
    return {f"{f['archivo']} · {f['decia']} → {f['dice']}": f["razon"] for f in filas}


def informar(
    juicios: Sequence[Juicio], elegidos: Sequence[Mutante], conocidos: dict[str, str]
) -> int:
    """Print the figures and each survivor with its reason; 1 when it is not enough."""
    viven = [j for j in juicios if j.como == "vive"]
    murieron = len(juicios) - len(viven)
    sin_razon = [j for j in viven if j.mutante.nombre not in conocidos]
    for j in viven:
        razon = conocidos.get(j.mutante.nombre, "SIN RAZÓN: escriba una prueba, o por qué da igual")
        m = j.mutante
        print(f"vive: {m.archivo}:{m.linea} ({m.operador})\n  {m.decia}\n  {m.dice}\n  {razon}")
    por_ciento = 100 * murieron / len(juicios) if juicios else 0
    a_destiempo = sum(j.como == "a_destiempo" for j in juicios)
    print(
        f"murieron {murieron} de {len(juicios)} ({por_ciento:.1f} %), {a_destiempo} porque no "
        f"acabaron en {LIMITE_POR_MUTANTE} s; viven {len(viven)}, sin razón {len(sin_razon)}"
    )
    if len(juicios) < len(elegidos):
        print(f"no hubo tiempo para {len(elegidos) - len(juicios)}: pruebe menos, con --cuantos")
        return 1
    return 0 if por_ciento >= DEBEN_MORIR and not sin_razon else 1


if __name__ == "__main__":
    sys.exit(main())
