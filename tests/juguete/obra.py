"""Build the house again somewhere else with the toy room in it: its own folders, and a few lines.

`cuarto/` has the files that are the room's own, at the addresses where they would be. `anadidos/`
has the lines that others get, in a file with their name and `.lineas`: each group goes after the
one line that its mark `# tras: ` quotes whole.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.servidor import ROOT

AQUI = Path(__file__).parent
CUARTO, ANADIDOS = AQUI / "cuarto", AQUI / "anadidos"
MARCA = "# tras: "
#: All that a room may touch outside its own folders: the wiring, the matrix and the glossary.
TOCABLES = frozenset(
    {
        "src/recaudo/project/wiring.py",
        "src/recaudo/infra/security/matriz.py",
        "src/recaudo/infra/security/origen.py",
        "src/recaudo/infra/security/permisos.py",
        "docs/glosario.md",
    }
)
_DE_LA_CASA = ("src", "tests", "docs", "herramientas", "requirements")


def del_cuarto() -> dict[str, Path]:
    """Return the room's own files by address."""
    return archivos(CUARTO)


def anadidos() -> dict[str, Path]:
    """Return the lines that other files get, by the address of each."""
    return {d.removesuffix(".lineas"): p for d, p in archivos(ANADIDOS).items()}


def archivos(raiz: Path) -> dict[str, Path]:
    """Return the files under a folder by their address from it."""
    return {
        p.relative_to(raiz).as_posix(): p
        for p in sorted(raiz.rglob("*"))
        if p.is_file() and "__pycache__" not in p.parts
    }


def construir(donde: Path) -> Path:
    """Copy the house to `donde`, put the room in it and add its lines; return the new root."""
    ignorar = shutil.ignore_patterns("__pycache__", "juguete", "navegador_fallos", "*.pyc")
    for carpeta in _DE_LA_CASA:
        shutil.copytree(ROOT / carpeta, donde / carpeta, ignore=ignorar)
    for suelto in ROOT.iterdir():
        if suelto.is_file():
            shutil.copy(suelto, donde / suelto.name)
    for direccion, origen in del_cuarto().items():
        nuevo = donde / direccion
        assert not nuevo.exists(), f"{direccion} is not the room's own"
        nuevo.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(origen, nuevo)
    for direccion, origen in anadidos().items():
        texto = (donde / direccion).read_text(encoding="utf-8")
        (donde / direccion).write_text(
            con_anadidos(texto, origen.read_text(encoding="utf-8")), encoding="utf-8"
        )
    subprocess.run(["git", "init", "-q"], cwd=donde, check=True)  # its tests ask git for the files
    return donde


def con_anadidos(texto: str, anadidos: str) -> str:
    """Return a text with each group of lines after the one line that it quotes."""
    lineas = texto.splitlines()
    for ancla, nuevas in grupos(anadidos):
        assert lineas.count(ancla) == 1, f"this line must be there once: {ancla}"
        donde = lineas.index(ancla) + 1
        lineas[donde:donde] = nuevas
    return "\n".join(lineas) + "\n"


def grupos(anadidos: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the quoted line of each group and what goes after it."""
    for grupo in anadidos.split(MARCA)[1:]:
        ancla, *nuevas = grupo.splitlines()
        yield ancla, nuevas


def correr(casa: Path, *orden: str) -> str:
    """Run a tool of this Python in the other house, on this run's server; return what it said."""
    de_esta = ("PYTEST_", "RECAUDO_PRUEBAS")
    ajeno = {c: v for c, v in os.environ.items() if not c.startswith(de_esta)}
    hecho = subprocess.run(
        [str(Path(sys.executable).parent / orden[0]), *orden[1:]],
        cwd=casa, env={**ajeno, "PYTHONPATH": f"{casa / 'src'}{os.pathsep}{casa}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert hecho.returncode == 0, hecho.stdout[-6000:] + hecho.stderr[-3000:]
    return hecho.stdout
