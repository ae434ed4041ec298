"""Public verification: by code and by file, for anybody, without telling who is who."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from recaudo.domain.recaudacion.models import Comprobante
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra import clock
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.models import Documento
from tests.factories.planillas import en_un_acto
from tests.interfaces.portal.conftest import Caso, leer
from tests.interfaces.portal.test_comprobantes import generar


@pytest.fixture
def papel(caso: Caso, tasas: None) -> Documento:
    """A comprobante of an employer, as anybody may hold its paper."""
    deuda = caso.deuda(vence=date(2026, 12, 15))
    generar(caso, deuda.pk)
    return Documento.objects.get(tipo="comprobante")


def bajar(caso: Caso, papel: Documento) -> bytes:
    return bytes(caso.navegador.get(f"@/comprobantes/{papel.numero}/pdf/").content)


def comparar(contenido: bytes, codigo: str = "", nombre: str = "papel.pdf") -> str:
    enviado = {"archivo": SimpleUploadedFile(nombre, contenido), "codigo": codigo}
    return leer(Client().post("/verificar/archivo/", enviado))


def test_a_code_typed_in_any_way_leads_to_its_own_address(papel: Documento) -> None:
    c = papel.codigo
    escrito = f" {c[:4].lower()}-{c[4:8]} {c[8:]}"
    respuesta = Client().get("/verificar/", {"codigo": escrito})
    assert respuesta["Location"] == f"/verificar/{c}/"


def test_the_result_tells_the_document_and_hides_its_holder(papel: Documento) -> None:
    html = leer(Client().get(f"/verificar/{papel.codigo}/"))
    for parte in ("Vigente", papel.numero, "Pichincha", papel.contenido_sha256, "C••••••••"[:3]):
        assert parte in html
    assert "Comercial Andina" not in html


@pytest.mark.parametrize("codigo", ["ABCDEFGHJKLM", "corto", "0O1I0O1I0O1I"])
def test_a_code_that_is_no_document_says_so(db: None, codigo: str) -> None:
    html = leer(Client().get(f"/verificar/{codigo}/"), estado=404)
    assert "No encontramos un documento con el código" in html
    assert "Lo buscamos entre todos los documentos que emitió la institución" in html
    assert "Verificar otro código o un archivo" in html
    assert codigo in html.replace("-", ""), "what was typed is kept"


def test_a_code_that_cannot_exist_is_told_beside_the_field(db: None) -> None:
    html = leer(Client().get("/verificar/", {"codigo": "123"}), estado=422)
    assert html.count("No existe un documento con ese código") == 2


def test_the_very_file_is_recognised_with_its_code_and_without(
    caso: Caso, papel: Documento
) -> None:
    pdf = bajar(caso, papel)
    for codigo in ("", papel.codigo):
        html = comparar(pdf, codigo)
        assert "El archivo es el original" in html
        assert papel.numero in html


def test_one_changed_byte_is_not_the_document(caso: Caso, papel: Documento) -> None:
    pdf = bajar(caso, papel)
    cambiado = pdf[:-1] + bytes([pdf[-1] ^ 1])
    assert "El archivo no es el que se emitió" in comparar(cambiado, papel.codigo)
    assert "no es un documento emitido por la institución" in comparar(cambiado)


def test_the_file_of_another_document_is_told_apart(caso: Caso, papel: Documento) -> None:
    pdf = bajar(caso, papel)
    deuda = caso.deuda(vence=date(2026, 12, 15), periodo="2026-11")
    generar(caso, deuda.pk)
    otro = Documento.objects.exclude(pk=papel.pk).get()
    assert "El archivo es de otro documento" in comparar(pdf, otro.codigo)


def test_comparing_a_file_keeps_nothing(caso: Caso, papel: Documento) -> None:
    from recaudo.infra.files.models import Archivo

    pdf = bajar(caso, papel)
    comparar(pdf, papel.codigo)
    assert not Archivo.objects.exists()


def test_a_file_that_is_no_pdf_or_no_file_is_asked_back(papel: Documento) -> None:
    for enviado in ({}, {"archivo": SimpleUploadedFile("papel.doc", b"x")}):
        html = leer(Client().post("/verificar/archivo/", enviado), estado=422)
        assert "Hay un problema" in html
        conocido = Client().post("/verificar/archivo/", {**enviado, "codigo": papel.codigo})
        assert papel.numero in leer(conocido, estado=422)


def test_an_annulled_document_and_an_expired_one_say_so(caso: Caso, papel: Documento) -> None:
    clock.fijar_fecha_simulada(date(2026, 12, 16))
    html = leer(Client().get(f"/verificar/{papel.codigo}/"))
    assert "Vencido" in html
    assert "Vigente" not in html
    clock.fijar_fecha_simulada(date(2026, 11, 20))
    caso.navegador.post(f"@/comprobantes/{papel.numero}/anular/", {"razon": "Otra"})
    html = leer(Client().get(f"/verificar/{papel.codigo}/"))
    assert "no se puede pagar con él" in html
    assert "20 de noviembre de 2026" in html


def test_the_address_of_the_comparison_opened_by_hand_goes_to_the_form(db: None) -> None:
    assert Client().get("/verificar/archivo/")["Location"] == "/verificar/"


#: Every state of a comprobante: the act that leads to it, the word, and whether it still asks.
ESTADOS = [
    ("", "generado", "Vigente", True),
    ("importar_extracto", "pagado", "Pagado", False),
    ("importar_extracto", "depositado", "Pagado", False),
    ("caducar_comprobantes", "caducado", "Vencido", False),
    ("anular_comprobante", "anulado", "Anulado", False),
    ("reversar_pagos", "reversado", "Reversado", False),
]


def test_every_state_of_a_comprobante_is_tried() -> None:
    assert {estado for _, estado, _, _ in ESTADOS} == set(EstadoComprobante)


@pytest.mark.parametrize("dia", [date(2026, 12, 15), date(2026, 12, 16)])
@pytest.mark.parametrize(("acto", "estado", "palabra", "pide"), ESTADOS)
def test_page_and_pdf_of_a_comprobante_say_its_state_whatever_the_date(
    caso: Caso, papel: Documento, acto: str, estado: str, palabra: str, pide: bool, dia: date
) -> None:
    def pasar(_: ActoAbierto) -> None:
        Comprobante.objects.filter(documento_id=papel.pk).update(estado=estado)

    def pagar(_: ActoAbierto) -> None:
        Comprobante.objects.filter(documento_id=papel.pk).update(estado="pagado")

    if acto == "reversar_pagos":
        en_un_acto(pagar, como="importar_extracto")
    if acto:
        en_un_acto(pasar, como=acto)
    elif dia > date(2026, 12, 15):
        palabra, pide = "Vencido", False
    clock.fijar_fecha_simulada(dia)
    html = leer(Client().get(f"/verificar/{papel.codigo}/"))
    dichas = {p for _, _, p, _ in ESTADOS} & set(re.findall(r">\s*(\w+)\s*<", html))
    assert dichas == {palabra}
    texto = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(bajar(caso, papel))).pages)
    assert ("Pague" in texto) == pide
    assert ("Total a pagar" in texto) == pide
    assert (palabra.upper() in texto) == (not pide)
