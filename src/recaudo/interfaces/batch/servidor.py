"""The server: granian with what a client may make it hold bounded, and processes that come back.

Each process takes connections from a socket of its own, so that the system shares them out evenly;
all are the first process's: what comes for one that died waits there. A process that dies is
started again however often it dies.
"""

import contextlib
import os
import resource
import select
import signal
import socket
import time
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec  # type: ignore[attr-defined]
from granian.server.mp import MPServer

PROCESOS: Final = "RECAUDO_PROCESOS"
#: Connections that one process holds; a client that sends nothing leaves after `DE_CABECERA`.
CONEXIONES: Final = 4096
DE_CABECERA: Final = 10_000
BYTES_DE_CABECERA: Final = 64 * 1024
#: Milliseconds that what was sent may stay unread; then the system ends the connection.
SIN_LEER: Final = 30_000
#: Seconds before a process that lived less than `VIDA` is started again, at most.
PAUSA_MAXIMA: Final = 3.0
VIDA: Final = 5.0


class Aviso:
    """What wakes who waits: as `threading.Event`, but a signal handler may set it at any moment.

    An event takes a lock to be set, and a signal may come while this very thread holds it. And a
    signal that comes just before a wait begins would be attended when the wait ends: here the
    system itself writes what ends it (`oir_senales`).
    """

    def __init__(self) -> None:
        """Make it, not set."""
        self._lee, self._escribe = os.pipe()
        for extremo in (self._lee, self._escribe):
            os.set_blocking(extremo, False)

    def oir_senales(self) -> None:
        """Be set by every signal that this process handles; from its main thread."""
        signal.set_wakeup_fd(self._escribe, warn_on_full_buffer=False)

    def set(self) -> None:
        """Wake who waits, now or when it comes to wait."""
        with contextlib.suppress(BlockingIOError):  # full: it is set already
            os.write(self._escribe, b"!")

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set; say whether it is, if only `timeout` seconds are waited."""
        return bool(select.select([self._lee], [], [], timeout)[0])

    def clear(self) -> None:
        """Take what was set until now as seen."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._lee, 4096):
                pass


class Servidor(MPServer):
    """granian, on a socket for each process and without an end by deaths."""

    main_loop_interrupt: Any

    _shd: Any
    _ssp: Any
    _sso: Any
    _oidos: list[tuple[Any, socket.socket]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make it as granian does."""
        super().__init__(*args, **kwargs)
        self.main_loop_interrupt = Aviso()

    def _init_shared_socket(self) -> None:
        """Listen here, once for each process: what waits to be attended outlives who attends."""
        self._oidos = [self._escuchar() for _ in range(self.workers)]
        self._ssp = None

    def _escuchar(self) -> tuple[Any, socket.socket]:
        oido = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        conocido = socket.socket(fileno=oido.get_fd())
        conocido.set_inheritable(True)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            conocido.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SIN_LEER)
        return oido, conocido

    def _spawn_worker(self, idx: int, *args: Any, **kwargs: Any) -> Any:
        """Start a process on its own socket."""
        self._shd, self._sso = self._oidos[idx]
        return super()._spawn_worker(idx, *args, **kwargs)

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Start again whatever dies, sooner or later according to how long it lived."""
        seguidas = 0
        self.main_loop_interrupt.oir_senales()
        while True:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()  # first: what comes after is seen in the next turn
            if self.interrupt_signal:
                self.interrupt_children.clear()
                return
            muertos = self._muertos()
            if not muertos:
                continue
            vivio = time.monotonic() - max(self.wrks[i].birth for i in muertos)
            seguidas = seguidas + 1 if vivio < VIDA else 0
            if seguidas > 1:
                self.main_loop_interrupt.wait(min(PAUSA_MAXIMA, 0.1 * 2**seguidas))
            self._respawn_workers(muertos, spawn_target, target_loader)

    def _muertos(self) -> list[int]:
        """Take who died, one by one: others may be dying."""
        muertos: set[int] = set()
        while self.interrupt_children:
            muertos.add(self.interrupt_children.pop())
        return sorted(muertos)


def servidor_de(aplicacion: str, direccion: str, puerto: int) -> Servidor:
    """Return the server of that application, with as many open files as the system lets."""
    _, maximo = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (maximo, maximo))
    return Servidor(
        aplicacion, address=direccion, port=puerto, interface=Interfaces.RSGI,
        workers=int(os.environ.get(PROCESOS, "2")), log_level=LogLevels.warning,
        http=HTTPModes.http1, websockets=False, backlog=CONEXIONES, backpressure=CONEXIONES,
        http1_settings=HTTP1Settings(
            header_read_timeout=DE_CABECERA, max_buffer_size=BYTES_DE_CABECERA
        ),
        respawn_failed_workers=True, workers_kill_timeout=10,
    )  # fmt: skip
