"""The server: granian with what a client may make it hold bounded, and processes that come back.

Its processes take connections from one socket, which is the first one's: while all are dead a
connection waits there. A process that dies is started again however often it dies.
"""

import os
import resource
import socket
import threading
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


class Servidor(MPServer):
    """granian, on one socket for all and without an end by deaths."""

    _shd: Any
    _sfd: Any
    _ssp: Any
    _sso: Any

    def _init_shared_socket(self) -> None:
        """Listen here: what waits to be attended outlives who attends."""
        super()._init_shared_socket()  # type: ignore[no-untyped-call]
        if self._sso is None:  # Linux: each process would listen on its own
            self._shd = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
            self._sfd = self._shd.get_fd()
            self._ssp, self._sso = None, socket.socket(fileno=self._sfd)
            self._sso.set_inheritable(True)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            self._sso.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SIN_LEER)

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Start again whatever dies, sooner or later according to how long it lived."""
        seguidas = 0
        while True:
            self.main_loop_interrupt.wait()
            if self.interrupt_signal:
                self.interrupt_children.clear()
                return
            self.main_loop_interrupt.clear()
            muertos = sorted(set(self.interrupt_children))
            self.interrupt_children.clear()
            if not muertos:
                continue
            vivio = time.monotonic() - max(self.wrks[i].birth for i in muertos)
            seguidas = seguidas + 1 if vivio < VIDA else 0
            if seguidas > 1:
                threading.Event().wait(min(PAUSA_MAXIMA, 0.1 * 2**seguidas))
            self._respawn_workers(muertos, spawn_target, target_loader)


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
