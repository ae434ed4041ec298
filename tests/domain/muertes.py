"""A process that dies in the middle of an act: nothing of it may be left half done."""

import os
import re
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection

from recaudo.ensayo.caidas.victima import Confirmar, Victima


def morir_tras_cambiar(tabla: str, hacer: Callable[[], object]) -> None:
    """Do it in another process, which is killed (SIGKILL) as soon as it has changed that table.

    For a test that commits (`transaction=True`): the other process sees only what was kept.
    """
    victima = Victima(partial(_hasta_morir, tabla, hacer))
    victima.leer_todo()
    assert victima._fin == signal.SIGKILL, "it never changed that table"


def _hasta_morir(tabla: str, hacer: Callable[[], object], confirmar: Confirmar) -> None:
    del confirmar
    cambia = re.compile(rf'\b(UPDATE|INSERT INTO) "?{tabla}\b', re.IGNORECASE)

    def paso(
        ejecutar: Callable[..., object], sql: str, valores: Any, muchos: bool, contexto: Any
    ) -> object:
        hecho = ejecutar(sql, valores, muchos, contexto)
        if cambia.search(str(sql)):
            os.kill(os.getpid(), signal.SIGKILL)
        return hecho

    with connection.execute_wrapper(paso):
        hacer()
