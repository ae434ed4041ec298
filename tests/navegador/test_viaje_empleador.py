"""An employer: from what it owes to a paper that anybody can verify by its code."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recaudo.domain.recaudacion.models import Comprobante
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO, PERIODO
from recaudo.ensayo.demostracion.poblacion import Empleador
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.sello import codigo_sellado
from recaudo.interfaces.vista.formatos import escribir_periodo
from tests.moldes import Molde
from tests.navegador import escenario
from tests.navegador.conftest import Sitio
from tests.navegador.manos import Raton
from tests.navegador.pasos import descargar, entrar, es_sana, manos_de, salir


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """The demonstration, with employers of their own for each view."""
    return escenario.DEMOSTRACION


@pytest.mark.parametrize(
    ("pagina", "vuelta"), escenario.MANERAS, indirect=["pagina"], ids=escenario.VUELTAS
)
def test_an_employer_goes_from_its_debt_to_a_comprobante_that_its_code_verifies(
    pagina: Page, vuelta: str, sitio: Sitio, tmp_path: Path
) -> None:
    manos = manos_de(pagina, vuelta)
    quien = escenario.reparto()[vuelta].paga
    with sitio.datos():
        debida = escenario.deuda_de(quien, PERIODO)

    entrar(manos, sitio, quien)
    es_sana(pagina, quien.razon_social)
    expect(pagina.get_by_role("heading", name="Qué tiene pendiente")).to_be_visible()
    _leer_el_porque(manos, quien)
    numero = _generar(manos, sitio, debida.id)
    pdf = descargar(manos, re.compile(f"Comprobante de pago {numero}"))
    manos.pulsar(pagina.get_by_role("link", name="Ver el comprobante"))
    es_sana(pagina, f"Comprobante de pago {numero}")
    with sitio.datos():
        hecho = Comprobante.objects.get(numero=numero)
        papel = Documento.objects.get(pk=int(hecho.documento_id or 0))
    assert hecho.estado == "generado"
    assert hecho.fecha_emision == FECHA_DEMO
    assert hecho.importe == hecho.capital + hecho.interes
    assert hecho.interes.centavos > 0
    assert pdf.startswith(b"%PDF-")
    assert codigo_sellado(pdf) == papel.codigo

    salir(manos)
    _verificar(manos, papel.codigo, pdf, tmp_path)


def _leer_el_porque(manos: Raton, quien: Empleador) -> None:
    """Open one planilla: the reasons of its interest and of one worker's line, to the article."""
    pagina = manos.pagina
    mes = escribir_periodo(PERIODO)
    articulo = re.compile(r"art\. \d")
    manos.pulsar(pagina.get_by_role("link", name=f"Aportes de {mes}"))
    es_sana(pagina, f"Planilla de {mes}")
    porque = pagina.locator("main details.desglose").first
    manos.pulsar(porque.locator("summary"))
    expect(porque.get_by_role("cell", name=articulo).first).to_be_visible()
    es_sana(pagina, f"Planilla de {mes}")
    nombre = quien.trabajadores[0].nombre
    manos.pulsar(pagina.get_by_role("link", name=f"¿Por qué? El aporte de {nombre}"))
    es_sana(pagina, f"Aporte de {nombre}")
    pasos = pagina.get_by_role("table", name=re.compile("^Paso a paso"))
    expect(pasos.get_by_role("cell", name=articulo).first).to_be_visible()


def _generar(manos: Raton, sitio: Sitio, obligacion_id: int) -> str:
    """Choose the debt, see what it costs, generate; return the number. Reload repeats nothing."""
    pagina = manos.pagina
    manos.pulsar(pagina.get_by_role("navigation").get_by_role("link", name="Comprobantes"))
    es_sana(pagina, "Comprobantes")
    manos.pulsar(pagina.get_by_role("button", name="Generar un comprobante de pago"))
    es_sana(pagina, "Elija qué paga")
    manos.marcar(pagina.locator(f"input[name=obligacion][value='{obligacion_id}']"))
    manos.pulsar(pagina.get_by_role("button", name="Continuar"))
    es_sana(pagina, "Revise antes de generar el comprobante")
    manos.pulsar(pagina.get_by_role("button", name="Generar comprobante"))
    es_sana(pagina, "Comprobante generado")
    pagina.reload()
    with sitio.datos():
        (hecho,) = Comprobante.objects.filter(detalles__obligacion_id=obligacion_id)
    return str(hecho.numero)


def _verificar(manos: Raton, codigo: str, pdf: bytes, carpeta: Path) -> None:
    """Ask the public page about the code, then compare the very file, then one byte more."""
    pagina = manos.pagina
    escrito = f"{codigo[:4]}-{codigo[4:8]} {codigo[8:]}".lower()
    enlaces = pagina.get_by_role("navigation").get_by_role("link", name="Verificar un documento")
    manos.pulsar(enlaces.first)
    es_sana(pagina, "Verificar un documento")
    manos.escribir(pagina.get_by_label("Código de verificación"), escrito)
    manos.pulsar(pagina.get_by_role("button", name="Verificar", exact=True))
    es_sana(pagina, re.compile("^Comprobante de pago"))
    expect(pagina.get_by_text("cada PDF lleva un sello")).to_be_visible()
    expect(pagina.get_by_text("auténtico y está vigente")).to_be_visible()

    archivo = carpeta / "comprobante.pdf"
    for contenido, frase in (
        (pdf, "El archivo es el original"),
        (pdf + b"\n", "El archivo no es el que se emitió"),
    ):
        archivo.write_bytes(contenido)
        manos.adjuntar(archivo)
        manos.pulsar(pagina.get_by_role("button", name="Comparar archivo"))
        expect(pagina.get_by_text(frase)).to_be_visible()
        es_sana(pagina, re.compile("^Comprobante de pago"))
