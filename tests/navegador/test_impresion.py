"""What comes out of a printer: whose it is, when, its code; nothing to press; annulled says so."""

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recaudo.domain.recaudacion.models import Comprobante
from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Usuario
from tests.moldes import Molde
from tests.navegador.comprobaciones import sin_desborde
from tests.navegador.conftest import Sitio, Vista, molde_de_sitio

CLAVE = "una-clave-de-prueba-26"
AUDITORA, EMPLEADORA = "9900007777", "2050000013"
#: An A4 sheet between its margins, in CSS pixels: upright, and lying for a list.
HOJA = {"width": 658, "height": 987}
ACOSTADA = {"width": 1009, "height": 680}
CODIGO = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")


def _preparar() -> None:
    """The small office, who reads everything in it, and who represents its employer."""
    escena = import_module("tests.interfaces.oficina.escena")
    recaudacion = import_module("tests.factories.recaudacion")
    representar = import_module("tests.interfaces.portal.conftest").representar
    hecha = escena.montar()
    auditora = Usuario.objects.create_user(AUDITORA, "Persona AUD", CLAVE)
    Asignacion.objects.create(usuario=auditora, rol="AUD", desde=date(2025, 1, 1))
    representar(Usuario.objects.create_user(EMPLEADORA, "Rosa Prueba", CLAVE), hecha.quito)
    deuda = recaudacion.hacer_deuda(hecha.quito, periodo="2026-06")
    anulado = recaudacion.hacer_comprobante(deuda)
    import_module("recaudo.domain.recaudacion.actions.anular_comprobante").anular_comprobante(
        numero=anulado.numero,
        por=recaudacion.ana_de(deuda),
        hoy=anulado.fecha_emision,
        razon="Se generó por error",
    )
    clock.fijar_fecha_simulada(escena.HOY)


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """That office."""
    return molde_de_sitio(
        "impresion", _preparar, "tests/navegador/test_impresion.py",
        "tests/interfaces/oficina/escena.py", "tests/interfaces/portal/conftest.py",
        "tests/factories",
    )  # fmt: skip


@pytest.fixture(scope="module")
def escena(sitio: Sitio) -> Any:
    """What is in it."""
    with sitio.datos():
        return import_module("tests.interfaces.oficina.escena").encontrar()


@pytest.fixture
def abrir(pagina: Page, sitio: Sitio) -> Callable[..., Page]:
    """Enter as somebody and see an address as the printer does."""

    def abrir_como(quien: str, direccion: str) -> Page:
        if not pagina.context.cookies():
            pagina.goto(sitio / "entrar/")
            pagina.fill("[name=identificacion]", quien)
            pagina.fill("[name=clave]", CLAVE)
            pagina.click("main button[type=submit]")
        pagina.goto(sitio / direccion)
        pagina.emulate_media(media="print")
        hoja = ACOSTADA if pagina.locator(".lista").count() else HOJA
        pagina.set_viewport_size(hoja)  # type: ignore[arg-type]
        return pagina

    return abrir_como


def _cabeza(pagina: Page) -> str:
    cabeza = pagina.locator(".impresion")
    expect(cabeza).to_be_visible()
    return cabeza.inner_text()


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=False)], indirect=True, ids=str)
def test_every_sheet_of_the_office_prints_whose_it_is_when_and_its_code(
    abrir: Callable[..., Page], escena: Any
) -> None:
    for nombre, direccion in escena.fichas.items():
        pagina = abrir(AUDITORA, direccion)
        cabeza = _cabeza(pagina)
        assert "16/10/2026" in cabeza, nombre
        assert "Persona AUD" not in cabeza, "the office speaks, not the officer"
        if nombre not in {"extracto", "lineas", "valor", "cargo", "cuenta"}:
            assert escena.quito.ruc in cabeza, nombre
        if nombre in {"comprobante", "glosa"}:
            assert CODIGO.search(cabeza), nombre
        assert _se_puede_apretar(pagina) == [], nombre
        sin_desborde(pagina)


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=False)], indirect=True, ids=str)
def test_the_employer_prints_the_same_and_an_annulled_comprobante_says_so(
    abrir: Callable[..., Page], escena: Any, sitio: Sitio
) -> None:
    with sitio.datos():
        anulado = Comprobante.objects.get(estado="anulado").numero
    casa = f"empleadores/{escena.quito.ruc}/"
    for direccion in ("", "planillas/", "comprobantes/", "notificaciones/",
                      f"comprobantes/{escena.comprobante.numero}/"):  # fmt: skip
        pagina = abrir(EMPLEADORA, casa + direccion)
        cabeza = _cabeza(pagina)
        assert escena.quito.ruc in cabeza, direccion
        assert "16/10/2026" in cabeza, direccion
        expect(pagina.locator(".impresion__marca")).to_have_count(0)
        assert _se_puede_apretar(pagina) == [], direccion
        sin_desborde(pagina)
    pagina = abrir(EMPLEADORA, f"{casa}comprobantes/{anulado}/")
    assert CODIGO.search(_cabeza(pagina))
    expect(pagina.locator(".impresion__marca")).to_have_text("ANULADO")
    expect(pagina.locator(".plazo")).to_have_count(0)


@pytest.mark.parametrize("pagina", [Vista(1366, con_js=False)], indirect=True, ids=str)
def test_every_list_of_the_office_fits_in_a_sheet_that_lies(
    abrir: Callable[..., Page], escena: Any
) -> None:
    for direccion in (
        "empleadores/", "tasas/", "libro/diario/", "libro/sellos/", "cartera/glosas/",
        "recaudacion/valores/", "recaudacion/extractos/", "recaudacion/cuentas/",
        "recaudacion/debitos/", escena.fichas["lineas"].removeprefix("/oficina/"),
    ):  # fmt: skip
        pagina = abrir(AUDITORA, f"oficina/{direccion}")
        expect(pagina.locator(".lista")).to_have_count(1)
        sin_desborde(pagina)


def _se_puede_apretar(pagina: Page) -> list[str]:
    """What asks to be pressed or written, and is seen: paper has none."""
    vistos: list[str] = pagina.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, nav')]
            .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"""
    )
    return vistos
