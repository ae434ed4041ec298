"""A process that does the work and may die at any instant; what it was told is done, it says."""

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.db import connections

#: Says that something is done, so that nobody may ever lose it.
Confirmar = Callable[[Any], None]
EMPIEZO: Final = "empiezo"


class Victima:
    """A fork of this process that runs `trabajo(confirmar)`; its connections are its own."""

    def __init__(self, trabajo: Callable[[Confirmar], None]) -> None:
        """Let it be born. Nobody of this process stays connected: a fork would share the socket."""
        connections.close_all()
        lee, escribe = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(lee)
            _vivir(trabajo, escribe)
        os.close(escribe)
        self._lee = os.fdopen(lee, "r", encoding="utf-8")
        self._dicho: list[Any] = []
        self._fin: int | None = None

    def matar_tras(self, segundos: float) -> bool:
        """Wait until it begins and those seconds more, then SIGKILL it; False: it had ended."""
        self._primero()
        time.sleep(segundos)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.leer_todo()
        return self._fin == signal.SIGKILL

    def esperar(self) -> bool:
        """Wait until it ends; True when it ended well."""
        self.leer_todo()
        return self._fin == 0

    def leer_todo(self) -> None:
        """Wait until it ends, with all that it said."""
        if self._fin is None:
            self._fin = self._acabar()

    @property
    def confirmado(self) -> list[Any]:
        """What it said was done, in order; complete when it has ended."""
        return [dicho for dicho in self._dicho if dicho != EMPIEZO]

    def _primero(self) -> None:
        linea = self._lee.readline()
        if linea.endswith("\n"):
            self._dicho.append(json.loads(linea))

    def _acabar(self) -> int:
        """Read the rest, bury it, and return 0, its exit code or the signal that ended it."""
        for linea in self._lee:
            if linea.endswith("\n"):
                self._dicho.append(json.loads(linea))
        self._lee.close()
        _, como = os.waitpid(self.pid, 0)
        return os.WTERMSIG(como) if os.WIFSIGNALED(como) else os.WEXITSTATUS(como)


def _vivir(trabajo: Callable[[Confirmar], None], escribe: int) -> None:
    """Do the work and end at once, without what the parent had to do at its end."""
    codigo = 1

    def confirmar(que: Any) -> None:
        os.write(escribe, json.dumps(que).encode() + b"\n")

    try:
        confirmar(EMPIEZO)
        trabajo(confirmar)
        codigo = 0
    finally:
        os._exit(codigo)
