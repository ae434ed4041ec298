"""The threads of a process that serves: few at a time while they are quick, more when they wait."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from recaudo.project.rsgi import LENTO, Hilos


def in_loop(que: Callable[[Hilos], Coroutine[Any, Any, Any]], cuantos: int = 4) -> Any:
    """Run it in a loop of its own with threads of which one works at a time."""

    async def correr() -> Any:
        hilos = Hilos(asyncio.get_running_loop(), cuantos, "de-prueba", a_la_vez=1)
        return await asyncio.wait_for(que(hilos), 20)

    return asyncio.run(correr())


class Contador:
    """How many work at once, at most."""

    def __init__(self) -> None:
        self._candado = threading.Lock()
        self._ahora = self.maximo = 0

    def trabajar(self, segundos: float, que: int) -> int:
        with self._candado:
            self._ahora += 1
            self.maximo = max(self.maximo, self._ahora)
        time.sleep(segundos)
        with self._candado:
            self._ahora -= 1
        return que


def test_all_that_is_asked_is_done_once_and_each_gets_its_own() -> None:
    contador, veces = Contador(), [0] * 2000

    def uno(i: int) -> int:
        veces[i] += 1
        return contador.trabajar(0, i)

    async def muchos(hilos: Hilos) -> list[int]:
        return await asyncio.gather(*(hilos.hacer(lambda i=i: uno(i)) for i in range(2000)))

    assert in_loop(muchos) == list(range(2000))
    assert set(veces) == {1}
    assert contador.maximo == 1, "quick work is done one by one"


def test_who_waits_lets_the_next_begin_up_to_all_the_threads() -> None:
    contador = Contador()

    async def lentos(hilos: Hilos) -> float:
        antes = time.monotonic()
        await asyncio.gather(
            *(hilos.hacer(lambda i=i: contador.trabajar(LENTO * 20, i)) for i in range(4))
        )
        return time.monotonic() - antes

    tardo = in_loop(lentos)
    assert contador.maximo == 4
    assert tardo < LENTO * 20 * 3, "one after another would take four times as long"


def test_who_is_stuck_does_not_stop_the_quick_ones() -> None:
    soltar = threading.Event()

    async def con_uno_preso(hilos: Hilos) -> list[int]:
        preso = hilos.hacer(lambda: soltar.wait(10))
        try:
            return await asyncio.gather(*(hilos.hacer(lambda i=i: i) for i in range(200)))
        finally:
            soltar.set()
            await preso

    assert in_loop(con_uno_preso) == list(range(200))


def test_no_more_work_than_there_are_threads_and_who_waits_is_counted() -> None:
    soltar = threading.Event()
    contador = Contador()

    async def presos(hilos: Hilos) -> int:
        todos = [
            hilos.hacer(lambda i=i: contador.trabajar(0, i) if soltar.wait(10) else -1)
            for i in range(9)
        ]
        await asyncio.sleep(LENTO * 15)
        esperan = hilos.esperan
        soltar.set()
        assert sorted(await asyncio.gather(*todos)) == list(range(9))
        return esperan

    assert in_loop(presos, cuantos=3) == 6


def test_what_fails_tells_who_asked_and_the_thread_goes_on() -> None:
    async def con_fallas(hilos: Hilos) -> int:
        for error in (ValueError("uno"), SystemExit(3)):

            def fallar(error: BaseException = error) -> None:
                raise error

            with pytest.raises(type(error)):
                await hilos.hacer(fallar)
        return await hilos.hacer(lambda: 7)

    assert in_loop(con_fallas) == 7


def test_who_no_longer_waits_is_not_told() -> None:
    async def con_uno_ido(hilos: Hilos) -> int:
        ido = hilos.hacer(lambda: time.sleep(LENTO))
        ido.cancel()
        return await hilos.hacer(lambda: 5)

    assert in_loop(con_uno_ido) == 5
