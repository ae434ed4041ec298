"""Databases made once and copied: migrating takes seconds, a copy takes tenths of one.

A mould is named after a digest of all that could change what it holds, so every lane and every
worker of a server uses the same one, and a change of the code leaves it behind. Copies are named
after the run (`servidor`); a mould is never written to once it has its name.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from tests import servidor

#: What every mould is made of: the code, and the versions of what it stands on.
_BASE: Final = ("src/recaudo", "requirements/dev.txt")
_NO_CUENTAN: Final = frozenset([".pyc", ".html", ".css", ".js", ".svg", ".typ", ".ttf"])
_NOMBRE: Final = re.compile(r"molde_(?P<que>[a-z_]+)_[0-9a-f]{12}")


def molde(que: str, preparar: Callable[[], None], *fuentes: str) -> str:
    """Return the name of the mould `que`, making it with `preparar` if nobody has.

    `preparar` works on an empty database to which Django is connected. `fuentes` are the files and
    folders of tests, from the root, that it is made of besides the code of the house.
    """
    url = os.environ["DATABASE_URL"]
    nombre = f"molde_{que}_{_huella(fuentes)}"
    with psycopg.connect(url, autocommit=True) as vigia:
        # Whoever comes second waits for the first: half of two cores each would take as long.
        vigia.execute("SELECT pg_advisory_lock(hashtext(%s))", [nombre])
        nombres = {fila[0] for fila in vigia.execute("SELECT datname FROM pg_database")}
        if nombre not in nombres:
            _hacer(vigia, url, nombre, preparar)
            for otro in nombres:
                hallado = _NOMBRE.fullmatch(otro)
                if hallado and hallado["que"] == que:
                    servidor.drop_database(url, otro)
    return nombre


def limpia() -> str:
    """Return the mould of a migrated database with what the house itself declares."""
    from recaudo.project.puesta_a_punto import preparar_base

    return molde("limpia", preparar_base)


def copiar(que: str, copia: str) -> None:
    """Make `copia` anew out of a mould; nobody of this process stays connected."""
    from django.db import connections

    connections.close_all()
    servidor.copy_database(os.environ["DATABASE_URL"], que, copia)


@contextmanager
def conectados_a(nombre: str) -> Iterator[None]:
    """Point Django at another database of the same server while the block lasts."""
    from django.db import connection, connections

    ajustes = connection.settings_dict
    anterior = ajustes["NAME"]
    connections.close_all()
    ajustes["NAME"] = nombre
    try:
        yield
    finally:
        connections.close_all()
        ajustes["NAME"] = anterior


def _hacer(vigia: psycopg.Connection, url: str, nombre: str, preparar: Callable[[], None]) -> None:
    """Fill a database under another name, so that an interrupted mould is nobody's."""
    empezado = f"{nombre}_empezado"
    servidor.drop_database(url, empezado)
    vigia.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(empezado)))
    with conectados_a(empezado):
        preparar()
    vigia.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(empezado), sql.Identifier(nombre)
        )
    )


@cache
def _huella(fuentes: tuple[str, ...]) -> str:
    """Digest every file of the sources, by name and content."""
    suma = hashlib.sha256()
    for fuente in (*_BASE, *fuentes):
        raiz = servidor.ROOT / fuente
        for ruta in sorted(raiz.rglob("*")) if raiz.is_dir() else [raiz]:
            if _cuenta(ruta):
                suma.update(f"{ruta.relative_to(servidor.ROOT)}\0".encode())
                suma.update(hashlib.sha256(ruta.read_bytes()).digest())
    return suma.hexdigest()[:12]


def _cuenta(ruta: Path) -> bool:
    return ruta.is_file() and ruta.suffix not in _NO_CUENTAN
