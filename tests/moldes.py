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
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Molde:
    """A kind of database: what it is called, who fills an empty one, and of which tests it is made.

    `fuentes` are files and folders, from the root, besides the code of the house. With `desde`,
    it is not an empty one that is filled but a copy of that mould.
    """

    que: str
    preparar: Callable[[], None]
    fuentes: tuple[str, ...] = ()
    desde: "Molde | None" = None

    @property
    def nombre(self) -> str:
        """Return the name that it has with the code of today."""
        return f"molde_{self.que}_{_huella(self.fuentes)}"

    def copiar(self, copia: str) -> None:
        """Make the database `copia` anew; whoever finds no mould makes it, and the others wait.

        Nobody of this process stays connected.
        """
        from django.db import connections

        connections.close_all()
        url = os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as guardia:
            # Shared while it is copied, so that nobody drops it; alone while it is made.
            guardia.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [self.nombre])
            if self.nombre not in _bases(guardia):
                guardia.execute("SELECT pg_advisory_unlock_all()")
                guardia.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.nombre])
                if self.nombre not in _bases(guardia):
                    self._hacer(guardia, url)
            servidor.copy_database(url, self.nombre, copia)

    def _hacer(self, guardia: psycopg.Connection, url: str) -> None:
        """Fill a database under another name, so that an interrupted mould is nobody's."""
        empezado = sql.Identifier(f"{self.nombre}_empezado")
        if self.desde is None:
            servidor.drop_database(url, f"{self.nombre}_empezado")
            guardia.execute(sql.SQL("CREATE DATABASE {}").format(empezado))
            servidor.close_to_the_public(guardia, f"{self.nombre}_empezado")
        else:
            self.desde.copiar(f"{self.nombre}_empezado")
        with conectados_a(f"{self.nombre}_empezado"):
            self.preparar()
        guardia.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(empezado, sql.Literal(_casa()))
        )
        propio = sql.Identifier(self.nombre)
        guardia.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(empezado, propio))
        servidor.copy_notebook(f"{self.nombre}_empezado", self.nombre)
        for otro, casa in _bases(guardia).items():
            if self._sobra(otro, casa) and _libre(guardia, otro):
                servidor.drop_database(url, otro)

    def _sobra(self, otro: str, casa: str) -> bool:
        """Whether another mould is of this kind with older code, or of a house that is gone."""
        hallado = _NOMBRE.fullmatch(otro)
        if hallado is None or otro == self.nombre:
            return False
        return (casa == _casa() and hallado["que"] == self.que) or not Path(casa).is_dir()


def _preparar_limpia() -> None:
    from recaudo.project.puesta_a_punto import preparar_base

    preparar_base()


#: A migrated database with what the house itself declares: accounts, steps, places.
LIMPIA: Final = Molde("limpia", _preparar_limpia)


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


def _bases(guardia: psycopg.Connection) -> dict[str, str]:
    """Return every database of the server, and the house that its comment names."""
    return dict(
        guardia.execute(
            "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
        ).fetchall()
    )


def _libre(guardia: psycopg.Connection, nombre: str) -> bool:
    """Whether nobody is copying a mould; from then on nobody may."""
    fila = guardia.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [nombre]).fetchone()
    return bool(fila and fila[0])


def _casa() -> str:
    return str(servidor.ROOT)


@cache
def _huella(fuentes: tuple[str, ...]) -> str:
    """Digest the house and every file of the sources, by name and content."""
    suma = hashlib.sha256(_casa().encode())
    for fuente in (*_BASE, *fuentes):
        raiz = servidor.ROOT / fuente
        for ruta in sorted(raiz.rglob("*")) if raiz.is_dir() else [raiz]:
            if ruta.is_file() and ruta.suffix not in _NO_CUENTAN:
                suma.update(f"{ruta.relative_to(servidor.ROOT)}\0".encode())
                suma.update(hashlib.sha256(ruta.read_bytes()).digest())
    return suma.hexdigest()[:12]
