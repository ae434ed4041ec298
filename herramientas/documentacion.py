"""`make docs`: write what the documentation takes from the code, and remove what is gone.

Nothing here is written by hand: the law from `norma`, the states from `states.py`, the roles from
`infra.security`, the reactions from `project.wiring`, the invariants from `reports.auditoria`.
Tests fail when a committed page differs from what this gives.
"""

import importlib
import os
import sys

import django

from herramientas import estados, paginas_de_norma
from herramientas.uso_de_reglas import RAIZ

_SOLO_GENERADAS = ("docs/norma", "docs/estados")


def todas() -> dict[str, str]:
    """Return every generated page by its path; Django must be set up."""
    # Imported late: it knows the rooms, whose models want Django set up.
    de_la_casa: dict[str, str] = importlib.import_module(
        "herramientas.paginas_de_la_casa"
    ).paginas()
    diagramas = {f"docs/estados/{nombre}": texto for nombre, texto in estados.paginas().items()}
    return diagramas | paginas_de_norma.paginas() | de_la_casa


def sobrantes(paginas: dict[str, str]) -> list[str]:
    """Return the pages in the generated folders that nothing generates any more."""
    guardadas = (
        ruta.relative_to(RAIZ).as_posix()
        for carpeta in _SOLO_GENERADAS
        for ruta in (RAIZ / carpeta).glob("*.md")
    )
    return sorted(set(guardadas) - paginas.keys())


def main() -> int:
    """Write the pages that changed, remove the ones that are gone, and say which."""
    # The settings want a database; this only reads code and must not start one.
    os.environ["DATABASE_URL"] = "postgresql://nadie@/nada"
    os.environ["RECAUDO_AMBIENTE"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")
    django.setup()
    paginas = todas()
    for nombre in paginas_de_norma.escribir(paginas):
        print(f"escrita  {nombre}")
    for nombre in sobrantes(paginas):
        (RAIZ / nombre).unlink()
        print(f"quitada  {nombre}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
