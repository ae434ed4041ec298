"""A glosa: opened by its employer, its término counted before its eyes, paid, and so cancelled."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.plazos.queries import PlazoVisto, plazo_de
from recaudo.domain.recaudacion.models import Comprobante
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO, PERIODO
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.sello import codigo_sellado
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.vista.formatos import escribir_fecha
from tests.moldes import Molde
from tests.navegador import escenario
from tests.navegador.conftest import Sitio
from tests.navegador.manos import Raton
from tests.navegador.pasos import (
    descargar,
    dice,
    entrar,
    es_sana,
    importar_y_confirmar,
    manos_de,
    salir,
)


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """The demonstration, with employers of their own for each view."""
    return escenario.DEMOSTRACION


@pytest.mark.parametrize(
    ("pagina", "vuelta"), escenario.MANERAS, indirect=["pagina"], ids=escenario.VUELTAS
)
def test_an_employer_opens_a_glosa_sees_its_last_day_explained_and_pays_it(
    pagina: Page, vuelta: str, sitio: Sitio, tmp_path: Path
) -> None:
    manos = manos_de(pagina, vuelta)
    quien = escenario.reparto()[vuelta].glosada
    with sitio.datos():
        glosa = Glosa.objects.get(obligacion_id=escenario.deuda_de(quien, PERIODO).id)
    assert glosa.estado == "en_espera_de_notificacion"

    entrar(manos, sitio, quien)
    manos.pulsar(pagina.get_by_role("navigation").get_by_role("link", name="Notificaciones"))
    es_sana(pagina, "Notificaciones")
    manos.pulsar(pagina.get_by_role("main").get_by_role("link", name=re.compile(glosa.numero)))
    es_sana(pagina, re.compile(glosa.numero))
    manos.pulsar(pagina.get_by_role("button", name="Acusar recibo y abrir"))
    dice(pagina, "Se registró su acuse de recibo")
    es_sana(pagina, f"Glosa {glosa.numero}")
    with sitio.datos():
        termino = plazo_de("glosa", glosa.pk, hoy=FECHA_DEMO)
        aviso = Notificacion.objects.get(materia_tipo="glosa", materia_id=glosa.pk)
        assert Glosa.objects.get(pk=glosa.pk).estado == "notificada"
    assert termino is not None
    assert aviso.recibida_el == FECHA_DEMO
    _dia_por_dia(manos, termino)

    pdf = descargar(manos, re.compile(f"Notificación de glosa {glosa.numero}"))
    with sitio.datos():
        papel = Documento.objects.get(pk=int(glosa.documento_id or 0))
    assert codigo_sellado(pdf) == papel.codigo

    comprobante = _pagar(manos, sitio, glosa.obligacion_id)
    archivo = tmp_path / "extracto.xml"
    with sitio.datos():
        contenido = escenario.extracto(vuelta, citado=comprobante)
    archivo.write_bytes(contenido)
    entrar(manos, sitio, "bruno")
    pagina.goto(sitio / "oficina/")
    importar_y_confirmar(manos, sitio, archivo)
    salir(manos)
    with sitio.datos():
        assert Glosa.objects.get(pk=glosa.pk).estado == "cancelada"
        assert obligacion(glosa.obligacion_id, alcance=TODA_LA_NACION).estado == "cancelada"
        assert Comprobante.objects.get(pk=comprobante.pk).estado == "depositado"
    entrar(manos, sitio, quien)
    manos.pulsar(pagina.get_by_role("navigation").get_by_role("link", name="Notificaciones"))
    manos.pulsar(pagina.get_by_role("main").get_by_role("link", name=re.compile(glosa.numero)))
    expect(pagina.get_by_text("Esta glosa está pagada")).to_be_visible()
    es_sana(pagina, f"Glosa {glosa.numero}")


def _dia_por_dia(manos: Raton, termino: PlazoVisto) -> None:
    """Every day of the calendar is there: the working ones numbered, the others with their reason.

    Notified on Friday 20/11/2026, eight working days end on Wednesday 02/12/2026 (COA art. 158).
    The debtor has one more for each of them that may be a local holiday: no more than two, here.
    """
    assert termino.vence_min == date(2026, 12, 2)
    assert termino.vence == termino.vence_min + timedelta(len(termino.dudosos))
    assert len(termino.dudosos) <= 2
    assert termino.cantidad == 8
    pagina = manos.pagina
    plazo = pagina.locator(".plazo").first
    expect(plazo).to_contain_text(escribir_fecha(termino.vence))
    expect(plazo).to_contain_text("8 días hábiles")
    manos.pulsar(plazo.get_by_role("link"))
    dias = pagina.locator("ol.dias > li")
    contados = dias.filter(has_text=re.compile(r"Día hábil \d|Último día"))
    expect(contados).to_have_count(termino.cantidad)
    expect(dias.filter(has_text="Último día")).to_contain_text(f"{termino.vence:%d/%m/%Y}")
    for dia in termino.calendario:
        escrito = dias.filter(has=pagina.locator(f"time[datetime='{dia.fecha:%Y-%m-%d}']"))
        expect(escrito).to_be_visible()
        if dia.numero is None and dia.motivo:
            expect(escrito).to_contain_text(re.compile(re.escape(dia.motivo), re.IGNORECASE))


def _pagar(manos: Raton, sitio: Sitio, obligacion_id: int) -> Comprobante:
    """From the glosa to its comprobante: the debt comes already chosen."""
    pagina = manos.pagina
    manos.pulsar(pagina.get_by_role("button", name="Pagar con un comprobante"))
    es_sana(pagina, "Elija qué paga")
    expect(pagina.locator(f"input[name=obligacion][value='{obligacion_id}']")).to_be_checked()
    manos.pulsar(pagina.get_by_role("button", name="Continuar"))
    manos.pulsar(pagina.get_by_role("button", name="Generar comprobante"))
    es_sana(pagina, "Comprobante generado")
    salir(manos)
    with sitio.datos():
        return Comprobante.objects.get(detalles__obligacion_id=obligacion_id, estado="generado")
