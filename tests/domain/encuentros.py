"""Two at once in the step where it matters, whatever the speed of the machine.

Nobody guesses how long the other takes: one goes on as soon as the other has come, or as soon as
PostgreSQL says that the other waits for what this one has locked.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Thread, current_thread
from typing import Any, Final

from django.db import DatabaseError, connection

from recaudo.kernel.refusals import Rechazo

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


def a_la_vez(*actos: Callable[[], object]) -> list[object]:
    """Run the acts in threads of their own; each gives 1 or the class of what stopped it."""
    finales: list[object] = []

    def correr(uno: Callable[[], object]) -> None:
        try:
            uno()
            finales.append(1)
        except (Rechazo, DatabaseError) as freno:
            finales.append(type(freno))
        finally:
            connection.close()

    hilos = [Thread(target=correr, args=(uno,)) for uno in actos]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return sorted(finales, key=str)


#: What makes another wait in a statement of ours, and what takes its place in a failing twin.
_CANDADOS: Final = (
    (re.compile(r"\bFOR (NO KEY )?UPDATE( OF [\w\", ]+)?", re.IGNORECASE), ""),
    (re.compile(r"^\s*SELECT pg_advisory_xact_lock\b.*", re.IGNORECASE | re.DOTALL), "SELECT 1"),
)


def en_el_mismo_paso(
    *actos: Callable[[], object], escriben: str, con_candados: bool = True
) -> list[object]:
    """Run the acts at once; all meet right before the first change of that table, if they may.

    With its locks, the second waits until the first has ended and then looks. `con_candados=False`
    is the failing twin: no statement of theirs locks what it reads, so all of them read the same.
    """
    encuentro = Encuentro()
    return a_la_vez(
        *(partial(_parando, uno, encuentro, escriben, con_candados=con_candados) for uno in actos)
    )


def _parando(
    uno: Callable[[], object], encuentro: Encuentro, tabla: str, *, con_candados: bool
) -> None:
    cambia, llegue = re.compile(rf'^\s*UPDATE "?{tabla}\b', re.IGNORECASE), []

    def paso(
        ejecutar: Callable[..., object], sql: str, valores: Any, muchos: bool, contexto: Any
    ) -> object:
        if cambia.match(str(sql)) and not llegue:
            llegue.append(sql)
            encuentro.esperar()
        for candado, nada in () if con_candados else _CANDADOS:
            if isinstance(sql, str) and candado.search(sql):
                sql = candado.sub(nada, sql)
                valores = None if sql == "SELECT 1" else valores
        return ejecutar(sql, valores, muchos, contexto)

    with connection.execute_wrapper(paso):
        uno()
