"""Memory and CPU of what is being measured: this process and its PostgreSQL backends (Linux)."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

_PROC = Path("/proc")
_PAUSA = 0.1
_MB = 1024


@dataclass(slots=True)
class Observado:
    """Peak of the sum of private memory (kB) and CPU seconds used, as far as they can be read."""

    pico_kb: int = 0
    cpu: dict[int, float] = field(default_factory=dict)
    cpu_antes: dict[int, float] = field(default_factory=dict)

    @property
    def cpu_segundos(self) -> float:
        """CPU seconds of every process seen, since the start."""
        return sum(total - self.cpu_antes.get(pid, 0.0) for pid, total in self.cpu.items())

    def detalle(self) -> dict[str, str | int]:
        """Return plain figures for the command."""
        return {
            "cpu_segundos": f"{self.cpu_segundos:.2f}",
            "memoria_pico_mb": self.pico_kb // _MB,
            "carga": f"{os.getloadavg()[0]:.1f}",
        }


@contextmanager
def observar(
    url: str | None = None, *, ademas: Sequence[int] = (), yo: bool = True
) -> Iterator[Observado]:
    """Watch this process, and the backends of the database of `url`, while the block runs.

    `ademas` are other processes to watch, such as those of a server; without `yo`, not this one.
    """
    observado = Observado()
    fin = threading.Event()
    conexion = psycopg.connect(url, autocommit=True) if url else None
    ademas = (*ademas, os.getpid()) if yo else ademas
    for pid in (*_pids(conexion), *ademas):
        observado.cpu_antes[pid] = _cpu(pid)
    hilo = threading.Thread(target=_mirar, args=(observado, conexion, ademas, fin), daemon=True)
    hilo.start()
    try:
        yield observado
    finally:
        fin.set()
        hilo.join()
        if conexion is not None:
            conexion.close()


def _mirar(
    observado: Observado,
    conexion: psycopg.Connection | None,
    ademas: Sequence[int],
    fin: threading.Event,
) -> None:
    while True:
        ultimo = fin.wait(_PAUSA)
        pids = [*_pids(conexion), *ademas]
        observado.pico_kb = max(observado.pico_kb, sum(_privada_kb(pid) for pid in pids))
        for pid in pids:
            observado.cpu[pid] = max(_cpu(pid), observado.cpu.get(pid, 0.0))
        if ultimo:
            return


def _pids(conexion: psycopg.Connection | None) -> list[int]:
    if conexion is None:
        return []
    filas = conexion.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    return [fila[0] for fila in filas]


def _privada_kb(pid: int) -> int:
    try:
        estado = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    linea = next((li for li in estado.splitlines() if li.startswith("RssAnon:")), "RssAnon: 0 kB")
    return int(linea.split()[1])


def _cpu(pid: int) -> float:
    try:
        campos = (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    usuario, sistema = campos.rpartition(")")[2].split()[11:13]
    return (int(usuario) + int(sistema)) / os.sysconf("SC_CLK_TCK")
