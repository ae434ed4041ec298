"""What goes wrong: it is said, said where, and nothing half-done remains."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from recaudo.domain.recaudacion.models import Comprobante, Extracto
from recaudo.ensayo.demostracion.fechas import PERIODO
from tests.moldes import Molde
from tests.navegador import escenario
from tests.navegador.comprobaciones import olvidar_mensajes, sin_desborde, sin_violaciones_axe
from tests.navegador.conftest import Sitio, Vista
from tests.navegador.escenario import DE_ANA
from tests.navegador.manos import Raton
from tests.navegador.pasos import entrar, estar_dentro, salir


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """The demonstration."""
    return escenario.DEMOSTRACION


#: The narrowest without scripts and the widest with them: between both, every way of failing.
EXTREMOS = pytest.mark.parametrize(
    "pagina", [Vista(320, con_js=False), Vista(1366, con_js=True)], indirect=True, ids=str
)


def _dice_el_problema(pagina: Page, frase: str, campo: Locator | None = None) -> None:
    """The title says it; the summary says it, takes the focus and leads to the field."""
    expect(pagina).to_have_title(re.compile("^Error: "))
    resumen = pagina.locator(".govuk-error-summary")
    expect(resumen.get_by_role("heading")).to_have_text("Hay un problema")
    expect(resumen).to_contain_text(frase)
    if pagina.evaluate("document.body.classList.contains('js-enabled')"):
        expect(resumen).to_be_focused()
    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    if campo is not None:
        resumen.get_by_role("link", name=frase).click()
        expect(campo).to_be_focused()
        expect(campo).to_have_accessible_description(re.compile(re.escape(frase)))
    olvidar_mensajes(pagina, "422")


@EXTREMOS
def test_a_wrong_password_is_refused_without_telling_what_exists(
    pagina: Page, sitio: Sitio
) -> None:
    frases = []
    for identificacion in (escenario.QUIEN["hugo"], "0999999999"):
        pagina.goto(sitio / "entrar/")
        pagina.get_by_label("Cédula, RUC o código de usuario").fill(identificacion)
        pagina.get_by_label("Clave", exact=True).fill("no-es-esta-clave")
        pagina.get_by_role("button", name="Ingresar").click()
        _dice_el_problema(pagina, "La identificación y la clave no coinciden")
        expect(pagina.get_by_label("Cédula, RUC o código de usuario")).to_have_value(identificacion)
        expect(pagina.get_by_label("Clave", exact=True)).to_have_value("")
        frases.append(pagina.locator(".govuk-error-summary").inner_text())
    assert frases[0] == frases[1]
    pagina.goto(sitio / f"{DE_ANA}planillas/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Ingresar")


@EXTREMOS
def test_an_empty_form_says_what_each_field_wants(pagina: Page, sitio: Sitio) -> None:
    pagina.goto(sitio / "entrar/")
    pagina.get_by_role("button", name="Ingresar").click()

    campo = pagina.get_by_label("Cédula, RUC o código de usuario")
    _dice_el_problema(pagina, "Ingrese su cédula, RUC o código de usuario", campo)


@EXTREMOS
def test_with_nothing_ticked_no_comprobante_is_made(pagina: Page, sitio: Sitio) -> None:
    estar_dentro(pagina, sitio, "ana")
    with sitio.datos():
        antes = Comprobante.objects.count()
    pagina.goto(sitio / f"{DE_ANA}comprobantes/nuevo/")
    pagina.get_by_role("button", name="Continuar").click()

    casilla = pagina.locator("input[name=obligacion]").first
    _dice_el_problema(pagina, "Seleccione al menos una obligación")
    pagina.get_by_role("link", name="Seleccione al menos una obligación").click()
    expect(casilla).to_be_focused()
    with sitio.datos():
        assert Comprobante.objects.count() == antes


@EXTREMOS
@pytest.mark.parametrize(
    ("quien", "lugar", "boton", "frase"),
    [
        ("bruno", "oficina/recaudacion/extractos/importar/", "Importar el extracto", "XML"),
        ("ana", f"{DE_ANA}novedades/cargar/", "Revisar archivo", "TXT"),
        ("ana", "verificar/", "Comparar archivo", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_the_rest_is_kept(
    pagina: Page, sitio: Sitio, tmp_path: Path, quien: str, lugar: str, boton: str, frase: str
) -> None:
    archivo = tmp_path / "foto.png"
    archivo.write_bytes(b"\x89PNG\r\n\x1a\n")
    estar_dentro(pagina, sitio, quien)
    pagina.goto(sitio / lugar)
    pagina.locator("input[type=file]").set_input_files(archivo)
    pagina.get_by_role("button", name=boton).click()

    _dice_el_problema(pagina, f"El archivo debe ser {frase}")


@EXTREMOS
def test_a_file_that_is_no_statement_leaves_nothing_behind(
    pagina: Page, sitio: Sitio, tmp_path: Path
) -> None:
    archivo = tmp_path / "otra-cosa.xml"
    archivo.write_text("<?xml version='1.0'?><pagos><pago>1</pago></pagos>", encoding="utf-8")
    estar_dentro(pagina, sitio, "bruno")
    with sitio.datos():
        antes = Extracto.objects.count()
    pagina.goto(sitio / "oficina/recaudacion/extractos/importar/")
    pagina.locator("input[type=file]").set_input_files(archivo)
    pagina.get_by_label(re.compile("^camt.053")).check()
    pagina.get_by_role("button", name="Importar el extracto").click()

    _dice_el_problema(pagina, "El archivo no trae un mensaje ISO 20022")
    with sitio.datos():
        assert Extracto.objects.count() == antes


@EXTREMOS
def test_what_is_another_s_and_what_is_forbidden_answer_exactly_as_what_does_not_exist(
    pagina: Page, sitio: Sitio
) -> None:
    with sitio.datos():
        otro = escenario.reparto()[escenario.AJENA].glosada
        ajena = escenario.deuda_de(otro, PERIODO).materia_id
    estar_dentro(pagina, sitio, "ana")
    ausente = _cuerpo_de_404(
        pagina, sitio / f"{DE_ANA}planillas/999999999/", "No encontramos esa planilla"
    )
    assert ausente == _cuerpo_de_404(
        pagina, sitio / f"{DE_ANA}planillas/{ajena}/", "No encontramos esa planilla"
    )
    nadie, ajeno = (
        _cuerpo_de_404(
            pagina, sitio / f"empleadores/{ruc}/", f"No encontramos un empleador con RUC {ruc}"
        ).replace(ruc, "")
        for ruc in ("1790000000001", otro.ruc)
    )
    assert ajeno == nadie
    ausente = _cuerpo_de_404(pagina, sitio / "no-existe/")
    for prohibida in ("oficina/", "oficina/libro/", "oficina/nada/"):
        assert _cuerpo_de_404(pagina, sitio / prohibida) == ausente
    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    pagina.goto(sitio / "")
    salir(Raton(pagina))

    entrar(Raton(pagina), sitio, "gloria")
    ausente = _cuerpo_de_404(pagina, sitio / "oficina/no-existe/")
    for prohibida in ("oficina/cartera/dias/cerrar/", "oficina/recaudacion/extractos/importar/"):
        assert _cuerpo_de_404(pagina, sitio / prohibida) == ausente


def _cuerpo_de_404(pagina: Page, url: str, titulo: str = "No encontramos esta página") -> str:
    respuesta = pagina.goto(url)
    assert respuesta is not None
    assert respuesta.status == 404
    olvidar_mensajes(pagina, "404")
    expect(pagina.get_by_role("heading", level=1)).to_have_text(titulo)
    return pagina.get_by_role("main").inner_text()
