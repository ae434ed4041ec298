"""A PostgreSQL that nobody else uses, to be killed and started again."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg.conninfo import make_conninfo

from recaudo.infra.postgres import asegurar_servidor, detener, directorio_de_datos

_BASE: Final = "DATABASE_URL"
_PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Servidor:
    """Its folder and its address."""

    datos: Path
    url: str

    def matar(self) -> None:
        """SIGKILL the server and all its processes at once, as a power cut of the program does."""
        papeles = directorio_de_datos(self.datos) / "cluster" / "postmaster.pid"
        principal = int(papeles.read_text(encoding="utf-8").split("\n")[0])
        hijos = hijos_de(principal)
        for pid in (principal, *hijos):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any((_PROC / str(pid)).exists() for pid in (principal, *hijos)):
            if _es_zombi(principal):
                break
            time.sleep(0.01)

    def matar_una_sesion(self) -> bool:
        """SIGKILL one backend that is working: the server throws everybody out and recovers."""
        with suppress(psycopg.Error), psycopg.connect(self.url, autocommit=True) as conexion:
            fila = conexion.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
                "AND pid <> pg_backend_pid() AND state <> 'idle' ORDER BY random() LIMIT 1"
            ).fetchone()
            if fila is not None:
                with suppress(ProcessLookupError):
                    os.kill(int(fila[0]), signal.SIGKILL)
                    return True
        return False

    def descuidar(self) -> None:
        """Let it say that something is done before it is on the disk: the twin that must lose."""
        clave = (directorio_de_datos(self.datos) / "clave-administrador").read_text(
            encoding="utf-8"
        )
        quien = make_conninfo(self.url, user="postgres", password=clave, dbname="postgres")
        with psycopg.connect(quien, autocommit=True) as conexion:
            conexion.execute("ALTER SYSTEM SET synchronous_commit = off")
            conexion.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            conexion.execute("SELECT pg_reload_conf()")

    def levantar(self) -> float:
        """Start it again as the next order would, and return the seconds until it answered."""
        inicio = time.monotonic()
        _asegurar(self.datos)
        return time.monotonic() - inicio

    def esperar(self) -> float:
        """Wait until it answers by itself; return the seconds."""
        inicio = time.monotonic()
        while True:
            with suppress(psycopg.Error), psycopg.connect(self.url, connect_timeout=2):
                return time.monotonic() - inicio
            time.sleep(0.05)


def hijos_de(pid: int) -> list[int]:
    """Return the processes that one started, as far as this system tells."""
    try:
        return [
            int(hijo)
            for hilo in (_PROC / str(pid) / "task").iterdir()
            for hijo in (hilo / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []


def _es_zombi(pid: int) -> bool:
    try:
        return ") Z " in (_PROC / str(pid) / "stat").read_text(encoding="ascii")
    except OSError:
        return True


@contextmanager
def servidor_de_prueba() -> Iterator[Servidor]:
    """Give a server in a folder of its own, and take both away at the end."""
    with tempfile.TemporaryDirectory(prefix="recaudo-caidas-") as carpeta:
        Path(carpeta).chmod(0o755)  # whoever lends root an account must reach it
        datos = Path(carpeta) / "postgres"
        url = _asegurar(datos)
        try:
            yield Servidor(datos, url)
        finally:
            detener(datos)


def _asegurar(datos: Path) -> str:
    """Start the server of that folder, whatever database the environment names."""
    nombrada = os.environ.pop(_BASE, None)
    try:
        return asegurar_servidor(datos)
    finally:
        if nombrada is not None:
            os.environ[_BASE] = nombrada
