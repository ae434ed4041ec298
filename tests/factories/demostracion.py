"""A small honest book made by the real acts, in a database of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from recaudo.ensayo.demostracion.archivos import generados
from recaudo.ensayo.demostracion.ciclo import Ciclo
from recaudo.ensayo.demostracion.escenario import poblacion_pequena
from recaudo.project.puesta_a_punto import preparar_base
from tests import moldes, servidor


@contextmanager
def base_aparte(apellido: str) -> Iterator[str]:
    """Work in a new migrated database while the block lasts; yield its URL.

    Committed work needs it: the database of the other tests is never touched. Blocks may be one
    inside another.
    """
    with _copia_de(moldes.LIMPIA, apellido) as url:
        yield url


@contextmanager
def libro_aparte(apellido: str) -> Iterator[str]:
    """Work in a copy of an honest book: the small cycle, already run; yield its URL."""
    with _copia_de(LIBRO, apellido) as url:
        yield url


def correr_ciclo_pequeno(avisar: Callable[[str], None] = lambda _: None) -> None:
    """Run the whole cycle for eleven employers, or what is missing of it."""
    Ciclo(poblacion_pequena(), fuente=generados).correr(avisar)


def _nombre(apellido: str) -> str:
    trabajador = os.environ.get("PYTEST_XDIST_WORKER", "")
    return "_".join(filter(None, ("test_recaudo", servidor.run_name(), trabajador, apellido)))


def _url(nombre: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{nombre}"))


@contextmanager
def _copia_de(molde: moldes.Molde, apellido: str) -> Iterator[str]:
    copia = _nombre(apellido)
    molde.copiar(copia)
    try:
        with moldes.conectados_a(copia):
            yield _url(copia)
    finally:
        servidor.drop_database(os.environ["DATABASE_URL"], copia)


def _preparar_libro() -> None:
    preparar_base()
    correr_ciclo_pequeno()


LIBRO = moldes.Molde("libro", _preparar_libro, ("tests/factories/demostracion.py",))
