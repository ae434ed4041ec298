"""Start, attach to and stop the program's own PostgreSQL.

The truth about a server is a connection that answers, never a pid. Those who start at the
same time wait for one another on a file lock. The server outlives a command that starts it and
ends, so that the next one finds it; those that last (the site, the worker) stop it when they are
the last that use it.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from recaudo.infra.papeles import Papel
from recaudo.infra.postgres.account import Account, account_for
from recaudo.infra.postgres.binaries import Binaries, find_binaries, reachable
from recaudo.infra.postgres.cluster import (
    cluster_major,
    configure,
    create_cluster,
    forget_dead_postmaster,
    live_postmaster,
)
from recaudo.infra.postgres.errors import ServidorNoDisponible
from recaudo.infra.postgres.papeles import sentencias_de_papeles
from recaudo.infra.postgres.places import Places, locate, write_secret

_NAME = "recaudo"
_START_SECONDS = 60
_PAUSE_SECONDS = 0.2
#: The locks that say that this process uses a server, by its directory.
_IN_USE: Final[dict[Path, int]] = {}


def directorio_de_datos(datos: Path | None = None) -> Path:
    """Return the directory that holds the server asked for, creating it if it is new.

    It is ``datos`` itself unless root lends an account that cannot reach it.
    """
    return locate(datos)[0].root


def asegurar_servidor(datos: Path | None = None) -> str:
    """Make sure that a PostgreSQL answers and return its URL.

    ``DATABASE_URL`` in the environment always wins and is returned as it is, untried.
    Otherwise the server kept in ``datos`` (by default ``var/postgres`` of the source tree,
    or the user's state directory) is created, started or merely attached to. The URL has
    the form ``postgresql://role:password@/database?host=socket-directory&port=5432``: the
    role owns its database and may create others, and is no superuser.

    Refuses with ``ServidorNoDisponible``, with a sentence for the user, when it cannot.
    """
    named = os.environ.get("DATABASE_URL")
    if named:
        return named
    places, account = locate(datos)
    with _alone(places):
        _begin_use(places)
        if _answers(url := _program_url(places)):
            return url
        binaries = reachable(find_binaries(cluster_major(places)), account, places.root)
        if cluster_major(places) is None:
            create_cluster(places, account, binaries)
        _start(places, account, binaries)
        _ensure_program_role(places, account)
        url = _program_url(places)
        if not _answers(url):
            raise _refusal(places)
    return url


def soltar_servidor() -> bool:
    """Stop using the servers of this process, and stop each that nobody else uses.

    The kernel counts the users: each holds a lock while it lives, however it ends. A server with
    somebody else connected stays too. Return whether any was stopped.
    """
    stopped = False
    for root, held in list(_IN_USE.items()):
        del _IN_USE[root]
        os.close(held)
        if not root.exists():  # whoever made it took it away: nothing is left to stop
            continue
        places = Places(root)
        with _alone(places), places.users.open("a", encoding="utf-8") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            if live_postmaster(places) is not None and not _others_connected(places):
                _stop(places, account_for(root))
                stopped = True
    return stopped


def en_uso(datos: Path | None = None) -> bool:
    """Say whether some other process uses the server kept in ``datos``, or is connected to it."""
    places, _ = locate(datos)
    with places.users.open("a", encoding="utf-8") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return live_postmaster(places) is not None and _others_connected(places)


def detener(datos: Path | None = None) -> None:
    """Stop the server kept in ``datos``, waiting for its checkpoint; no error if none runs.

    A server named by ``DATABASE_URL`` is not ours and is never touched.
    """
    places, account = locate(datos)
    with _alone(places):
        if live_postmaster(places) is not None:
            _stop(places, account)


def _stop(places: Places, account: Account) -> None:
    """Stop a server that runs, waiting for its checkpoint."""
    binaries = reachable(find_binaries(cluster_major(places)), account, places.root)
    stopped = _pg_ctl(places, account, binaries, "stop", "-m", "fast")
    if stopped and live_postmaster(places) is not None:
        message = f"No se pudo detener PostgreSQL en {places.root}: {stopped}"
        raise ServidorNoDisponible(message)


def _begin_use(places: Places) -> None:
    """Hold the lock of those who use this server, until this process ends or lets it go."""
    if places.root not in _IN_USE:
        held = os.open(places.users, os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(held, fcntl.LOCK_SH)
        _IN_USE[places.root] = held


def _others_connected(places: Places) -> bool:
    """Whether somebody is connected: a console opened by hand, a copy being made."""
    try:
        with psycopg.connect(_admin_url(places), connect_timeout=5, autocommit=True) as connection:
            count = connection.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(count and count[0])


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Hold the lock of this server: one process at a time creates, starts or stops it."""
    with places.lock.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _url(places: Places, role: str, password_file: Path, database: str) -> str:
    try:
        password = password_file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    socket = quote(str(places.socket), safe="")
    return f"postgresql://{role}:{quote(password, safe='')}@/{database}?host={socket}&port=5432"


def url_de_papel(papel: Papel, datos: Path | None = None) -> str:
    """Return the URL with which a role enters the server of ``datos``; empty before it is made.

    The server is the program's own: one that ``DATABASE_URL`` names has its roles elsewhere.
    """
    places, _ = locate(datos)
    return _url(places, papel, places.password_of(papel), _NAME)


def _program_url(places: Places) -> str:
    return _url(places, _NAME, places.password, _NAME)


def _admin_url(places: Places) -> str:
    return _url(places, "postgres", places.admin_password, "postgres")


def _answers(url: str) -> bool:
    """Whether a query through ``url`` is answered; an empty one never is."""
    if not url:
        return False
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _pg_ctl(places: Places, account: Account, binaries: Binaries, *words: str) -> str:
    """Run ``pg_ctl`` and return what it complained of, empty when it did as told."""
    directories: list[str | Path] = ["-D", places.cluster, "-l", places.log]
    command = [binaries.program("pg_ctl"), *directories, "-w", "-t", str(_START_SECONDS), *words]
    done = account.run(command, cwd=places.root)
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip() or "pg_ctl"


def _start(places: Places, account: Account, binaries: Binaries) -> None:
    """Start until a connection answers; a dead server's traces are cleared first."""
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(_admin_url(places)):
        started = False
        if live_postmaster(places) is None:
            forget_dead_postmaster(places)
            configure(places, account, places.prepare_socket(account))
            started = not _pg_ctl(places, account, binaries, "start")
        elif not places.socket.is_dir():
            # Someone cleaned the socket away: that server can no longer be reached.
            _pg_ctl(places, account, binaries, "stop", "-m", "fast")
        if time.monotonic() > deadline:
            raise _refusal(places)
        if not started:  # whoever started it has already waited for it
            time.sleep(_PAUSE_SECONDS)


def _ensure_program_role(places: Places, account: Account) -> None:
    """Make sure that the program's roles and database exist and that their passwords open them.

    A password already given out is kept: processes that outlived a crash still hold it.
    """
    papers = [places.password_of(papel) for papel in Papel]
    if all(paper.exists() for paper in papers) and _answers(_program_url(places)):
        return
    for paper in (places.password, *papers):
        if not paper.exists():
            write_secret(paper, secrets.token_urlsafe(24), account)
    password = sql.Literal(places.password.read_text(encoding="utf-8"))
    role = sql.Identifier(_NAME)
    with psycopg.connect(_admin_url(places), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_NAME]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN CREATEDB PASSWORD {}").format(verb, role, password)
        )
        there = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [_NAME]
        ).fetchone()
        if not there:
            connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(role))
        claves = {papel: places.password_of(papel).read_text(encoding="utf-8") for papel in Papel}
        for sentencia in sentencias_de_papeles(_NAME, claves):
            connection.execute(sentencia)


def _refusal(places: Places) -> ServidorNoDisponible:
    """Build the refusal with the last words of the server's own log."""
    try:
        lines = places.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    except OSError:
        lines = []
    last_words = " / ".join(lines) or "no dejó mensajes"
    return ServidorNoDisponible(
        f"PostgreSQL no respondió en {places.root}. Su registro termina así: {last_words}. "
        "Revise el espacio en disco, o indique un servidor en DATABASE_URL."
    )
