"""The PostgreSQL of one test run: its own server, its own database names, its own end.

Runs that happen at the same time share the server and never a database: each names its
databases after its process. The last one to leave stops the server.
"""

import fcntl
import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from recaudo.infra.papeles import CON_TABLAS_DE_PASO, Papel, variable_de
from recaudo.infra.postgres import asegurar_servidor, detener, directorio_de_datos, launcher
from recaudo.infra.postgres.binaries import find_binaries

#: What `DATABASE_URL` says in the lane that has no database.
SIN_BASE = "postgresql://nadie@/nada"
ROOT = Path(__file__).resolve().parents[1]
#: The memory disk of Linux, and how much of it must be free to keep the test server there.
MEMORY = Path("/dev/shm")
ROOM = 3 * 1024**3
#: What a server whose data nobody keeps does without: waiting for the disk, a log for others.
HURRY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "256MB",
    "min_wal_size": "64MB", "checkpoint_timeout": "30min", "jit": "off",
}  # fmt: skip
_PREFIX = "recaudo-pruebas-"
#: The file that says whose a place on the memory disk is.
_HOUSE = "casa"
_RUN = "RECAUDO_PRUEBAS_CORRIDA"
#: The locks that say that this run uses its server.
_HELD: list[int] = []
_DATABASE = re.compile(r"test_recaudo_(\d+)(?:_gw\d+)?(?:_\w+)?")


def data_directory() -> Path:
    """Return the data directory of the test server: one for each major version of PostgreSQL.

    In memory where there is room for it, else in ``var``; `RECAUDO_PRUEBAS_DATOS` names another
    place.
    """
    named = os.environ.get("RECAUDO_PRUEBAS_DATOS")
    return (Path(named) if named else _roomiest()) / f"postgres-pruebas-{find_binaries().major}"


def _roomiest() -> Path:
    """Return this house's place on the memory disk: what it holds is worth nothing tomorrow."""
    own = MEMORY / f"{_PREFIX}{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
    if own.is_dir():
        return own
    return own if in_memory() else ROOT / "var"


def in_memory() -> Path | None:
    """Return the memory disk when there is room on it for servers of tests."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None


def run_name() -> str:
    """Return the name of this run, the same in each of its workers."""
    return os.environ.setdefault(_RUN, str(os.getpid()))


def forget_outer_environment() -> None:
    """Remove every ``PG*`` name: a test must not depend on who runs it."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


def enter() -> IO[str] | None:
    """Put a server in ``DATABASE_URL`` unless one is named there; return what ``leave`` needs.

    The answer is ``None`` for a run that has no part in the server's life: an xdist worker,
    or a run against a server that somebody else keeps.
    """
    forget_outer_environment()
    run_name()
    os.environ.setdefault("RECAUDO_FIRMAS", str(data_directory().parent / "firmas"))
    if os.environ.get("DATABASE_URL"):
        return None
    data = data_directory()
    data.parent.mkdir(parents=True, exist_ok=True)
    presence = (data.parent / f"{data.name}.en-uso").open("a", encoding="utf-8")
    try:
        fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = True
    except BlockingIOError:
        fcntl.flock(presence, fcntl.LOCK_SH)
        alone = False
    url = asegurar_servidor(data)
    if alone:
        if _hurry(url, data):
            detener(data)
            url = asegurar_servidor(data)
        _forget_dead_houses(data.parent)
        fcntl.flock(presence, fcntl.LOCK_SH)
    _let_the_owner_pass_for_the_others(url, data)
    os.environ["DATABASE_URL"] = url
    _use_it_until_the_end()
    _drop_databases_of_dead_runs(url)
    return presence


def _let_the_owner_pass_for_the_others(url: str, data: Path) -> None:
    """Let tests, which are the owner, do something as another role (`tests/papeles.py`)."""
    with psycopg.connect(admin_url(url, data), autocommit=True) as connection:
        for papel in Papel:
            connection.execute(sql.SQL("GRANT {} TO recaudo").format(sql.Identifier(papel.value)))


def url_as(papel: Papel, url: str) -> str:
    """Return the URL with which another role enters the database of `url`, on this run's server."""
    password = directorio_de_datos(data_directory()) / f"clave-{papel.removeprefix('recaudo_')}"
    return make_conninfo(url, user=papel.value, password=password.read_text(encoding="utf-8"))


