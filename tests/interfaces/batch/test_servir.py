"""`recaudo servir`: answers, says where, stops when told, and says in one line what it needs."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from recaudo.infra.produccion import ProduccionIncompleta
from recaudo.interfaces.batch import sitio
from recaudo.interfaces.batch.sitio import (
    DIRECCION,
    SECRETO,
    asegurar_secreto,
    direccion_del_sitio,
    exigir_puerto_libre,
)
from tests import servidor
from tests.factories.demostracion import base_aparte


def free_port() -> int:
    with closing(socket.socket()) as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


@contextmanager
def serving(url: str, puerto: int) -> Iterator[subprocess.Popen[str]]:
    """Run the command until the block ends; it must have been stopped inside."""
    proceso = subprocess.Popen(
        [sys.executable, "-m", "recaudo.project.cli", "servir", "--puerto", str(puerto)],
        env={**os.environ, **servidor.variables_as_roles(url), "RECAUDO_AMBIENTE": "dev"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield proceso
    finally:
        if proceso.poll() is None:
            os.killpg(proceso.pid, signal.SIGKILL)
            proceso.communicate(timeout=10)


def status(url: str) -> int:
    directo = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with directo.open(url, timeout=10) as respuesta:
            return int(respuesta.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.servidor
@pytest.mark.parametrize(
    ("avisar", "aviso"),
    [
        (os.kill, signal.SIGINT),
        (os.kill, signal.SIGTERM),
        (os.killpg, signal.SIGINT),  # Ctrl+C of a terminal: its processes get it, all of them
    ],
)
def test_it_says_where_it_answers_and_stops_cleanly(
    django_db_blocker: Any, avisar: Callable[[int, int], None], aviso: signal.Signals
) -> None:
    puerto = free_port()
    with (
        django_db_blocker.unblock(),
        base_aparte("sitio") as url,
        serving(url, puerto) as proceso,
    ):
        assert proceso.stderr is not None
        direccion = ""
        for linea in proceso.stderr:
            if hallada := re.search(r"responde en (http://\S+)", linea):
                direccion = hallada[1]
                break
        assert direccion == f"http://127.0.0.1:{puerto}/"
        assert status(f"{direccion}static/vista/sitio.css") == 200
        avisar(proceso.pid, aviso)
        quejas, despedida = proceso.communicate(timeout=20)
        assert (proceso.returncode, despedida) == (0, "El sitio se detuvo.\n")
        assert quejas == "", "no process had to be killed"
    exigir_puerto_libre(puerto)


def test_a_busy_port_is_one_clear_line() -> None:
    with closing(socket.socket()) as otro:
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        puerto = otro.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "recaudo.project.cli", "servir", "--puerto", str(puerto)],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr == f"El puerto {puerto} está ocupado. Elija otro con --puerto.\n"


def test_the_demonstration_takes_the_next_port_when_its_own_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(socket.socket()) as otro:
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        ocupado = otro.getsockname()[1]
        monkeypatch.setattr(sitio, "PUERTO", ocupado)
        assert ocupado < sitio.primer_puerto_libre() < ocupado + 100


def test_the_secret_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETO, "")
    monkeypatch.setenv("RECAUDO_AMBIENTE", "dev")
    asegurar_secreto(tmp_path / "var")
    archivo = tmp_path / "var" / "secreto"
    primero = os.environ[SECRETO]
    assert len(primero) >= 50
    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    monkeypatch.setenv(SECRETO, "")
    asegurar_secreto(tmp_path / "var")
    assert os.environ[SECRETO] == primero == archivo.read_text(encoding="ascii")


def test_a_secret_given_by_the_environment_is_the_one_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETO, "dado")
    asegurar_secreto(tmp_path)
    assert os.environ[SECRETO] == "dado"
    assert list(tmp_path.iterdir()) == []


def test_production_does_not_invent_its_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETO, "")
    monkeypatch.setenv("RECAUDO_AMBIENTE", "prod")
    with pytest.raises(ProduccionIncompleta, match=SECRETO):
        asegurar_secreto(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("elegida", "visita"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::1", "http://[::1]:80/"),
    ],
)
def test_the_address_it_prints_can_be_visited(
    elegida: str, visita: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DIRECCION, elegida)
    assert direccion_del_sitio(80) == visita
