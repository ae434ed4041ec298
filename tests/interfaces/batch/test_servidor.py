"""What wakes the first process of the server: no signal and no death may be lost."""

import os
import signal
import threading

from recaudo.interfaces.batch.servidor import Aviso


def test_what_is_set_before_is_seen_once_and_many_times_are_one() -> None:
    aviso = Aviso()
    assert not aviso.wait(0)
    for _ in range(200_000):  # more than a pipe holds: who sets it never waits
        aviso.set()
    assert aviso.wait(0)
    aviso.clear()
    assert not aviso.wait(0)


def test_another_thread_wakes_who_waits() -> None:
    aviso = Aviso()
    hilo = threading.Timer(0.05, aviso.set)
    hilo.start()
    assert aviso.wait(10)
    hilo.join()


def test_a_signal_ends_the_wait_even_if_it_came_before_it() -> None:
    """An event would be waited for: its handler runs when the wait ends, that nothing ends."""
    vistas: list[int] = []
    aviso = Aviso()
    antes = signal.signal(signal.SIGUSR1, lambda numero, _: vistas.append(numero))
    fd = signal.set_wakeup_fd(-1)
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        assert not aviso.wait(0), "nobody listens to signals yet"
        aviso.oir_senales()
        os.kill(os.getpid(), signal.SIGUSR1)
        assert aviso.wait(10)
        assert vistas == [signal.SIGUSR1] * 2
    finally:
        signal.set_wakeup_fd(fd)
        signal.signal(signal.SIGUSR1, antes)
