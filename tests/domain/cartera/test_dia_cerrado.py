"""A closed day takes no posting (D14), whoever closes it and whoever is posting meanwhile."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from recaudo.domain.cartera.actions import cerrar_dia as modulo
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import DiaCerrado
from tests.domain.encuentros import esperar_a_que_acabe
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import SISTEMA
from tests.factories.deudas import deber_costas

DIA = date(2026, 9, 20)
UN_DIA = timedelta(days=1)


def _cerrar(dia: date, *, hoy: date) -> None:
    cerrar_dia(fecha=dia, por=SISTEMA, hoy=hoy)


def _asienta(dia: date) -> bool:
    try:
        with transaction.atomic():
            deber_costas(hoy=dia)
    except DatabaseError as error:
        if "ya está cerrado" not in str(error):
            raise
        return False
    return True


@pytest.mark.django_db
def test_closed_afterwards_it_takes_nothing_and_the_next_does() -> None:
    deber_costas(hoy=DIA)
    _cerrar(DIA, hoy=DIA + UN_DIA)
    assert not _asienta(DIA)
    assert not _asienta(DIA - UN_DIA)
    assert _asienta(DIA + UN_DIA)


@pytest.mark.django_db
def test_closed_on_its_own_date_it_takes_what_the_date_brings_until_the_next_is_closed() -> None:
    deber_costas(hoy=DIA)
    _cerrar(DIA, hoy=DIA)
    assert _asienta(DIA)
    assert not _asienta(DIA - UN_DIA)
    _cerrar(DIA + UN_DIA, hoy=DIA + UN_DIA)
    assert not _asienta(DIA)


@pytest.mark.django_db
@pytest.mark.parametrize("tabla", ["contabilidad_asiento", "contabilidad_asiento_corriente"])
def test_only_that_guard_refuses_it(tabla: str) -> None:
    deber_costas(hoy=DIA)
    _cerrar(DIA, hoy=DIA + UN_DIA)
    entra = (
        f"INSERT INTO {tabla} (lote, id, fecha, concepto, origen_tipo, origen_id, provincia, "
        f"hecho_id) VALUES (0, 900001, '{DIA}', 'PRUEBA', 'prueba', 1, '17', 0)"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_nacer('prueba', %s)", [DIA])
        with pytest.raises(DatabaseError, match="ya está cerrado"), transaction.atomic():
            cursor.execute(entra)
        with transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER asiento_en_dia_abierto")
            cursor.execute(entra)
            transaction.set_rollback(True)


def _la_cierran_mientras_asienta() -> list[str]:
    """Post on a date while another closes it; return who ended first, as both saw it."""
    orden: list[str] = []

    def cerrar() -> None:
        try:
            _cerrar(DIA, hoy=DIA + UN_DIA)
            orden.append("cerró")
        finally:
            connections.close_all()

    otro = Thread(target=cerrar)
    with transaction.atomic():
        deber_costas(empleador=hacer_empleador(), hoy=DIA)
        otro.start()
        esperar_a_que_acabe(otro)
        orden.append("asentó")
    otro.join()
    assert DiaCerrado.objects.filter(fecha=DIA).exists()
    return orden


@pytest.mark.django_db(transaction=True)
def test_who_closes_waits_for_who_is_posting_on_that_date() -> None:
    deber_costas(hoy=DIA)
    assert _la_cierran_mientras_asienta() == ["asentó", "cerró"]


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_wait_the_day_closes_under_who_is_posting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deber_costas(hoy=DIA)
    monkeypatch.setattr(modulo, "_esperar_a_quien_asienta", lambda _: None)
    monkeypatch.setattr(modulo, "_sellar", lambda *_, **__: None)  # sealing waits too
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cartera_diacerrado DISABLE TRIGGER dia_tomado")
    try:
        assert _la_cierran_mientras_asienta() == ["cerró", "asentó"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cartera_diacerrado ENABLE TRIGGER dia_tomado")