def variables_as_roles(url: str) -> dict[str, str]:
    """Return the environment that an installation has for the database of `url`: a URL by role."""
    return {"DATABASE_URL": url, **{variable_de(papel): url_as(papel, url) for papel in Papel}}


def admin_url(url: str, data: Path) -> str:
    """Return the URL of the administrator of a server of ours."""
    password = (directorio_de_datos(data) / "clave-administrador").read_text(encoding="utf-8")
    return make_conninfo(url, user="postgres", password=password, dbname="postgres")


def _use_it_until_the_end() -> None:
    """Keep the launcher's own note that this process uses the server away from the commands.

    A command that a test calls in this process lets go, at its end, of what its process uses: the
    server of the run is not its own.
    """
    _HELD.extend(launcher._IN_USE.values())
    launcher._IN_USE.clear()


def leave(presence: IO[str]) -> None:
    """Stop the server if no other run uses it."""
    fcntl.flock(presence, fcntl.LOCK_UN)
    try:
        fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        presence.close()
        return
    finally:
        del os.environ["DATABASE_URL"]
    with presence:
        detener(data_directory())
    while _HELD:
        os.close(_HELD.pop())


def server_version(url: str) -> str:
    """Return the version the server itself states, such as ``18.6``."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "?"


def drop_database(url: str, name: str) -> None:
    """Drop a database of ours, closing whoever is still in it; no error if it is not there.

    Not `WITH (FORCE)`: that refuses when the server's own autovacuum is inside, which a plain
    DROP sends away by itself.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
            [name],
        )
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    for notebook in Path(os.environ["RECAUDO_FIRMAS"]).glob(f"{name}.*"):
        notebook.unlink(missing_ok=True)


def copy_database(url: str, source: str, copy: str) -> None:
    """Make ``copy`` anew as an exact copy of ``source``, which must have nobody in it.

    File by file: half the work of passing each page through the memory of the server, whose
    checkpoint costs little where nothing waits for a disk.
    """
    drop_database(url, copy)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(copy), sql.Identifier(source)
            )
        )
        close_to_the_public(connection, copy)
    copy_notebook(source, copy)


def close_to_the_public(connection: psycopg.Connection, name: str) -> None:
    """Leave a database as the launcher leaves the program's: a copy forgets who may enter."""
    who = sql.SQL(", ").join(sql.Identifier(papel.value) for papel in Papel)
    with_tables = sql.SQL(", ").join(sql.Identifier(p.value) for p in CON_TABLAS_DE_PASO)
    name_ = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name_))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name_, who))
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(name_, with_tables))


def copy_notebook(source: str, copy: str) -> None:
    """Give a copy the signed notebook of its source: what was installed in both is the same."""
    folder = Path(os.environ["RECAUDO_FIRMAS"])
    for suffix in (".json", ".bitacora"):
        if (folder / f"{source}{suffix}").exists():
            shutil.copy(folder / f"{source}{suffix}", folder / f"{copy}{suffix}")


def _hurry(url: str, data: Path) -> bool:
    """Do without what these databases do not need; return whether it takes a new start.

    For whoever is alone in the server. The launcher's own tests start servers of their own, which
    do wait for the disk.
    """
    with psycopg.connect(admin_url(url, data), autocommit=True) as connection:
        for name, value in HURRY.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        connection.execute("SELECT pg_reload_conf()")
        level = connection.execute("SHOW wal_level").fetchone()
    return level != (HURRY["wal_level"],)


def _forget_dead_houses(place: Path) -> None:
    """On the memory disk, remove what houses that are gone left there."""
    if place.parent != MEMORY:
        return
    (place / _HOUSE).write_text(str(ROOT), encoding="utf-8")
    for note in MEMORY.glob(f"{_PREFIX}*/{_HOUSE}"):
        gone = not Path(note.read_text(encoding="utf-8")).is_dir()
        if gone and note.stat().st_uid == os.geteuid():
            for cluster in note.parent.glob("postgres-pruebas-*/cluster"):
                detener(cluster.parent)
            shutil.rmtree(note.parent, ignore_errors=True)


def _drop_databases_of_dead_runs(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
    for name in names:
        found = _DATABASE.fullmatch(name)
        if found and not _is_alive(int(found.group(1))):
            drop_database(url, name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
