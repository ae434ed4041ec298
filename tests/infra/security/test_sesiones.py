"""Sessions: they end when their time ends, at once when they are ended, and are nobody's key."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Sesion, Usuario
from recaudo.infra.security.sesiones import (
    PASO,
    SessionStore,
    huella_de,
    inactividad_de,
    sesiones_de,
    terminar_sesiones,
)

CLAVE = "una-clave-de-prueba"
MINUTO = timedelta(minutes=1)
HOY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Usuario:
    return Usuario.objects.create_user("2050000013", "Rosa Prueba", CLAVE)


def entrar(agente: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", **cabeceras: str) -> Client:
    navegador = Client(headers={"User-Agent": agente, **cabeceras})
    datos = {"identificacion": "2050000013", "clave": CLAVE}
    assert navegador.post("/entrar/", datos).status_code == 302
    return navegador


def sigue(navegador: Client) -> bool:
    return navegador.get("/sesiones/").status_code == 200


def la_de(navegador: Client) -> Sesion:
    return Sesion.objects.get(huella=huella_de(navegador.cookies["sessionid"].value))


def pasar(tiempo: timedelta, navegador: Client) -> None:
    """Let that time pass without use."""
    suya = la_de(navegador)
    Sesion.objects.filter(pk=suya.pk).update(ultimo_uso=suya.ultimo_uso - tiempo)


def test_entering_changes_the_key_and_the_table_holds_no_key(rosa: Usuario) -> None:
    anonima = SessionStore()
    anonima["algo"] = 1
    anonima.save()
    navegador = Client()
    navegador.cookies["sessionid"] = anonima.session_key
    navegador.post("/entrar/", {"identificacion": "2050000013", "clave": CLAVE})
    nueva = navegador.cookies["sessionid"].value
    assert nueva != anonima.session_key
    assert not SessionStore(anonima.session_key).load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(s::text, ' ') FROM security_sesion s")
        assert nueva not in cursor.fetchone()[0]
    assert not SessionStore(huella_de(nueva)).load(), "the digest is no key"


def test_a_session_ends_when_it_is_idle_and_not_before(rosa: Usuario, settings: Any) -> None:
    Asignacion.objects.create(usuario=rosa, rol="AUD", desde=clock.ahora().date())
    navegador = entrar()
    pasar(settings.INACTIVIDAD_DE_FUNCIONARIO * timedelta(seconds=1) - PASO, navegador)
    assert sigue(navegador), "and using it counts"
    pasar(10 * MINUTO, navegador)
    assert sigue(navegador)
    pasar(30 * MINUTO, navegador)
    assert not sigue(navegador)


def test_who_works_here_has_half_an_hour_and_an_employer_one(rosa: Usuario) -> None:
    assert inactividad_de(rosa, hoy=HOY) == 3_600
    Asignacion.objects.create(usuario=rosa, rol="AUD", desde=HOY, hasta=HOY + timedelta(days=1))
    assert inactividad_de(rosa, hoy=HOY) == 1_800
    assert inactividad_de(rosa, hoy=HOY + timedelta(days=1)) == 3_600


def test_no_use_makes_a_session_last_more_than_its_day(rosa: Usuario, settings: Any) -> None:
    navegador = entrar()
    suya = la_de(navegador)
    assert suya.vence - suya.desde == timedelta(hours=12)
    Sesion.objects.filter(pk=suya.pk).update(vence=clock.ahora() - MINUTO)
    assert not sigue(navegador)


def test_the_last_use_is_written_once_in_a_while(rosa: Usuario) -> None:
    navegador = entrar()
    antes = la_de(navegador).ultimo_uso
    sigue(navegador)
    assert la_de(navegador).ultimo_uso == antes
    pasar(PASO + MINUTO, navegador)
    sigue(navegador)
    assert la_de(navegador).ultimo_uso >= antes


def test_the_page_says_where_one_is_inside_and_ends_one_or_the_others(rosa: Usuario) -> None:
    aqui = entrar()
    telefono = entrar("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36")
    tableta = entrar("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Safari/604.1")
    html = aqui.get("/sesiones/").content.decode()
    for dicho in ("Firefox en Windows", "Chrome en Android", "Safari en iPad", "127.0.0.1",
                  "3 sesiones abiertas"):  # fmt: skip
        assert dicho in html
    assert html.count("Es la que usa ahora</strong>") == 1
    cerrar = f"/sesiones/{la_de(telefono).pk}/cerrar/"
    assert "Cerrar esa sesión" in aqui.get(cerrar).content.decode()
    assert aqui.post(cerrar, {"decision": "cerrar"}).status_code == 302
    assert (sigue(aqui), sigue(telefono), sigue(tableta)) == (True, False, True)
    assert aqui.get(cerrar).status_code == 404
    assert aqui.post("/sesiones/otras/cerrar/", {"decision": "cerrar"}).status_code == 302
    assert (sigue(aqui), sigue(tableta)) == (True, False)
    esta = f"/sesiones/{la_de(aqui).pk}/cerrar/"
    assert "Es la que usa ahora" in aqui.get(esta).content.decode()


def test_the_session_of_another_is_as_if_it_were_not(rosa: Usuario) -> None:
    aqui = entrar()
    otro = Usuario.objects.create_user("2050000021", "Luis Prueba", CLAVE)
    ajeno = Client()
    ajeno.force_login(otro)
    suya = f"/sesiones/{la_de(aqui).pk}/cerrar/"
    assert ajeno.get(suya).status_code == 404
    assert ajeno.post(suya, {"decision": "cerrar"}).status_code == 404
    assert terminar_sesiones(otro.pk, sesion_id=la_de(aqui).pk) == 0
    assert sigue(aqui)
    assert [s.usuario_id for s in sesiones_de(otro.pk)] == [otro.pk]


def test_the_key_of_the_browser_is_kept_from_scripts_and_from_other_sites(rosa: Usuario) -> None:
    galleta = entrar().cookies["aparato"]
    assert galleta["httponly"]
    assert galleta["samesite"] == "Lax"
    assert int(galleta["max-age"]) == 180 * 86_400
