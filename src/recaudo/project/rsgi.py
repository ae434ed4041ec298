"""The site for granian (RSGI, its own interface): whole requests in, whole answers out.

The loop of the process reads what is sent (`pedidos`) and sends what is answered (`respuestas`),
each within its time; Django runs in threads, that never wait for a client. Who reads and who writes
have threads of their own: pages that wait for a locked row leave those of reading free.
"""

import asyncio
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, Final, TypeVar

from recaudo.project.pedidos import NEGADO, Cuerpo, Ido, Lector, Negado, descartar
from recaudo.project.plazos_de_la_base import HILOS_DE_ARCHIVOS, HILOS_QUE_ESCRIBEN, HILOS_QUE_LEEN
from recaudo.project.respuestas import Aplicacion, correr, enviar

LEEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: Requests that wait for a thread before the next one is told to come back.
EN_ESPERA: Final = 512
#: Quick pages that a process computes at once, of those that read and of those that write.
A_LA_VEZ: Final = 1
#: Seconds after which who works is taken to be waiting, and another may begin.
LENTO: Final = 0.03
T = TypeVar("T")
#: What is to be done, and the future that tells of it.
Encargo = tuple[Callable[[], Any], "asyncio.Future[Any]"]
Hecho = tuple["asyncio.Future[Any]", Any, BaseException | None]


class Hilos:
    """Threads that attend in order what they are given, few at a time while they are quick.

    Threads that compute at once in one process only stand in each other's way. So `a_la_vez` of
    them work, and one more for each that has worked for `LENTO` seconds: it waits for the database
    or for a lock, and those behind it do not. Who ends takes the next by itself, and the loop is
    woken once for all that has ended meanwhile.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, cuantos: int, nombre: str, *, a_la_vez: int
    ) -> None:
        """Start them."""
        self._loop, self._cuantos, self._a_la_vez = loop, cuantos, a_la_vez
        self._esperan: deque[Encargo] = deque()
        self._desde: dict[Encargo, float] = {}
        self._hechos: deque[Hecho] = deque()
        self._avisado = self._mirando = False
        self._turno = threading.Lock()
        self._cola: queue.SimpleQueue[Encargo] = queue.SimpleQueue()
        for numero in range(cuantos):
            threading.Thread(target=self._atender, name=f"{nombre}-{numero}", daemon=True).start()

    @property
    def esperan(self) -> int:
        """Return how many wait for a thread."""
        return len(self._esperan)

    def hacer(self, que: Callable[[], T]) -> asyncio.Future[T]:
        """Have it done by a thread; the future is of the loop."""
        encargo: Encargo = (que, self._loop.create_future())
        with self._turno:
            self._esperan.append(encargo)
        self._repartir()
        return encargo[1]

    def _repartir(self) -> None:
        """Give to the threads what they may take now; look again later if something waits."""
        with self._turno:
            while (encargo := self._tomar()) is not None:
                self._cola.put(encargo)
        if self._esperan and not self._mirando:
            self._mirando = True
            self._loop.call_later(LENTO / 2, self._mirar)

    def _tomar(self) -> Encargo | None:
        """Return the next, if one more may work now, as begun."""
        if not self._esperan:
            return None
        ahora = time.monotonic()
        if len(self._desde) >= self._a_la_vez:
            lentos = sum(1 for desde in self._desde.values() if ahora - desde >= LENTO)
            if len(self._desde) >= min(self._cuantos, self._a_la_vez + lentos):
                return None
        encargo = self._esperan.popleft()
        self._desde[encargo] = ahora
        return encargo

    def _mirar(self) -> None:
        self._mirando = False
        self._repartir()

    def _atender(self) -> None:
        """Work: what is given, and after it whatever waits."""
        while True:
            encargo: Encargo | None = self._cola.get()
            while encargo is not None:
                hecho, falla = None, None
                try:
                    hecho = encargo[0]()
                except BaseException as error:
                    falla = error
                with self._turno:
                    del self._desde[encargo]
                    self._hechos.append((encargo[1], hecho, falla))
                    avisar, self._avisado = not self._avisado, True
                    encargo = self._tomar()
                if avisar:
                    self._loop.call_soon_threadsafe(self._entregar)

    def _entregar(self) -> None:
        """Tell who waits, in the loop, what has ended."""
        with self._turno:
            hechos, self._hechos, self._avisado = self._hechos, deque(), False
        for futuro, hecho, falla in hechos:
            if futuro.done():
                continue
            if falla is None:
                futuro.set_result(hecho)
            else:
                futuro.set_exception(falla)


class Sitio:
    """The RSGI application (`__rsgi__`) of a WSGI one."""

    def __init__(
        self,
        aplicacion: Aplicacion,
        permitir: Callable[[dict[str, Any]], int],
        pide_archivo: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Keep the application, who tells how much a request may send, and which ask for a file.

        `pide_archivo` looks at the query: a list as a file works for as long as hundreds of pages.
        """
        self._aplicacion, self._permitir = aplicacion, permitir
        self._pide_archivo = pide_archivo
        self._lector = Lector()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads of this process."""
        self._leen = Hilos(loop, HILOS_QUE_LEEN, "lee", a_la_vez=A_LA_VEZ)
        self._escriben = Hilos(loop, HILOS_QUE_ESCRIBEN, "escribe", a_la_vez=A_LA_VEZ)
        self._archivan = Hilos(loop, HILOS_DE_ARCHIVOS, "archiva", a_la_vez=HILOS_DE_ARCHIVOS)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        ambiente = ambiente_de(scope)
        hilos = self._hilos_de(scope)
        try:
            negado = await self._recibir(ambiente, proto, hilos)
        except Ido:
            return
        if hilos.esperan > EN_ESPERA:
            proto.response_str(503, [("retry-after", "5")], "Vuelva a intentarlo.")
            return
        respuesta = await hilos.hacer(lambda: correr(self._aplicacion, ambiente, proto))
        if respuesta is not None:
            await enviar(proto, respuesta)
        if negado is not None:
            await descartar(negado)

    def _hilos_de(self, scope: Any) -> Hilos:
        if scope.method not in LEEN:
            return self._escriben
        pide = scope.query_string
        return self._archivan if pide and self._pide_archivo(pide) else self._leen

    async def _recibir(self, ambiente: dict[str, Any], proto: Any, hilos: Hilos) -> Cuerpo | None:
        """Put the body in the environment, or why it was not taken; then return what is left."""
        largo, corrido = _lo_declarado(ambiente)
        if not largo and not corrido:
            return None

        async def permitir() -> int:
            return await hilos.hacer(lambda: self._permitir(ambiente))

        cuerpo = Cuerpo(proto)
        try:
            entero = await self._lector.leer(cuerpo, None if corrido else largo, permitir)
        except Negado as no:
            _poner_negado(ambiente, no)
            return cuerpo
        _poner_cuerpo(ambiente, entero)
        return None


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
