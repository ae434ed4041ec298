"""Clients that send slowly or do not read, and what good visitors get meanwhile."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

LOCAL = "127.0.0.1"
BUENAS = 8


def abrir(puerto: int, dicho: bytes, *, recibe: int = 0) -> socket.socket:
    """Connect, say that and nothing more."""
    enchufe = socket.socket()
    if recibe:
        enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, recibe)
    enchufe.settimeout(5)
    enchufe.connect((LOCAL, puerto))
    enchufe.sendall(dicho)
    return enchufe


@contextmanager
def atacado(cuantos: int, cliente: Callable[[], socket.socket]) -> Iterator[list[socket.socket]]:
    """Keep that many clients open while the block lasts."""
    with ExitStack() as abiertos:
        yield [abiertos.enter_context(cliente()) for _ in range(cuantos)]


def pedir(puerto: int, ruta: str, plazo: float = 2) -> tuple[int, str]:
    """Return the status and the text of a page; status 0 when it did not come in time."""
    conexion = HTTPConnection(LOCAL, puerto, timeout=plazo)
    try:
        conexion.request("GET", ruta)
        respuesta = conexion.getresponse()
        return respuesta.status, respuesta.read().decode(errors="replace")
    except OSError:
        return 0, ""
    finally:
        conexion.close()


def contestadas(puerto: int, ruta: str) -> int:
    """Return how many of `BUENAS` pages came, each within two seconds."""
    return sum(pedir(puerto, ruta)[0] == 200 for _ in range(BUENAS))


def primera_linea(enchufe: socket.socket, plazo: float = 5) -> bytes:
    """Return the first line that the server says."""
    enchufe.settimeout(plazo)
    return enchufe.recv(64).partition(b"\r\n")[0]


def esperar(cierto: Callable[[], bool], plazo: float = 20) -> bool:
    """Wait until it is so."""
    limite = time.monotonic() + plazo
    while time.monotonic() < limite:
        if cierto():
            return True
        time.sleep(0.05)
    return False
