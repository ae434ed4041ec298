"""Slow and greedy clients, dead processes, a database that is away: good visitors get pages."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from tests.factories.demostracion import base_aparte
from tests.interfaces.batch.ataques import (
    BUENAS,
    LOCAL,
    abrir,
    atacado,
    contestadas,
    esperar,
    pedir,
    primera_linea,
)
from tests.interfaces.batch.test_servir import free_port

RAIZ = Path(__file__).resolve().parents[3]
FORMULARIO = b"application/x-www-form-urlencoded"
_JUGUETE = (
    "import multiprocessing, sys\n"
    "from recaudo.interfaces.batch.servidor import servidor_de\n"
    "multiprocessing.set_start_method('spawn')\n"
    "servidor_de('tests.interfaces.batch.juguete_que_no_acaba:sitio', '127.0.0.1',"
    " int(sys.argv[1])).serve()\n"
)
_SITIO = (
    "import sys\n"
    "from recaudo.interfaces.batch.sitio import servir_sitio\n"
    "servir_sitio(puerto=int(sys.argv[1]), al_responder=lambda url: None)\n"
)


@contextmanager
def servido(programa: str, ruta: str, **ambiente: str) -> Iterator[tuple[int, int]]:
    """Serve while the block lasts; yield the port and the process that keeps the others."""
    puerto = free_port()
    proceso = subprocess.Popen(
        [sys.executable, "-c", programa, str(puerto)], cwd=RAIZ, env={**os.environ, **ambiente},
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        # All its processes: each has a socket of its own, and who comes for the other waits.
        assert esperar(lambda: contestadas(puerto, ruta) == BUENAS, 60)
        yield puerto, proceso.pid
    finally:
        os.killpg(proceso.pid, signal.SIGTERM)
        try:
            proceso.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(proceso.pid, signal.SIGKILL)
            proceso.wait()


@pytest.fixture(scope="module")
def juguete() -> Iterator[tuple[int, int]]:
    """The server, with an application that has no database."""
    with servido(_JUGUETE, "/") as donde:
        yield donde


@pytest.fixture(scope="module")
def base_del_sitio(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), base_aparte("puerta") as url:
        yield url


@pytest.fixture(scope="module")
def sitio(base_del_sitio: str) -> Iterator[int]:
    """The real site, as `recaudo servir` serves it, without a proxy; its port."""
    ambiente = {
        "DATABASE_URL": base_del_sitio, "RECAUDO_AMBIENTE": "dev",
        "RECAUDO_SECRETO": "de-prueba-" * 5, "RECAUDO_PISCINA": "1",
    }  # fmt: skip
    with servido(_SITIO, "/calculadora/", **ambiente) as (puerto, _):
        yield puerto


def galleta(puerto: int) -> tuple[str, str]:
    """Return the cookie of a visitor of the log-in page, and the token of its form."""
    conexion = HTTPConnection(LOCAL, puerto, timeout=10)
    conexion.request("GET", "/entrar/")
    respuesta = conexion.getresponse()
    texto = respuesta.read().decode()
    conexion.close()
    testigo = texto.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    return (respuesta.getheader("Set-Cookie") or "").partition(";")[0], testigo


def entrada(puerto: int, ruta: str, mas: str) -> bytes:
    """Return the head of a POST that the site must read to judge."""
    cabeza = (
        f"POST {ruta} HTTP/1.1\r\nHost: {LOCAL}\r\nCookie: {galleta(puerto)[0]}\r\n{mas}\r\n\r\n"
    )
    return cabeza.encode()


# --- the server -----------------------------------------------------------------------------


def test_who_does_not_read_holds_no_thread(juguete: tuple[int, int]) -> None:
    puerto, _ = juguete
    pide = b"GET /mucho HTTP/1.1\r\nHost: x\r\n\r\n"
    with atacado(50, lambda: abrir(puerto, pide, recibe=2048)) as clientes:
        assert contestadas(puerto, "/") == BUENAS
        assert primera_linea(clientes[0]) == b"HTTP/1.1 200 OK"


def test_a_body_without_length_is_cut_at_its_limit(juguete: tuple[int, int]) -> None:
    puerto, _ = juguete
    cabeza = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    trozo = b"10000\r\n" + b"y" * 0x10000 + b"\r\n"
    with abrir(puerto, cabeza + trozo * 4 + b"0\r\n\r\n") as cabe:
        assert b"200" in primera_linea(cabe)
        assert b" 262144 /" in cabe.recv(300)
    with abrir(puerto, cabeza) as sin_fin, pytest.raises(ConnectionError):  # noqa: PT012
        for _ in range(2_000):  # the server ends it, now or a moment later
            sin_fin.sendall(trozo)
            time.sleep(0.001)


def test_a_header_that_would_pass_for_another_is_not_taken(juguete: tuple[int, int]) -> None:
    puerto, _ = juguete
    with abrir(
        puerto, b"GET /%C3%B1/ HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 9.9.9.9\r\n\r\n"
    ) as c:
        dicho = c.recv(500)
    assert dicho.endswith(" /Ã±/ -".encode())


def test_a_process_that_dies_again_and_again_comes_back(juguete: tuple[int, int]) -> None:
    puerto, padre = juguete
    vistos: set[int] = set()
    for _ in range(4):
        vivos = {int(h) for h in hijos(padre)}
        for pid in vivos:
            os.kill(pid, signal.SIGKILL)
        vistos |= vivos
        assert pedir(puerto, "/", plazo=15)[0] == 200
    assert len(vistos) >= 5
    assert esperar(lambda: len(hijos(padre)) == 2)


def test_connections_are_shared_out_between_the_processes(juguete: tuple[int, int]) -> None:
    """With one socket for all, who is quicker takes nearly all of them."""
    puerto, padre = juguete
    assert esperar(lambda: len(hijos(padre)) == 2)
    atendio = Counter(pedir(puerto, "/")[1].split()[0] for _ in range(80))
    assert {int(pid) for pid in atendio} == {int(h) for h in hijos(padre)}
    assert min(atendio.values()) >= 15


def hijos(padre: int) -> list[str]:
    """Return the processes that serve, which that one started."""
    todos = Path(f"/proc/{padre}/task/{padre}/children").read_text(encoding="ascii").split()
    return [h for h in todos if b"spawn_main" in Path(f"/proc/{h}/cmdline").read_bytes()]


# --- the site -------------------------------------------------------------------------------


def test_unfinished_forms_and_headers_hold_nobody_up(sitio: int) -> None:
    formulario = entrada(sitio, "/entrar/", "Content-Type: application/x-www-form-urlencoded\r\n"
                         "Content-Length: 1000") + b"a=1"  # fmt: skip
    with atacado(200, lambda: abrir(sitio, formulario)):
        assert contestadas(sitio, "/calculadora/") == BUENAS
    with atacado(200, lambda: abrir(sitio, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")):
        assert contestadas(sitio, "/calculadora/") == BUENAS


def test_what_is_too_large_is_refused_by_what_it_announces(sitio: int) -> None:
    un_giga = "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1073741824"
    dicho = entrada(sitio, "/verificar/archivo/", un_giga) + b"x" * 60_000
    with atacado(4, lambda: abrir(sitio, dicho)) as clientes:
        assert contestadas(sitio, "/calculadora/") == BUENAS
        cuerpo = clientes[0].recv(65_536)
        while b"</html>" not in cuerpo:
            cuerpo += clientes[0].recv(65_536)
    assert cuerpo.startswith(b"HTTP/1.1 413")
    assert "El límite es de 2,0 MB. No se guardó nada.".encode() in cuerpo
    # A stranger sends no more than a form, also where who may receives a large file.
    grande = f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {5_000_000}"
    ruta = "/oficina/recaudacion/extractos/importar/"
    with abrir(sitio, entrada(sitio, ruta, grande)) as extrano:
        assert b"413" in primera_linea(extrano)


def test_who_waits_for_a_row_is_told_and_the_rest_go_on(sitio: int, base_del_sitio: str) -> None:
    galletas, testigo = galleta(sitio)
    escrito = urlencode({"identificacion": "1", "clave": "x", "csrfmiddlewaretoken": testigo})
    respuestas: list[tuple[int, str]] = []

    def intentar() -> None:
        conexion = HTTPConnection(LOCAL, sitio, timeout=30)
        conexion.request("POST", "/entrar/", escrito,
                         {"Cookie": galletas, "Content-Type": FORMULARIO.decode()})  # fmt: skip
        respuesta = conexion.getresponse()
        respuestas.append((respuesta.status, respuesta.read().decode()))
        conexion.close()

    with psycopg.connect(base_del_sitio) as otra:
        otra.execute(f"LOCK TABLE {tabla_de_intentos()} IN EXCLUSIVE MODE")
        hilos = [threading.Thread(target=intentar) for _ in range(14)]
        for hilo in hilos:
            hilo.start()
        time.sleep(0.5)
        assert contestadas(sitio, "/calculadora/") == BUENAS
        assert respuestas == []
        for hilo in hilos:
            hilo.join()
    estados = {estado for estado, _ in respuestas}
    assert estados == {409}
    assert "Otra persona está trabajando con estos datos" in respuestas[0][1]


def test_without_a_database_it_says_so_and_heals_by_itself(sitio: int, base_del_sitio: str) -> None:
    base = psycopg.conninfo.conninfo_to_dict(base_del_sitio)["dbname"]
    fuera = psycopg.conninfo.make_conninfo(base_del_sitio, dbname="postgres")
    lenta = abrir(sitio, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")
    fin = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(fuera, autocommit=True) as administra:
        administra.execute(f'ALTER DATABASE "{base}" ALLOW_CONNECTIONS false')
        administra.execute(fin, [base])
        try:
            estado, texto = pedir(sitio, "/calculadora/", plazo=10)
            assert (estado, "no está disponible por ahora" in texto) == (503, True)
            assert pedir(sitio, "/api/v1/verificar/AAAABBBBCCCC", plazo=10)[0] == 503
            assert pedir(sitio, "/salud/viva") == (200, '{"estado": "bien"}')
            assert pedir(sitio, "/salud/lista", plazo=10)[0] == 503
        finally:
            administra.execute(f'ALTER DATABASE "{base}" ALLOW_CONNECTIONS true')
        assert esperar(lambda: contestadas(sitio, "/calculadora/") == BUENAS)
        administra.execute(f'ALTER DATABASE "{base}" SET default_transaction_read_only = on')
        administra.execute(fin, [base])
        try:
            assert esperar(lambda: pedir(sitio, "/calculadora/", plazo=10)[0] == 200)
            assert esperar(lambda: "escriba" in pedir(sitio, "/salud/lista", plazo=10)[1])
        finally:
            administra.execute(f'ALTER DATABASE "{base}" RESET default_transaction_read_only')
            administra.execute(fin, [base])
    assert esperar(lambda: contestadas(sitio, "/salud/lista") == BUENAS)
    with lenta:  # its ten seconds are over: cut, without a word
        lenta.settimeout(12)
        assert lenta.recv(64) == b""


def tabla_de_intentos() -> str:
    from recaudo.infra.security.models import IntentoDeEntrada

    return IntentoDeEntrada._meta.db_table
