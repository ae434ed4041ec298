"""A collector: a statement comes in, reconciles, and the money without an owner gets one."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.recaudacion.models import Comprobante, Extracto, ValorPorAplicar
from recaudo.ensayo.demostracion.fechas import SIGUIENTE
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION
from tests.moldes import Molde
from tests.navegador import escenario
from tests.navegador.conftest import Sitio
from tests.navegador.manos import Raton
from tests.navegador.pasos import (
    dice,
    entrar,
    es_sana,
    filtrar,
    importar,
    importar_y_confirmar,
    manos_de,
)

RAZON = "El depositante presentó la papeleta con el RUC del empleador."


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """The demonstration, with employers of their own for each view."""
    return escenario.DEMOSTRACION


@pytest.mark.parametrize(
    ("pagina", "vuelta"), escenario.MANERAS, indirect=["pagina"], ids=escenario.VUELTAS
)
def test_a_collector_imports_a_statement_and_gives_an_owner_to_the_money_without_one(
    pagina: Page, vuelta: str, sitio: Sitio, tmp_path: Path
) -> None:
    manos = manos_de(pagina, vuelta)
    quienes = escenario.reparto()[vuelta]
    with sitio.datos():
        citado = escenario.con_comprobante(quienes.cita, SIGUIENTE)
        otro = escenario.con_comprobante(quienes.sin_cita, SIGUIENTE)
        contenido = escenario.extracto(vuelta, citado=citado, sin_dueno=otro.importe)
    archivo = tmp_path / "extracto.xml"
    archivo.write_bytes(contenido)

    entrar(manos, sitio, "bruno")
    pagina.goto(sitio / "oficina/")
    es_sana(pagina, re.compile("^Pendiente al"))
    importar_y_confirmar(manos, sitio, archivo)
    dice(pagina, "1 línea aplicada, 1 por identificar y 0 ya vistas.")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Cuadra")
    expect(pagina.get_by_text("No cuadra")).to_have_count(0)
    es_sana(pagina, re.compile(archivo.name))
    with sitio.datos():
        importado = Extracto.objects.latest("id")
        abierto = ValorPorAplicar.objects.get(ingreso_id__gt=importado.base_linea)
        assert importado.cuadra
        assert (importado.aplicadas, importado.por_identificar) == (1, 1)
        assert importado.total == citado.importe + otro.importe
        assert Comprobante.objects.get(pk=citado.pk).estado == "depositado"
        assert abierto.estado == "abierto"

    _aplicar(manos, abierto.pk, otro, vuelta)
    with sitio.datos():
        assert ValorPorAplicar.objects.get(pk=abierto.pk).estado == "aplicado"
        assert Comprobante.objects.get(pk=otro.pk).estado in {"pagado", "depositado"}
        for pagado in (citado, otro):
            (detalle,) = pagado.detalles.all()
            assert obligacion(detalle.obligacion_id, alcance=TODA_LA_NACION).estado == "cancelada"
        decidido = Hecho.objects.filter(objeto_tipo="valor_por_aplicar", objeto_id=str(abierto.pk))
        assert any(RAZON in f"{h.frase} {h.despues}" for h in decidido)

    pagina.goto(sitio / "oficina/")
    importar(manos, archivo)
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("En el libro")
    with sitio.datos():
        assert Extracto.objects.latest("id").pk == importado.pk


def _aplicar(manos: Raton, valor_id: int, destino: Comprobante, vuelta: str) -> None:
    """Find the value in the queue, see what would happen, decide, and no longer find it there."""
    pagina = manos.pagina
    enlace = pagina.locator(f"main a[href$='/valores/{valor_id}/']")
    _en_la_cola(manos, vuelta)
    expect(pagina.get_by_text("1 valor abierto")).to_be_visible()
    es_sana(pagina, "Valores por identificar")
    manos.pulsar(enlace.first)
    es_sana(pagina, re.compile(f"^Valor {valor_id}"))
    manos.escribir(pagina.get_by_label("Número de comprobante"), destino.numero)
    manos.pulsar(pagina.get_by_role("button", name="Ver qué pasaría").first)
    es_sana(pagina, re.compile("^Aplicar el valor"))
    manos.pulsar(pagina.get_by_role("button", name="Ver qué pasará"))
    es_sana(pagina, re.compile("^Aplicar el valor"))
    expect(pagina.get_by_text("No sobra nada")).to_be_visible()
    expect(
        pagina.get_by_text(f"El comprobante {destino.numero} quedará depositado")
    ).to_be_visible()
    manos.escribir(pagina.get_by_label("Razón de la decisión"), RAZON)
    manos.pulsar(pagina.get_by_role("button", name="Aplicar el valor"))
    dice(pagina, f"Se aplicaron {destino.importe.formato()}")
    es_sana(pagina, re.compile(f"^Valor {valor_id}"))
    _en_la_cola(manos, vuelta)
    expect(pagina.get_by_text("No hay valores por identificar con esos filtros")).to_be_visible()
    expect(enlace).to_have_count(0)


def _en_la_cola(manos: Raton, vuelta: str) -> None:
    pagina = manos.pagina
    menu = pagina.get_by_role("navigation")
    plegado = menu.locator("details.menu:not([open]) > summary")
    if plegado.is_visible():
        manos.pulsar(plegado)
    manos.pulsar(menu.get_by_role("link", name="Por identificar").locator("visible=true").first)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Valores por identificar")
    filtrar(manos, "Valor, texto, ordenante o referencia", f"pagador sin comprobante {vuelta}")
