"""A month whose planillas are emitted receives no more events (R-NOV-14)."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from recaudo.domain.afiliacion import policy
from recaudo.domain.afiliacion.actions.cerrar_novedades import cerrar_novedades
from recaudo.domain.afiliacion.models import CierreNovedades
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.period import Periodo
from recaudo.norma.parametros import cargar_parametros
from tests.domain.afiliacion.archivos import entrada, enviar
from tests.domain.encuentros import esperar_a_que_acabe
from tests.factories.afiliacion import actor_empleador, cedula_sintetica, hacer_empleador

JUNIO = Periodo(2026, 6)
DIA = date(2026, 7, 2)
UNA, DOS = cedula_sintetica(810_003), cedula_sintetica(810_004)


@pytest.mark.django_db
def test_a_month_closed_by_its_emission_receives_nothing_more() -> None:
    empleador = hacer_empleador()
    dia = date(2026, 7, 2)
    primero = enviar(empleador, entrada(empleador, UNA, fecha="20260625"), hoy=dia)
    assert primero.aceptadas == 1
    cerrar_novedades(periodo=Periodo(2026, 6), por=Actor.sistema(), hoy=dia)
    cerrar_novedades(periodo=Periodo(2026, 6), por=Actor.sistema(), hoy=dia)
    otro = hacer_empleador()
    segundo = enviar(otro, entrada(otro, DOS, fecha="20260625"), hoy=dia)
    assert segundo.filas[0].codigo == "PERIODO_NO_ABIERTO"


@pytest.mark.django_db
def test_closing_again_returns_the_first_closing_and_states_nothing_new() -> None:
    primero = cerrar_novedades(periodo=JUNIO, por=Actor.sistema(), hoy=DIA)
    segundo = cerrar_novedades(periodo=JUNIO, por=Actor.sistema(), hoy=date(2026, 7, 9))
    assert (segundo.pk, segundo.cerrado_en) == (primero.pk, DIA)
    assert Hecho.objects.filter(tipo="periodo_de_novedades_cerrado").count() == 1


@pytest.mark.django_db
def test_an_employer_cannot_close_a_month() -> None:
    with pytest.raises(SinPermiso):
        cerrar_novedades(periodo=JUNIO, por=actor_empleador(hacer_empleador()), hoy=DIA)


def _abierto_y_cerrado_a_la_vez() -> list[str]:
    """Open a transaction that reads the month as open, close the month meanwhile: the order."""
    orden: list[str] = []

    def cerrar() -> None:
        cerrar_novedades(periodo=JUNIO, por=Actor.sistema(), hoy=DIA)
        orden.append("cerrado")
        connections.close_all()

    hilo = threading.Thread(target=cerrar)
    with transaction.atomic():
        assert JUNIO in policy.periodos_abiertos(hoy=DIA, parametros=cargar_parametros())
        hilo.start()
        esperar_a_que_acabe(hilo)
        orden.append("carga terminada")
    hilo.join(timeout=30)
    return orden


@pytest.mark.django_db(transaction=True)
def test_the_closing_waits_for_the_uploads_in_course() -> None:
    assert _abierto_y_cerrado_a_la_vez() == ["carga terminada", "cerrado"]
    assert CierreNovedades.objects.filter(periodo=JUNIO).exists()


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_the_month_closes_under_an_upload(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(policy, "_candado", lambda *_: None)
    assert _abierto_y_cerrado_a_la_vez() == ["cerrado", "carga terminada"]
