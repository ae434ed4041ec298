"""An office ends: the same day it opens nothing, and what was done with it stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from recaudo.domain.organizacion.actions.terminar_asignacion import (
    AsignacionNoVigente,
    FinEnElPasado,
    FinMasTarde,
    FinSinRazon,
    terminar_asignacion,
)
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.project.quien import presencia_de

pytestmark = pytest.mark.django_db
HOY = date(2026, 11, 30)
DIA = timedelta(days=1)
ADMINISTRADORA = Actor(id=-1, nombre="Administradora", roles={"ADM"})


@pytest.fixture
def jorge() -> Usuario:
    clock.fijar_fecha_simulada(HOY)
    usuario = Usuario.objects.create_user("2050000013", "Jorge Prueba")
    Asignacion.objects.create(usuario=usuario, rol="AC", provincia="17", desde=HOY - 90 * DIA)
    return usuario


def terminar(usuario: Usuario, **cambios: Any) -> None:
    datos: dict[str, Any] = {
        "usuario_id": usuario.pk, "rol": "AC", "provincia": "17", "hasta": HOY,
        "razon": "Fin del contrato", "por": ADMINISTRADORA, "hoy": HOY,
    }  # fmt: skip
    terminar_asignacion(**(datos | cambios))


def test_the_open_session_finds_nothing_in_the_next_request(jorge: Usuario) -> None:
    navegador = Client()
    navegador.force_login(jorge)
    assert navegador.get("/oficina/empleadores/").status_code == 200
    terminar(jorge)
    assert navegador.get("/oficina/empleadores/").status_code == 404


def test_it_may_end_later_and_the_last_day_still_opens(jorge: Usuario) -> None:
    terminar(jorge, hasta=HOY + 2 * DIA)
    navegador = Client()
    navegador.force_login(jorge)
    for dias, estado in ((0, 200), (1, 200), (2, 404)):
        clock.fijar_fecha_simulada(HOY + dias * DIA)
        assert navegador.get("/oficina/empleadores/").status_code == estado


def test_the_trail_tells_when_and_why(jorge: Usuario) -> None:
    terminar(jorge, razon=" Fin del contrato ")
    hecho = Hecho.objects.get(tipo="asignacion_terminada")
    assert hecho.frase == (
        "El rol AC en la provincia 17 deja de dar acceso el 30/11/2026. Razón: Fin del contrato"
    )
    assert hecho.antes == {"hasta": None}


@pytest.mark.parametrize(
    ("cambios", "rechazo"),
    [
        ({"hasta": HOY - DIA}, FinEnElPasado),
        ({"hasta": HOY - 90 * DIA}, FinEnElPasado),
        ({"rol": "JC"}, AsignacionNoVigente),
        ({"provincia": "09"}, AsignacionNoVigente),
        ({"usuario_id": 0}, AsignacionNoVigente),
        ({"por": Actor(id=2, nombre="Otra", roles={"UREC"})}, SinPermiso),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    jorge: Usuario, cambios: dict[str, Any], rechazo: type[Exception]
) -> None:
    with pytest.raises(rechazo):
        terminar(jorge, **cambios)
    assert Asignacion.objects.get().hasta is None


def test_one_that_ended_ends_no_more(jorge: Usuario) -> None:
    terminar(jorge)
    with pytest.raises(AsignacionNoVigente):
        terminar(jorge)


def test_one_given_by_mistake_ends_the_day_it_began_and_may_be_given_again(jorge: Usuario) -> None:
    Asignacion.objects.update(desde=HOY)
    with pytest.raises(FinEnElPasado):
        terminar(jorge, hasta=HOY - DIA)
    terminar(jorge)
    assert presencia_de(Usuario.objects.get(pk=jorge.pk)).actor.roles == frozenset()
    Asignacion.objects.create(usuario=jorge, rol="AC", provincia="17", desde=HOY)


def test_one_to_come_is_left_without_effect(jorge: Usuario) -> None:
    Asignacion.objects.update(desde=HOY + 5 * DIA)
    with pytest.raises(FinEnElPasado):
        terminar(jorge, hasta=HOY + 4 * DIA)
    terminar(jorge, hasta=HOY + 5 * DIA)


def test_ending_an_office_never_prolongs_it(jorge: Usuario) -> None:
    """Its appointment says until when: more days need another act, with its document."""
    Asignacion.objects.update(hasta=HOY + 10 * DIA)
    with pytest.raises(FinMasTarde, match="10/12/2026"):
        terminar(jorge, hasta=HOY + 11 * DIA)
    assert Asignacion.objects.get().hasta == HOY + 10 * DIA
    terminar(jorge, hasta=HOY + 9 * DIA)
    assert Asignacion.objects.get().hasta == HOY + 9 * DIA


@pytest.mark.parametrize("razon", ["", "  ", "...", "x" * 401])
def test_no_office_ends_without_a_reason_whoever_asks(jorge: Usuario, razon: str) -> None:
    """In the act, not in a form: the console and the office are told alike."""
    with pytest.raises(FinSinRazon):
        terminar(jorge, razon=razon)
    assert Asignacion.objects.get(usuario=jorge).hasta is None
    terminar(jorge, razon="x" * 400)
