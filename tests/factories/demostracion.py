"""A small honest book made by the real acts, in a database of its own."""

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection, connections
from psycopg import sql

from recaudo.ensayo.demostracion.archivos import generados
from recaudo.ensayo.demostracion.ciclo import Ciclo
from recaudo.ensayo.demostracion.escenario import poblacion_pequena
from recaudo.project.puesta_a_punto import preparar_base
from tests import servidor

_LISTAS: set[str] = set()


@contextmanager
def base_aparte(apellido: str) -> Iterator[str]:
    """Work in a new migrated database while the block lasts; yield its URL.

    Committed work needs it: the database of the other tests is never touched. Blocks may be one
    inside another. Migrating happens once for each process; the rest are copies.
    """
    with _copia_de(_hecha_una_vez("limpia", preparar_base), apellido) as url:
        yield url


@contextmanager
def libro_aparte(apellido: str) -> Iterator[str]:
    """Work in a copy of an honest book: the small cycle, already run; yield its URL."""
    with _copia_de(_hecha_una_vez("libro", _preparar_libro), apellido) as url:
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
def _copia_de(modelo: str, apellido: str) -> Iterator[str]:
    copia = _nombre(apellido)
    connections.close_all()
    servidor.copy_database(os.environ["DATABASE_URL"], modelo, copia)
    try:
        with _conectados_a(copia):
            yield _url(copia)
    finally:
        servidor.drop_database(os.environ["DATABASE_URL"], copia)


def _preparar_libro() -> None:
    preparar_base()
    correr_ciclo_pequeno()


def _hecha_una_vez(apellido: str, preparar: Callable[[], None]) -> str:
    """Return the name of a database made once for each process and dropped at its exit."""
    nombre = _nombre(f"modelo_{apellido}")
    if nombre not in _LISTAS:
        url = os.environ["DATABASE_URL"]
        servidor.drop_database(url, nombre)
        with psycopg.connect(url, autocommit=True) as servidora:
            servidora.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(nombre)))
        with _conectados_a(nombre):
            preparar()
        _LISTAS.add(nombre)
        atexit.register(_borrar, url, nombre)
    return nombre


def _borrar(url: str, nombre: str) -> None:
    try:
        servidor.drop_database(url, nombre)
    except psycopg.OperationalError:
        return  # the server of the run has already stopped: the next run drops it


@contextmanager
def _conectados_a(nombre: str) -> Iterator[None]:
    """Point Django at another database of the same server while the block lasts."""
    ajustes = connection.settings_dict
    anterior = ajustes["NAME"]
    connections.close_all()
    ajustes["NAME"] = nombre
    try:
        yield
    finally:
        connections.close_all()
        ajustes["NAME"] = anterior
