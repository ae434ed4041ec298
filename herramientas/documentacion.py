"""`make docs`: write what the documentation takes from the code, and remove what is gone.

Nothing here is written by hand: the law from `norma`, the states from `states.py`, the roles from
`infra.security`, the reactions from `project.wiring`, the invariants from `reports.auditoria`.
Tests fail when a committed page differs from what this gives.
"""

import importlib
import os
import sys

import django

from herramientas import paginas_de_norma
from herramientas.uso_de_reglas import RAIZ

_SOLO_GENERADAS = ("docs/norma", "docs/estados")


def todas() -> dict[str, str]:
    """Return every generated page by its path; Django must be set up."""
    # Imported late: they know the rooms, whose models want Django set up.
    de_la_casa: dict[str, str] = _paginas_de("paginas_de_la_casa")
    diagramas = {f"docs/estados/{n}": texto for n, texto in _paginas_de("estados").items()}
    return diagramas | paginas_de_norma.paginas() | de_la_casa


def _paginas_de(modulo: str) -> dict[str, str]:
    paginas: dict[str, str] = importlib.import_module(f"herramientas.{modulo}").paginas()
    return paginas


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
