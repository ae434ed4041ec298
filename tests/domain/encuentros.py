"""Two at once in the step where it matters, whatever the speed of the machine.

Nobody guesses how long the other takes: one goes on as soon as the other has come, or as soon as
PostgreSQL says that the other waits for what this one has locked.
"""

import time
from collections import Counter
from collections.abc import Callable
from threading import Thread, current_thread
from typing import Final

from django.db import connection

#: When neither happens the act is wrong, and the assertion of the test says how.
_A_LO_SUMO: Final = 20.0
_PAUSA: Final = 0.01


def alguien_me_espera() -> bool:
    """Whether another connection waits for a lock that this thread's own connection has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
            "AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


def esperar_a(que: Callable[[], bool]) -> None:
    """Go on when it is so, or when another waits for this thread."""
    tope = time.monotonic() + _A_LO_SUMO
    while not que() and not alguien_me_espera() and time.monotonic() < tope:
        time.sleep(_PAUSA)


def esperar_a_que_acabe(hilo: Thread) -> None:
    """Go on when a thread has ended, or when it waits for this one."""
    esperar_a(lambda: not hilo.is_alive())


class Encuentro:
    """A place where two threads wait for each other, as often as they come by."""

    def __init__(self) -> None:
        self._veces: Counter[Thread] = Counter()

    def esperar(self) -> None:
        """Say that this thread is here, and wait until the other came as often or ended."""
        este = current_thread()
        self._veces[este] += 1
        esta = self._veces[este]
        esperar_a(
            lambda: any(
                veces >= esta or not hilo.is_alive()
                for hilo, veces in list(self._veces.items())
                if hilo is not este
            )
        )
