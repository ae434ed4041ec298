"""The data directory: how it is made, how it is set up, and who really runs on it."""

import os
import secrets
import subprocess
from pathlib import Path

from recaudo.infra.postgres.account import Account
from recaudo.infra.postgres.binaries import Binaries
from recaudo.infra.postgres.errors import ServidorNoDisponible
from recaudo.infra.postgres.places import Places, discard, write_secret

_FIRST_WITH_BUILTIN_LOCALES = 17
#: What the server keeps of its tables in memory: an eighth of the machine's, between these.
_SHARE_OF_MEMORY = 8
_LEAST_SHARED_MB, _MOST_SHARED_MB = 128, 2048
_PROC = Path("/proc")


def cluster_major(places: Places) -> int | None:
    """Return the major version of the existing data; ``None`` when there is none yet."""
    try:
        return int((places.cluster / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def create_cluster(places: Places, account: Account, binaries: Binaries) -> None:
    """Make the data directory whole or not at all: passwords by SCRAM, checksums, UTF-8.

    Refuses with ``ServidorNoDisponible`` and the tool's own words when it fails.
    """
    draft = places.root / "cluster.parcial"
    discard(draft)
    write_secret(places.admin_password, secrets.token_urlsafe(24), account)
    locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
    if binaries.major >= _FIRST_WITH_BUILTIN_LOCALES:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = account.run(
        [
            binaries.program("initdb"),
            *("-D", draft, "-U", "postgres"),
            *("-A", "scram-sha-256", f"--pwfile={places.admin_password}"),
            *("--data-checksums", *locale),
        ],
        cwd=places.root,
    )
    if made.returncode != 0:
        discard(draft)
        message = f"No se pudo crear la base de datos en {places.cluster}: {made.stderr.strip()}"
        raise ServidorNoDisponible(message)
    main_file = draft / "postgresql.conf"
    with main_file.open("a", encoding="utf-8") as file:
        file.write("\ninclude 'recaudo.conf'\n")
    draft.rename(places.cluster)


def configure(places: Places, account: Account, socket: Path) -> None:
    """Write the settings of the server, anew at each start: the socket may have moved."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    shared = max(_LEAST_SHARED_MB, min(physical // _SHARE_OF_MEMORY // 2**20, _MOST_SHARED_MB))
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_buffers": f"{shared}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "4GB",
        # A mass act writes its log for the next core to send to the disk, and does not wait for it.
        "wal_buffers": "64MB" if shared == _MOST_SHARED_MB else "-1",
        "wal_writer_delay": "10ms",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "logging_collector": "off",
    }
    quoted = {name: value.replace("'", "''") for name, value in settings.items()}
    text = "".join(f"{name} = '{value}'\n" for name, value in quoted.items())
    path = places.cluster / "recaudo.conf"
    path.write_text(text, encoding="utf-8")
    account.own(path)


def live_postmaster(places: Places) -> int | None:
    """Return the pid of the server that really runs on this data; ``None`` when none does.

    The pid written in the data directory is only a hint: after a crash it may belong to
    nobody, to a dead process that nobody buried, or to an innocent one. What tells is that
    the process works inside the data directory, as every PostgreSQL does.
    """
    try:
        first_line = (places.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0]
        pid = int(first_line)
    except (FileNotFoundError, ValueError):
        return None
    return pid if pid > 0 and _works_in(pid, places.cluster) else None


def _works_in(pid: int, cluster: Path) -> bool:
    if _PROC.is_dir():
        try:
            return (_PROC / str(pid) / "cwd").resolve(strict=True) == cluster.resolve()
        except OSError:
            return False
    answer = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(cluster) in answer.stdout and "<defunct>" not in answer.stdout


def forget_dead_postmaster(places: Places) -> None:
    """Remove the pid file and socket locks of a server that is no longer there.

    PostgreSQL refuses to start while the pid they name exists, whoever has it. Call it only
    when ``live_postmaster`` says that there is none. Should a server be there after all,
    its shared memory block still keeps a second one out.
    """
    (places.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (places.socket / name).unlink(missing_ok=True)
