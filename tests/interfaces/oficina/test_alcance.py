"""Who sees what: outside one's role or province a page does not exist."""

import pytest
from django.db import connection, transaction
from django.test import Client

from recaudo.infra import clock
from recaudo.infra.security.models import Usuario
from tests.interfaces.oficina.escena import HOY, LISTAS, Escena, entrar, montar

pytestmark = pytest.mark.django_db
DE_RECAUDACION = (
    "extractos",
    "aclarar",
    "valores",
    "tasas",
    "extracto",
    "lineas",
    "valor",
    "comprobantes",
    "cuentas",
    "cuenta",
    "cargos",
    "cargo",
)
DEL_LIBRO = ("libro", "diario", "sellos")


@pytest.fixture
def escena() -> Escena:
    return montar()


def _estados(navegador: Client, direcciones: dict[str, str]) -> dict[str, int]:
    return {nombre: navegador.get(d).status_code for nombre, d in direcciones.items()}


def test_an_employer_finds_nothing_in_the_office(escena: Escena) -> None:
    clock.fijar_fecha_simulada(HOY)
    ana = Usuario.objects.create_user("9900000000", "Ana")
    navegador = Client()
    navegador.force_login(ana)
    estados = _estados(navegador, LISTAS | escena.fichas)
    assert set(estados.values()) == {404}, estados


def test_a_stranger_is_asked_to_log_in(escena: Escena) -> None:
    respuesta = Client().get(escena.fichas["empleador"])
    assert respuesta.status_code == 302
    assert respuesta["Location"].startswith("/entrar/")


def test_an_analyst_sees_the_arrears_of_the_province_and_no_collection_nor_ledger(
    escena: Escena,
) -> None:
    estados = _estados(entrar("AC", "17"), LISTAS | escena.fichas)
    prohibidas = {*DE_RECAUDACION, *DEL_LIBRO, "comprobante"}
    assert {n for n, e in estados.items() if e == 404} == prohibidas
    assert {e for n, e in estados.items() if n not in prohibidas} == {200}


def test_outside_the_province_nothing_exists(escena: Escena) -> None:
    navegador = entrar("AC", "09")
    de_quito = {n: d for n, d in escena.fichas.items() if n not in {*DE_RECAUDACION, "comprobante"}}
    estados = _estados(navegador, de_quito)
    assert set(estados.values()) == {404}, estados
    assert navegador.get(f"{escena.fichas['glosa']}glosa.pdf").status_code == 404


def test_lists_hold_only_the_own_province(escena: Escena) -> None:
    navegador = entrar("JC", "09")
    glosas = navegador.get("/oficina/cartera/glosas/").content.decode()
    assert escena.glosa_de_guayaquil.numero in glosas
    assert escena.glosa.numero not in glosas
    ajena = navegador.get("/oficina/cartera/glosas/?provincia=17").content.decode()
    assert escena.glosa.numero not in ajena
    empleadores = navegador.get("/oficina/empleadores/?q=a").content.decode()
    assert escena.guayaquil.razon_social in empleadores
    assert escena.quito.razon_social not in empleadores
    csv = b"".join(navegador.get("/oficina/cartera/glosas/?formato=csv")).decode()
    assert escena.glosa.numero not in csv


def test_figures_of_the_whole_country_are_not_for_a_province(escena: Escena) -> None:
    del escena
    assert "Glosas emitidas" in entrar("AUD").get("/oficina/cartera/dias/").content.decode()
    provincial = entrar("AC", "17").get("/oficina/cartera/dias/").content.decode()
    assert "16/10/2026" in provincial
    assert "Glosas emitidas" not in provincial


def test_what_does_not_exist_and_what_is_forbidden_answer_the_same(escena: Escena) -> None:
    navegador = entrar("AC", "09")
    prohibida = navegador.get(escena.fichas["glosa"])
    inexistente = navegador.get("/oficina/cartera/glosas/17-2026-999999/")
    assert prohibida.status_code == inexistente.status_code == 404


def test_each_act_is_refused_to_whom_it_is_not_for(escena: Escena) -> None:
    for direccion, rol in (
        ("/oficina/recaudacion/extractos/importar/", "AUD"),
        (f"/oficina/recaudacion/valores/{escena.valor.pk}/aplicar/", "AUD"),
        ("/oficina/cartera/dias/cerrar/", "JC"),
        ("/oficina/tasas/registrar/", "UCGC"),
        ("/oficina/tasas/1/aprobar/", "DNRC"),
    ):
        navegador = entrar(rol, *(("17",) if rol == "JC" else ()))
        assert navegador.get(direccion).status_code == 404
        assert navegador.post(direccion, {"razon": "x"}).status_code == 404


def test_no_page_writes_when_it_is_only_read(escena: Escena) -> None:
    navegador = entrar("AUD")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        estados = _estados(navegador, LISTAS | escena.fichas)
        transaction.set_rollback(True)
    assert set(estados.values()) == {200}, estados


def test_each_home_offers_what_its_role_may_do_and_says_what_has_no_page() -> None:
    casa = entrar("DNAC").get("/oficina/").content.decode()
    for parte in ("recaudo planillas emitir", "recaudo empleadores registrar", "Empleadores"):
        assert parte in casa
    casa = entrar("AUD").get("/oficina/").content.decode()
    assert "Estado de los libros al" in casa
    assert "Pendiente al" not in casa
    casa = entrar("UREC").get("/oficina/").content.decode()
    assert "Pendiente al" in casa
    assert "Desde la consola" not in casa
