"""Part of a comprobante was paid: everything that says an amount says what is left, to the cent."""

import io
import re
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.models import Comprobante, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import cola_de_valores, comprobante, valor
from recaudo.infra import clock
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.alcance import TODA_LA_NACION
from tests.domain.recaudacion.test_importar_extracto import glosar
from tests.factories.deudas import reversar
from tests.factories.recaudacion import Linea, importar
from tests.interfaces.oficina.escena import entrar
from tests.interfaces.portal.conftest import HOY, Caso, leer
from tests.interfaces.portal.test_comprobantes import generar

TOTAL, FALTA = "$ 216,32", "$ 216,31"


@pytest.fixture
def abonado(caso: Caso, tasas: None) -> str:
    """A comprobante of 216.32 of which one cent entered."""
    deuda = caso.deuda(vence=date(2026, 11, 16), periodo="2026-10")
    glosar(Obligacion.objects.get(pk=deuda.pk))
    numero = generar(caso, deuda.pk)
    assert TOTAL in leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    importar(Linea(1, numero, "CENTAVO", fecha=HOY), hoy=HOY)
    c = Comprobante.objects.get(numero=numero)
    assert (c.estado, c.abonado.centavos, c.importe.centavos) == ("generado", 1, 21_632)
    return numero


def papel(caso: Caso, numero: str) -> str:
    """Return the words of the copy that is handed today."""
    contenido = caso.navegador.get(f"@/comprobantes/{numero}/pdf/").content
    return " ".join(p.extract_text() for p in PdfReader(io.BytesIO(contenido)).pages)


@pytest.mark.parametrize("direccion", ["{n}/", "", "{n}/listo/", "{n}/anular/"])
def test_the_portal_says_what_is_left(caso: Caso, abonado: str, direccion: str) -> None:
    html = leer(caso.navegador.get(f"@/comprobantes/{direccion.format(n=abonado)}"))
    assert FALTA in html.replace("\xa0", " ")
    assert "Total a pagar" not in html


def test_the_front_page_says_what_is_left(caso: Caso, abonado: str) -> None:
    assert f"faltan {FALTA}" in leer(caso.navegador.get("@/")).replace("\xa0", " ")


def test_the_office_says_what_is_left(caso: Caso, abonado: str) -> None:
    oficina = entrar("UREC", hoy=HOY)
    for direccion in (
        f"/oficina/comprobantes/{abonado}/",
        f"/oficina/empleadores/{caso.empleador.ruc}/comprobantes/",
        f"/oficina/buscar/?q={abonado}",
    ):
        html = leer(oficina.get(direccion, follow=True)).replace("\xa0", " ")
        assert FALTA.removeprefix("$ ") in html, direccion
        assert "Total a pagar" not in html


def test_the_copy_and_the_public_page_ask_for_the_old_total_no_more(
    caso: Caso, abonado: str
) -> None:
    codigo = Documento.objects.get(tipo="comprobante").codigo
    texto, html = papel(caso, abonado), leer(Client().get(f"/verificar/{codigo}/"))
    assert f"Falta pagar {FALTA} hasta el 20/11/2026" in html.replace("\xa0", " ")
    assert "Pagado en parte" in html
    assert "Total a pagar" not in texto
    assert FALTA in " ".join(texto.replace("\xa0", " ").split())
    importar(Linea(1, abonado, "OTRO", fecha=HOY), hoy=HOY)
    assert "216,30" in papel(caso, abonado), "each abono has its own copy"
    importar(Linea(21_630, abonado, "RESTO", fecha=HOY), hoy=HOY)
    assert "FALTA" not in papel(caso, abonado)
    assert comprobante(abonado, alcance=TODA_LA_NACION).por_pagar.centavos == 0


def test_the_queue_suggests_the_comprobante_that_lacks_that_amount(
    caso: Caso, abonado: str
) -> None:
    for centavos in (21_632, 21_631):
        importar(
            Linea(centavos, "", f"S{centavos}", fecha=HOY, texto=f"RUC {caso.empleador.ruc}"),
            hoy=HOY,
        )
    viejo, exacto = ValorPorAplicar.objects.order_by("id")
    sugeridas = [s for s in valor(exacto.pk, hoy=HOY).sugerencias if s.numero == abonado]
    assert [s.por_pagar.formato() for s in sugeridas] == [FALTA]
    cola = {f.pk: f.sugerido for f in cola_de_valores(hoy=HOY)}
    assert cola == {viejo.pk: "", exacto.pk: abonado}


def test_past_its_last_day_nothing_is_asked_with_it(caso: Caso, abonado: str) -> None:
    clock.fijar_fecha_simulada(date(2026, 11, 21))
    assert "Le falta pagar" not in leer(caso.navegador.get(f"@/comprobantes/{abonado}/"))
    assert FALTA not in papel(caso, abonado)


def filas_de_abonos(caso: Caso, numero: str) -> list[str]:
    """Return the rows of the table of payments of its page, as words."""
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/")).replace("\xa0", " ")
    tabla = html.split('id="abonos"', 1)
    if len(tabla) == 1:
        return []
    filas = re.findall(r"<tr>(.*?)</tr>", tabla[1].split("</table>", 1)[0], re.DOTALL)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", fila).split()) for fila in filas]


def test_its_page_lists_what_was_paid_with_it_and_what_the_bank_took_back(
    caso: Caso, abonado: str
) -> None:
    importar(Linea(2, abonado, "DOS", fecha=HOY), hoy=HOY)
    uno, dos = (f"20/11/2026 Banco de 0010 Aplicado $ 0,0{n}" for n in (1, 2))
    assert filas_de_abonos(caso, abonado) == [uno, dos]
    reversar(Pago.objects.earliest("id").ingreso_id, fecha=HOY)
    retirado = uno.replace("Aplicado", "El banco lo retiró el 20/11/2026")
    assert filas_de_abonos(caso, abonado) == [retirado, dos], "the second was only imputed again"
    ultimo = Pago.objects.filter(reversa_id=None).latest("id")
    assert ultimo.ingreso_id != Pago.objects.order_by("id")[1].ingreso_id


def test_without_payments_there_is_no_list_and_one_taken_back_whole_says_when(
    caso: Caso, tasas: None
) -> None:
    numero = generar(caso, caso.deuda(vence=date(2026, 12, 15)).pk)
    assert filas_de_abonos(caso, numero) == []
    importar(Linea(21_600, numero, "PAGO", fecha=HOY), hoy=HOY)
    reversar(Pago.objects.get().ingreso_id, fecha=HOY)
    assert filas_de_abonos(caso, numero) == [
        "20/11/2026 Banco de 0010 El banco lo retiró el 20/11/2026 $ 216,00"
    ]
    assert "El pago quedó deshecho" in leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
