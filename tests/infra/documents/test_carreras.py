"""Two at once: numbers without gaps, one drawing; each with the twin that shows the lock works."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections, transaction

from recaudo.infra.documents import dibujo
from recaudo.infra.documents.models import Dibujo, Documento
from recaudo.infra.documents.numeracion import siguiente_numero
from tests.factories.documentos import HOY, congelar_uno

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run every function in a thread with a connection of its own; return results and errors."""
    results: list[object] = []
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=20)
            results.append(work())
        except DatabaseError as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def take_ten(take: Callable[[], int]) -> Callable[[], list[int]]:
    """Take ten numbers, one per transaction, and undo every third."""

    def work() -> list[int]:
        kept = []
        for n in range(10):
            with transaction.atomic():
                number = take()
                if n % 3 == 2:
                    transaction.set_rollback(True)
                else:
                    kept.append(number)
        return kept

    return work


def numbers_of(results: list[object]) -> list[int]:
    lists = [r for r in results if isinstance(r, list)]
    return sorted(n for kept in lists for n in kept)


def test_numbers_taken_at_once_and_undone_leave_neither_gap_nor_double() -> None:
    def take() -> int:
        return siguiente_numero(tipo="PRUEBA", provincia="17", anio=2026)

    numbers = numbers_of(at_once(take_ten(take), take_ten(take)))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 14


def test_a_plain_sequence_would_leave_gaps() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE con_saltos")

    def take() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('con_saltos')")
            return int(cursor.fetchone()[0])

    numbers = numbers_of(at_once(take_ten(take), take_ten(take)))
    assert numbers != list(range(1, len(numbers) + 1))


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the drawings; each takes long enough for the other to arrive and is different."""
    made: list[int] = []

    def draw(documento: Documento, **_: object) -> bytes:
        made.append(documento.pk)
        time.sleep(0.3)
        return b"%PDF " + str(len(made)).encode() + threading.current_thread().name.encode()

    monkeypatch.setattr(dibujo, "dibujar", draw)
    return made


def test_two_workers_at_once_keep_one_drawing(drawings: list[int]) -> None:
    d = congelar_uno()
    at_once(lambda: dibujo.guardar_dibujo(d.pk), lambda: dibujo.guardar_dibujo(d.pk))
    assert len(drawings) == 1
    assert dibujo.bytes_de(d.pk, hoy=HOY) == bytes(Dibujo.objects.get().bytes)


def test_two_who_read_at_once_receive_the_same_bytes_and_keep_nothing() -> None:
    d = congelar_uno()
    first, second = at_once(
        lambda: dibujo.bytes_de(d.pk, hoy=HOY), lambda: dibujo.bytes_de(d.pk, hoy=HOY)
    )
    assert first == second
    assert isinstance(first, bytes)
    assert not Dibujo.objects.exists()


def test_without_the_lock_the_second_drawing_is_refused_by_the_database(
    drawings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    d = congelar_uno()
    manager = type(Documento.objects)
    monkeypatch.setattr(manager, "select_for_update", lambda self: self.all())
    results = at_once(lambda: dibujo.guardar_dibujo(d.pk), lambda: dibujo.guardar_dibujo(d.pk))
    assert len(drawings) == 2
    assert sum(isinstance(r, DatabaseError) for r in results) == 1
