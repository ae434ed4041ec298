"""The door: who is here is read anew in every request, and says what the rooms say."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user
from django.db import OperationalError, connection
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from recaudo.domain.afiliacion.models import Representacion
from recaudo.domain.afiliacion.queries import empleadores_representados
from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Sesion, Usuario
from recaudo.infra.security.sesiones import huella_de
from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.project.quien import Cuentas, presencia_de
from tests.factories.afiliacion import hacer_empleador

HOY = date(2026, 11, 20)
DIA = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Usuario:
    clock.fijar_fecha_simulada(HOY)
    return Usuario.objects.create_user("2050000013", "Rosa Prueba", "una-clave-de-prueba")


@pytest.fixture
def dentro(rosa: Usuario) -> Client:
    navegador = Client()
    navegador.force_login(rosa)
    return navegador


@pytest.mark.parametrize("desde", [HOY - DIA, HOY, HOY + DIA])
@pytest.mark.parametrize("hasta", [None, HOY, HOY + DIA, HOY + 2 * DIA])
def test_what_is_read_at_once_is_what_the_rooms_say(
    rosa: Usuario, desde: date, hasta: date | None
) -> None:
    if hasta is not None and hasta <= desde:
        hasta = desde + DIA
    Asignacion.objects.create(usuario=rosa, rol="JC", provincia="17", desde=desde, hasta=hasta)
    Asignacion.objects.create(usuario=rosa, rol="AUD", desde=desde, hasta=hasta)
    Representacion.objects.create(
        usuario=rosa, empleador=hacer_empleador(), calidad="TITULAR", desde=desde, hasta=hasta
    )
    actor = presencia_de(rosa).actor
    vigentes = Asignacion.objects.filter(usuario=rosa, desde__lte=HOY).filter(
        Q(hasta__isnull=True) | Q(hasta__gt=HOY)
    )
    propios = empleadores_representados(usuario_id=rosa.pk, en=HOY)
    assert actor.representados == propios
    assert actor.roles == {a.rol for a in vigentes} | ({"EMP"} if propios else set())
    assert actor.territorio.provincias == {a.provincia for a in vigentes if a.provincia}
    assert bool(propios) is (desde <= HOY and (hasta is None or hasta > HOY))


def test_without_a_simulated_date_the_day_in_ecuador_decides(rosa: Usuario) -> None:
    clock.fijar_fecha_simulada(None)
    hoy = clock.ahora().date()
    Asignacion.objects.create(usuario=rosa, rol="AUD", desde=hoy)
    Asignacion.objects.create(usuario=rosa, rol="UREC", desde=hoy + 2 * DIA)
    presencia = presencia_de(rosa)
    assert presencia.simulada is None
    assert presencia.actor.roles == {"AUD"}


def test_a_role_that_ends_stops_working_in_the_next_request(rosa: Usuario, dentro: Client) -> None:
    rol = Asignacion.objects.create(usuario=rosa, rol="AUD", desde=HOY - DIA)
    assert dentro.get("/oficina/").status_code == 200
    rol.hasta = HOY
    rol.save()
    assert dentro.get("/oficina/").status_code == 404


def test_a_representation_that_ends_stops_working_in_the_next_request(
    rosa: Usuario, dentro: Client
) -> None:
    suya = Representacion.objects.create(
        usuario=rosa, empleador=hacer_empleador(), calidad="TITULAR", desde=HOY - DIA
    )
    planillas = f"/empleadores/{suya.empleador.ruc}/planillas/"
    assert dentro.get(planillas).status_code == 200
    suya.hasta = HOY
    suya.save()
    assert dentro.get(planillas).status_code == 404


def test_a_closed_account_is_a_stranger_in_the_next_request(rosa: Usuario, dentro: Client) -> None:
    rosa.is_active = False
    rosa.save()
    assert dentro.get("/empleadores/2090000000001/planillas/").status_code == 302
    assert Cuentas().get_user(rosa.pk) is None


def test_an_account_that_is_gone_is_nobody() -> None:
    assert Cuentas().get_user(0) is None


def test_a_new_password_closes_the_other_sessions(rosa: Usuario, dentro: Client) -> None:
    rosa.set_password("otra-clave-de-prueba")
    rosa.save()
    assert dentro.get("/empleadores/2090000000001/planillas/").status_code == 302


def test_a_session_that_left_or_expired_is_empty(rosa: Usuario, dentro: Client) -> None:
    galleta = dentro.cookies["sessionid"].value
    Sesion.objects.filter(huella=huella_de(galleta)).update(vence=clock.ahora() - DIA)
    assert dentro.get("/empleadores/2090000000001/planillas/").status_code == 302
    dentro.force_login(rosa)
    otra = dentro.cookies["sessionid"].value
    dentro.post("/salir/")
    vuelve = Client()
    vuelve.cookies["sessionid"] = otra
    assert vuelve.get("/empleadores/2090000000001/planillas/").status_code == 302


def test_a_page_asks_the_database_who_is_here_in_two_trips(
    dentro: Client,
) -> None:
    with CaptureQueriesContext(connection) as consultas:
        assert dentro.get("/calculadora/").status_code == 200
    assert len([c for c in consultas if " ROLE" not in c["sql"]]) == 2


def test_the_user_of_the_session_brings_its_presence(rosa: Usuario, dentro: Client) -> None:
    peticion = RequestFactory().get("/")
    peticion.session = dentro.session
    usuario = get_user(peticion)
    assert isinstance(usuario, Usuario)
    assert presencia_de(usuario).actor.id == rosa.pk


#: How each page for errors is reached; those that fail before the door too.
FALLAS: dict[str, tuple[int, Callable[[Client], HttpResponse]]] = {
    "nothing there": (404, lambda c: c.get("/nada/")),
    "no permission": (404, lambda c: c.get("/oficina/libro/")),
    "an impossible address": (404, lambda c: c.generic("GET", "/X%00/")),
    "an impossible question": (400, lambda c: c.generic("GET", "/", QUERY_STRING="q=%00")),
    "an old form": (403, lambda c: c.post("/entrar/", {"identificacion": "1"})),
    "our fault": (500, lambda c: c.get("/verificar/")),
}


@pytest.mark.parametrize("simulada", [HOY, None])
@pytest.mark.parametrize("cual", FALLAS)
def test_every_page_says_the_simulated_date_also_those_of_errors(
    cual: str, simulada: date | None, rosa: Usuario, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.fijar_fecha_simulada(simulada)
    navegador = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if cual == "no permission":
        navegador.force_login(rosa)
    if cual == "our fault":
        monkeypatch.setattr("recaudo.interfaces.portal.verificacion.views.pagina_publica", None)
    estado, pedir = FALLAS[cual]
    respuesta = pedir(navegador)
    texto = respuesta.content.decode()
    assert respuesta.status_code == estado
    assert (f"Fecha simulada: {escribir_fecha_corta(HOY)}" in texto) is (simulada is not None)


def test_without_a_database_the_page_of_an_error_is_told_without_a_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sin_base() -> date | None:
        raise OperationalError

    monkeypatch.setattr(clock, "fecha_simulada", sin_base)
    respuesta = Client().generic("GET", "/X%00/")
    assert (respuesta.status_code, "Fecha simulada" in respuesta.content.decode()) == (404, False)
