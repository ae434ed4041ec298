"""Two that seal at once: the second waits and finds nothing left; the chain never forks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from recaudo.domain.contabilidad.actions.sellar_libro import sellar_libro
from recaudo.domain.contabilidad.models import SelloLibro
from tests.domain.encuentros import esperar_a_que_acabe
from tests.factories.cartera import SISTEMA
from tests.factories.deudas import deber_costas

HOY = date(2026, 9, 20)


def _sellan_dos() -> list[str]:
    """Seal while another seals; return how the other ended."""
    fin: list[str] = []

    def otro() -> None:
        try:
            fin.append(f"{sellar_libro(por=SISTEMA, hoy=HOY).asientos} asientos")
        except Exception as error:
            fin.append(type(error).__name__)
        finally:
            connections.close_all()

    hilo = Thread(target=otro)
    with transaction.atomic():
        assert sellar_libro(por=SISTEMA, hoy=HOY).asientos > 0
        hilo.start()
        esperar_a_que_acabe(hilo)
    hilo.join()
    return fin


@contextmanager
def _con_cerrojo(modo: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('recaudo_esperar_a_quien_asienta'::regproc)")
        suya = cursor.fetchone()[0]
        cursor.execute(suya.replace("SHARE ROW EXCLUSIVE MODE", modo))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(suya)


@pytest.mark.django_db(transaction=True)
def test_who_seals_second_waits_and_finds_nothing_left() -> None:
    deber_costas(hoy=HOY)
    assert _sellan_dos() == ["0 asientos"]
    assert SelloLibro.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_with_a_lock_that_two_may_hold_the_second_fails() -> None:
    deber_costas(hoy=HOY)
    with _con_cerrojo("SHARE MODE"):
        assert _sellan_dos() == ["IntegrityError"]
