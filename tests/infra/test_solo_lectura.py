"""GET and HEAD cannot write: the database refuses, in a transaction and out of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from recaudo.infra.security.models import IntentoDeEntrada, Sesion, Usuario
from recaudo.infra.security.sesiones import SessionStore
from recaudo.infra.solo_lectura import escribiendo, permitir_escribir, solo_leer
from recaudo.interfaces.vista.puertas import publica
from recaudo.project.lectura import SoloLectura

DENTRO = pytest.mark.django_db
FUERA = pytest.mark.django_db(transaction=True)
AMBAS = [pytest.param(False, marks=DENTRO), pytest.param(True, marks=FUERA)]


@publica
def escritora(request: HttpRequest) -> HttpResponse:
    """A view that forgets itself and writes when it is read."""
    IntentoDeEntrada.objects.create(cuenta="c", red="r", cupo=0, en=Now())
    return HttpResponse("escrito")


@publica
def que_actua(request: HttpRequest) -> HttpResponse:
    """A view that opens a transaction of its own and takes a number, as every act does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_hecho', 'id'))")
    return HttpResponse("hecho")


@publica
def lectora(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(IntentoDeEntrada.objects.count()))


@pytest.fixture(autouse=True)
def _the_three_views(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


urlpatterns = [
    path("escritora/", escritora, name="escritora"),
    path("que-actua/", que_actua, name="que_actua"),
    path("lectora/", lectora, name="lectora"),
]
Pedir = Callable[[Client, str], HttpResponse]


@pytest.mark.parametrize("metodo", ["get", "head", "options"])
@pytest.mark.parametrize("direccion", ["/escritora/", "/que-actua/"])
@pytest.mark.parametrize("_fuera", AMBAS)
def test_a_view_that_writes_when_it_is_read_fails_loudly(
    _fuera: bool, direccion: str, metodo: str
) -> None:
    with pytest.raises(InternalError, match="read-only transaction"):
        getattr(Client(), metodo)(direccion)
    assert IntentoDeEntrada.objects.count() == 0
    assert Client().post(direccion).status_code == 200
    with pytest.raises(InternalError, match="read-only transaction"):
        getattr(Client(), metodo)(direccion)


@pytest.mark.parametrize("_fuera", AMBAS)
def test_after_reading_whoever_writes_writes(_fuera: bool) -> None:
    navegador = Client()
    assert navegador.get("/lectora/").content == b"0"
    assert navegador.post("/escritora/").status_code == 200
    assert navegador.get("/lectora/").content == b"1"


@DENTRO
def test_twin_without_the_layer_the_same_view_writes(settings: Any) -> None:
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if not m.endswith("SoloLectura")]
    assert Client().get("/escritora/").status_code == 200
    assert IntentoDeEntrada.objects.count() == 1


@FUERA
def test_reading_page_after_page_asks_the_database_nothing_more() -> None:
    navegador = Client()
    navegador.get("/lectora/")
    ordenes: list[str] = []
    original = connection.connection.execute

    def espiar(orden: str, *otros: Any) -> Any:
        ordenes.append(orden)
        return original(orden, *otros)

    connection.connection.execute = espiar
    try:
        navegador.get("/lectora/")
        navegador.get("/lectora/")
        assert ordenes == []
        navegador.post("/lectora/")
        navegador.post("/lectora/")
        navegador.get("/lectora/")
    finally:
        del connection.connection.execute
    assert ordenes == [
        "RESET default_transaction_read_only",
        "SET default_transaction_read_only = on",
    ]


@FUERA
def test_a_pooler_is_told_that_the_session_only_reads() -> None:
    """PostgreSQL reports the setting, which is what lets a pooler carry it with its client."""
    for pedir, dicho in ((Client().get, b"on"), (Client().post, b"off"), (Client().head, b"on")):
        pedir("/lectora/")
        reportado = connection.connection.pgconn.parameter_status(b"default_transaction_read_only")
        assert reportado == dicho


@FUERA
def test_a_connection_that_was_lost_begins_again() -> None:
    Client().get("/lectora/")
    connection.close()
    with pytest.raises(InternalError, match="read-only transaction"):
        Client().get("/escritora/")


@FUERA
def test_a_session_is_kept_and_forgotten_even_where_nothing_may_be_written() -> None:
    solo_leer()
    try:
        sesion = SessionStore()
        sesion["empleador"] = 7
        sesion.save()
        assert Sesion.objects.count() == 1
        sesion.delete()
        assert Sesion.objects.count() == 0
        with pytest.raises(InternalError, match="read-only transaction"):
            IntentoDeEntrada.objects.create(cuenta="c", red="r", cupo=0, en=Now())
    finally:
        permitir_escribir()


@FUERA
def test_writing_apart_leaves_the_connection_as_it_was() -> None:
    with escribiendo():
        Usuario.objects.create_user("2050000047", "Alguien")
    assert Usuario.objects.create_user("2050000054", "Otro").pk, "it could write before"


@DENTRO
def test_inside_a_transaction_reading_ends_as_if_nothing_had_been() -> None:
    terminar = solo_leer()
    with pytest.raises(InternalError, match="read-only transaction"):
        IntentoDeEntrada.objects.create(cuenta="c", red="r", cupo=0, en=Now())
    terminar()
    assert Usuario.objects.create_user("2050000047", "Alguien").pk


@DENTRO
def test_a_page_that_does_not_exist_ends_without_having_begun() -> None:
    respuesta = SoloLectura(lambda _: HttpResponse("nada"))(RequestFactory().get("/x/"))
    assert respuesta.content == b"nada"
