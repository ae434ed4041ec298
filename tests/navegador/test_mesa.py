"""The desk of the office in a real browser: where lists begin, how many rows fit, long texts."""

from datetime import date
from importlib import import_module

import pytest
from playwright.sync_api import Page

from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Usuario
from tests.moldes import Molde
from tests.navegador.comprobaciones import (
    olvidar_mensajes,
    sin_desborde,
)
from tests.navegador.conftest import Sitio, Vista, molde_de_sitio

CLAVE = "una-clave-de-prueba-26"
QUIEN = "9900007777"
LARGO = "x" * 4_000
LISTAS = (
    "oficina/empleadores/", "oficina/recaudacion/valores/", "oficina/cartera/glosas/",
    "oficina/cartera/dias/", "oficina/tasas/", "oficina/libro/diario/", "oficina/libro/sellos/",
)  # fmt: skip
#: Where the first row of a list begins at most, in CSS pixels, by the width of the screen.
COMIENZO = {1366: 200, 320: 220}
FILAS_EN_EL_ESCRITORIO = 25
#: What the «…» of a line that is cut covers, in CSS pixels.
LARGO_DE_LOS_PUNTOS = 12


def _preparar() -> None:
    """The small office, sixty employers more, and somebody who reads everything."""
    escena = import_module("tests.interfaces.oficina.escena")
    hacer_empleador = import_module("tests.factories.afiliacion").hacer_empleador
    escena.montar()
    for n in range(60):
        hacer_empleador(razon_social=f"Empleador de prueba {n}")
    hacer_empleador(razon_social=LARGO[:190])
    auditora = Usuario.objects.create_user(QUIEN, "Persona AUD", CLAVE)
    Asignacion.objects.create(usuario=auditora, rol="AUD", desde=date(2025, 1, 1))
    clock.fijar_fecha_simulada(escena.HOY)


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """An office whose lists are full."""
    return molde_de_sitio(
        "mesa", _preparar,
        "tests/navegador/test_mesa.py", "tests/interfaces/oficina/escena.py", "tests/factories",
    )  # fmt: skip


def _entrar(pagina: Page, sitio: Sitio, ancho: int, alto: int) -> None:
    pagina.set_viewport_size({"width": ancho, "height": alto})
    pagina.goto(sitio / "entrar/")
    pagina.fill("[name=identificacion]", QUIEN)
    pagina.fill("[name=clave]", CLAVE)
    pagina.click("main button[type=submit]")


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
@pytest.mark.parametrize(("ancho", "alto"), [(1366, 768), (320, 800)])
def test_the_first_row_of_every_list_is_near_the_top(
    pagina: Page, sitio: Sitio, ancho: int, alto: int
) -> None:
    _entrar(pagina, sitio, ancho, alto)
    comienzos = {}
    for lista in LISTAS:
        pagina.goto(sitio / lista)
        sin_desborde(pagina)
        comienzos[lista] = pagina.evaluate(
            "document.querySelector('main tbody tr').getBoundingClientRect().top"
        )
    assert {k: v for k, v in comienzos.items() if v > COMIENZO[ancho]} == {}


#: Where the date of the demonstration ends, and where its line does.
_FIN_DE_LA_FECHA = """() => {
    const linea = document.querySelector('.demostracion p');
    const texto = [...linea.childNodes].find(n => /Fecha simulada/.test(n.data || ""));
    const tramo = document.createRange();
    tramo.setStart(texto, 0);
    tramo.setEnd(texto, texto.data.search(/[0-9]{4}/) + 4);
    return [tramo.getBoundingClientRect().right, linea.getBoundingClientRect().right];
}"""


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=False)], indirect=True, ids=str)
def test_the_simulated_date_is_read_whole_on_a_narrow_desk(pagina: Page, sitio: Sitio) -> None:
    _entrar(pagina, sitio, 320, 800)
    pagina.goto(sitio / "oficina/tasas/")
    fin, tope = pagina.evaluate(_FIN_DE_LA_FECHA)
    assert fin + LARGO_DE_LOS_PUNTOS <= tope


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
def test_twenty_five_rows_are_seen_at_once_and_the_head_stays(pagina: Page, sitio: Sitio) -> None:
    _entrar(pagina, sitio, 1366, 768)
    pagina.goto(sitio / "oficina/empleadores/")
    enteras = """() => [...document.querySelectorAll('main tbody tr')]
        .filter(fila => fila.getBoundingClientRect().bottom <= innerHeight).length"""
    assert pagina.evaluate(enteras) >= FILAS_EN_EL_ESCRITORIO
    pagina.evaluate("scrollTo(0, 600)")
    assert pagina.evaluate("document.querySelector('thead th').getBoundingClientRect().top") == 0


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=True)], indirect=True, ids=str)
@pytest.mark.parametrize("ancho", [1366, 320])
def test_no_text_without_blanks_makes_a_page_wider(pagina: Page, sitio: Sitio, ancho: int) -> None:
    _entrar(pagina, sitio, ancho, 768)
    for lugar in ("oficina/empleadores/?q=xxxx", f"oficina/buscar/?q={LARGO[:300]}",
                  f"oficina/empleadores/{LARGO[:80]}/"):  # fmt: skip
        pagina.goto(sitio / lugar)
        sin_desborde(pagina)
    olvidar_mensajes(pagina, "404")


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=False)], indirect=True, ids=str)
def test_the_menu_of_a_narrow_desk_shows_every_entry(pagina: Page, sitio: Sitio) -> None:
    """Nothing is cut, with or without scripts; the wide desk has them all in a line."""
    _entrar(pagina, sitio, 1366, 768)
    pagina.goto(sitio / "oficina/empleadores/")
    ancho = pagina.get_by_role("navigation", name="Principal").get_by_role("link")
    textos = ancho.all_inner_texts()
    assert len(textos) >= 7
    pagina.set_viewport_size({"width": 320, "height": 800})
    assert ancho.count() == 0, "closed, it takes one line"
    pagina.get_by_text("Menú · Empleadores").click()
    assert set(textos) <= set(ancho.all_inner_texts()), "and the search, whose box is hidden here"
    for caja in (enlace.bounding_box() for enlace in ancho.all()):
        assert caja is not None
        assert caja["x"] >= 0
        assert caja["x"] + caja["width"] <= 320
    sin_desborde(pagina)
