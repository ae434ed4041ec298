"""Entering: the same answer for everybody who may not, slower each time, never a locked door."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.interfaces.portal.conftest import CLAVE, Caso, leer, representar

CUENTA = "2050000013"


@pytest.mark.parametrize("ambiente", ["dev", "prod", "", "Test"])
def test_outside_the_tests_a_password_is_kept_with_argon2(ambiente: str) -> None:
    from recaudo.project.settings import resumidores

    assert "Argon2" in resumidores(ambiente)[0]
    assert not any("MD5" in resumidor for resumidor in resumidores(ambiente))


def test_a_person_with_the_right_password_enters_and_lands_where_she_was_going(caso: Caso) -> None:
    navegador = Client()
    respuesta = navegador.get(f"{caso.casa}/planillas/?estado=en_glosa&anio=2026")
    assert respuesta.status_code == 302
    entrar = respuesta["Location"]
    leer(navegador.get(entrar))
    respuesta = navegador.post(
        "/entrar/",
        {
            "identificacion": "205000001-3",
            "clave": CLAVE,
            "next": f"{caso.casa}/planillas/?estado=en_glosa&anio=2026",
        },
    )
    assert respuesta["Location"] == f"{caso.casa}/planillas/?estado=en_glosa&anio=2026"
    leer(navegador.get(respuesta["Location"]))
    assert "%2Fplanillas%2F%3Festado%3Den_glosa%26anio%3D2026" in entrar


@pytest.mark.parametrize(
    "lejos", ["https://otro.example/", "//otro.example/", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site_after_entering(caso: Caso, lejos: str) -> None:
    datos = {"identificacion": CUENTA, "clave": CLAVE, "next": lejos}
    assert Client().post("/entrar/", datos)["Location"] == "/"


def test_an_unknown_account_and_a_wrong_password_answer_the_same(caso: Caso) -> None:
    paginas = []
    for cuenta, clave in ((CUENTA, "otra"), ("2059999999", CLAVE)):
        navegador = Client()
        html = leer(
            navegador.post("/entrar/", {"identificacion": cuenta, "clave": clave}), estado=422
        )
        token = navegador.cookies["csrftoken"].value
        assert token
        inicio, _, resto = html.partition('name="csrfmiddlewaretoken" value="')
        paginas.append((inicio + resto.partition('"')[2]).replace(cuenta, "…"))
    assert paginas[0] == paginas[1]
    assert not any("aparato" in n.cookies for n in (navegador,))


def test_haste_is_told_with_its_seconds(caso: Caso) -> None:
    navegador = Client()
    for _ in range(3):
        navegador.post("/entrar/", {"identificacion": CUENTA, "clave": "mala"})
    respuesta = navegador.post("/entrar/", {"identificacion": CUENTA, "clave": CLAVE})
    html = leer(respuesta, estado=429)
    assert "Espere 2 segundos y vuelva a intentarlo" in html
    assert respuesta["Retry-After"] == "2"


def test_leaving_takes_a_post_and_closes_the_session(caso: Caso) -> None:
    assert caso.navegador.get("/salir/")["Location"] == "/"
    leer(caso.navegador.get("@/planillas/"))
    caso.navegador.post("/salir/")
    assert caso.navegador.get("@/planillas/").status_code == 302


def test_the_form_asks_for_what_is_missing_and_helps_who_types(db: None) -> None:
    html = leer(Client().get("/entrar/"))
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "Mostrar" in html
    html = leer(Client().post("/entrar/", {}), estado=422)
    assert "<title>Error: " in html
    assert "Ingrese su clave" in html


def test_who_acts_for_several_employers_chooses_and_the_address_says_which(
    caso: Caso, ajeno: Caso
) -> None:
    representar(caso.usuario, ajeno.empleador)
    html = leer(caso.navegador.get("/"))
    assert html.index("Ajena Cía. Ltda.") < html.index("Comercial Andina S.A."), "by name"
    assert f'href="{ajeno.casa}/"' in html
    html = leer(caso.navegador.get(f"{ajeno.casa}/planillas/"))
    assert "actúa por <strong>Ajena Cía. Ltda.</strong>" in html
    assert "<title>Planillas · Ajena Cía. Ltda. – " in html


def test_two_tabs_with_two_employers_do_what_each_one_says(
    caso: Caso, ajeno: Caso, tasas: None
) -> None:
    """The last page seen is of one employer; the act is of the one of its own address."""
    representar(caso.usuario, ajeno.empleador)
    suya = ajeno.deuda(vence=date(2026, 12, 15))
    leer(caso.navegador.get(f"{ajeno.casa}/comprobantes/nuevo/"))
    leer(caso.navegador.get("@/"))
    casa = f"{ajeno.casa}/comprobantes/nuevo/revisar/?obligacion={suya.pk}"
    nuevo = caso.navegador.post(casa)["Location"]
    assert nuevo.startswith(f"{ajeno.casa}/comprobantes/")
    leer(caso.navegador.get(nuevo.replace(ajeno.casa, caso.casa)), estado=404)


CAMBIO = "Cambió de empleador: ahora actúa por"


def test_a_link_of_another_employer_announces_the_change_and_its_own_pages_do_not(
    caso: Caso, ajeno: Caso
) -> None:
    representar(caso.usuario, ajeno.empleador)
    assert CAMBIO not in leer(caso.navegador.get("@/")), "nothing to change from"
    html = leer(caso.navegador.get(f"{ajeno.casa}/planillas/"))
    assert f"{CAMBIO} Ajena Cía. Ltda., RUC {ajeno.empleador.ruc}." in html
    assert CAMBIO not in leer(caso.navegador.get(f"{ajeno.casa}/planillas/"))
    dentro = {"referer": f"https://sitio.example{caso.casa}/planillas/"}
    otra_hoja = caso.navegador.get("@/comprobantes/", headers=dentro)
    assert CAMBIO not in leer(otra_hoja), "a second tab goes on with its own"


@pytest.mark.parametrize("ruc", ["2090000000001", "nada", "%20", "2090000000001x", "' OR 1=1"])
def test_the_employer_of_another_or_of_nobody_is_a_miss_that_says_where(
    caso: Caso, ajeno: Caso, ruc: str
) -> None:
    donde = "Lo buscamos entre los empleadores por los que usted actúa."
    assert donde in leer(caso.navegador.get(f"/empleadores/{ruc}/planillas/"), estado=404)
    assert donde in leer(caso.navegador.get(f"{ajeno.casa}/planillas/"), estado=404)


def test_the_public_pages_keep_the_way_back_to_the_employer(caso: Caso) -> None:
    leer(caso.navegador.get("@/"))
    assert f'href="{caso.casa}/planillas/"' in leer(caso.navegador.get("/calculadora/"))
    caso.navegador.post("/salir/")
    assert caso.casa not in leer(caso.navegador.get("/calculadora/"))


def test_an_accountant_finds_one_of_many_employers(hacer_caso: Callable[..., Caso]) -> None:
    uno = hacer_caso()
    for n in range(11):
        otro = hacer_caso(f"Ñandú y Céspedes {n} S.A.", f"20500001{n:02d}")
        representar(uno.usuario, otro.empleador)
    html = leer(uno.navegador.get("/?buscar=cespedes+7"))
    assert "Ñandú y Céspedes 7 S.A." in html
    assert "Ñandú y Céspedes 8 S.A." not in html
    assert uno.empleador.ruc in leer(uno.navegador.get(f"/?buscar={uno.empleador.ruc[:12]}"))
    assert "Ninguno de sus empleadores coincide" in leer(uno.navegador.get("/?buscar=zzz"))


def test_after_leaving_the_browser_keeps_no_private_page(caso: Caso) -> None:
    for direccion in ("@/", "@/planillas/", "@/comprobantes/"):
        assert "no-store" in caso.navegador.get(direccion)["Cache-Control"]
