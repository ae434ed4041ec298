"""The application that granian serves: whole requests in, whole answers out.

The loop of the process reads what is sent (`pedidos`) and sends what is answered (`respuestas`),
each within its time; Django runs in threads, that never wait for a client. Who reads and who writes
have threads of their own: pages that wait for a locked row leave those of reading free.
"""

import asyncio
import os
import queue
import sys
import threading
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import IO, Any, Final, TypeVar

from recaudo.project.pedidos import PEQUENO, Lector, Negado, descartar
from recaudo.project.respuestas import Aplicacion, Respuesta, correr, enviar
from recaudo.project.wsgi import application

LEEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: What may be served at a time by one process; the pool of the database has as many connections.
HILOS_QUE_LEEN: Final = int(os.environ.get("RECAUDO_HILOS_QUE_LEEN", "8"))
HILOS_QUE_ESCRIBEN: Final = int(os.environ.get("RECAUDO_HILOS_QUE_ESCRIBEN", "12"))
#: Requests that wait for a thread before the next one is told to come back.
EN_ESPERA: Final = 512
#: In the environment of a request: the door refused its body, `(status, limit in bytes)`.
NEGADO: Final = "recaudo.negado"

Encargo = Callable[[], None]
T = TypeVar("T")


class Hilos:
    """Threads that attend in order what they are given."""

    def __init__(self, cuantos: int, nombre: str) -> None:
        """Start them."""
        self._cola: queue.SimpleQueue[Encargo] = queue.SimpleQueue()
        for numero in range(cuantos):
            threading.Thread(target=self._atender, name=f"{nombre}-{numero}", daemon=True).start()

    @property
    def esperan(self) -> int:
        """Return how many wait for a thread."""
        return self._cola.qsize()

    def encargar(self, encargo: Encargo) -> None:
        """Put one more at the end."""
        self._cola.put(encargo)

    def _atender(self) -> None:
        while True:
            self._cola.get()()


class Sitio:
    """The RSGI application (`__rsgi__`) of a WSGI one."""

    def __init__(self, aplicacion: Aplicacion, permitir: Callable[[dict[str, Any]], int]) -> None:
        """Keep the application and who tells how much a request may send."""
        self._aplicacion, self._permitir = aplicacion, permitir
        self._lector = Lector()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads of this process."""
        self._loop = loop
        self._leen = Hilos(HILOS_QUE_LEEN, "lee")
        self._escriben = Hilos(HILOS_QUE_ESCRIBEN, "escribe")

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        ambiente = ambiente_de(scope)
        hilos = self._leen if scope.method in LEEN else self._escriben
        largo, corrido = _lo_declarado(ambiente)
        negado = False
        if largo or corrido:
            try:
                cuerpo = await self._cuerpo(ambiente, proto, None if corrido else largo, hilos)
                _poner_cuerpo(ambiente, cuerpo)
            except Negado as no:
                negado = True
                _poner_negado(ambiente, no)
        if hilos.esperan > EN_ESPERA:
            proto.response_str(503, [("retry-after", "5")], "Vuelva a intentarlo.")
            return
        respuesta = await self._en_hilo(hilos, lambda: correr(self._aplicacion, ambiente, proto))
        if respuesta is not None:
            await enviar(proto, respuesta)
        if negado:
            await descartar(proto)

    def _cuerpo(
        self, ambiente: dict[str, Any], proto: Any, largo: int | None, hilos: Hilos
    ) -> Awaitable[IO[bytes]]:
        async def permitir() -> int:
            return await self._en_hilo(hilos, lambda: self._permitir(ambiente))

        return self._lector.leer(proto, largo, permitir)

    def _en_hilo(self, hilos: Hilos, hacer: Callable[[], T]) -> asyncio.Future[T]:
        """Have it done by a thread; the future is of this loop."""
        futuro: asyncio.Future[T] = self._loop.create_future()
        avisar = self._loop.call_soon_threadsafe

        def encargo() -> None:
            try:
                hecho = hacer()
            except BaseException as falla:  # noqa: BLE001 - told to who waits for it
                avisar(_fallar, futuro, falla)
            else:
                avisar(_cumplir, futuro, hecho)

        hilos.encargar(encargo)
        return futuro


def _cumplir(futuro: asyncio.Future[T], hecho: T) -> None:
    if not futuro.done():
        futuro.set_result(hecho)


def _fallar(futuro: asyncio.Future[Any], falla: BaseException) -> None:
    if not futuro.done():
        futuro.set_exception(falla)


def ambiente_de(scope: Any) -> dict[str, Any]:
    """Return the environment of WSGI of one request, without its body.

    A header with a low line is not taken: it would pass for another's (`X_Forwarded_For`).
    """
    anfitrion, _, puerto = scope.server.rpartition(":")
    ambiente: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": anfitrion,
        "SERVER_PORT": puerto,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for nombre, valor in scope.headers.items():
        if "_" in nombre:
            continue
        clave = _CLAVES.get(nombre) or f"HTTP_{nombre.upper().replace('-', '_')}"
        antes = ambiente.get(clave)
        if antes is None:
            ambiente[clave] = valor
        else:
            ambiente[clave] = f"{antes}{'; ' if nombre == 'cookie' else ','}{valor}"
    return ambiente


_CLAVES: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def _lo_declarado(ambiente: dict[str, Any]) -> tuple[int, bool]:
    """Return the length that a request says, and whether it comes without saying one."""
    if "HTTP_TRANSFER_ENCODING" in ambiente:
        return 0, True
    dicho = ambiente.get("CONTENT_LENGTH", "")
    return (int(dicho) if dicho.isascii() and dicho.isdigit() and len(dicho) < 19 else 0), False


def _poner_cuerpo(ambiente: dict[str, Any], cuerpo: IO[bytes]) -> None:
    """Give the whole body to the application, with its true length."""
    largo = cuerpo.seek(0, os.SEEK_END)
    cuerpo.seek(0)
    ambiente["wsgi.input"], ambiente["CONTENT_LENGTH"] = cuerpo, str(largo)
    ambiente.pop("HTTP_TRANSFER_ENCODING", None)


def _poner_negado(ambiente: dict[str, Any], no: Negado) -> None:
    """Tell the application that there is no body, and what to answer."""
    ambiente["CONTENT_LENGTH"] = "0"
    ambiente.pop("HTTP_TRANSFER_ENCODING", None)
    ambiente[NEGADO] = (no.estado, no.limite)


sitio = Sitio(application, lambda _: PEQUENO)
