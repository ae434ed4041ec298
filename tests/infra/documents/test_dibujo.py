"""The drawing: PDF/A-3a and PDF/UA-1, the same bytes for the same content, verified by anybody."""

import hashlib
import io
from datetime import date

import pytest
from pypdf import PdfReader

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.infra.documents import dibujo, verificacion
from recaudo.infra.documents.models import Documento
from recaudo.infra.jobs.tareas import dibujar_documento
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import SISTEMA, hacer_obligacion, pagar_del_todo, poner_tasa

pytestmark = pytest.mark.django_db
DIA = date(2026, 10, 16)


@pytest.fixture
def notice() -> Documento:
    """The notice of one glosa, as the close of its day freezes it."""
    hacer_obligacion(empleador=hacer_empleador(razon_social="Compañía Ñandú & Hijos #1 «S.A.»"))
    poner_tasa("2026-10", "8.99")
    cerrar_dia(fecha=DIA, por=SISTEMA, hoy=DIA)
    return Documento.objects.get(tipo="NOTIFICACION_DE_GLOSA")


def test_the_pdf_is_tagged_archivable_and_in_spanish(notice: Documento) -> None:
    pdf = PdfReader(io.BytesIO(dibujo.bytes_de(notice.pk)))
    root = pdf.root_object
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es-EC"
    assert "/OutputIntents" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"Notificación de glosa N.º {notice.numero}"
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_the_page_says_what_an_employer_must_know(notice: Documento) -> None:
    pdf = PdfReader(io.BytesIO(dibujo.bytes_de(notice.pk)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in (
        notice.numero,
        "Compañía Ñandú & Hijos #1 «S.A.»",
        "agosto de 2026",
        "$ 218,38",
        "término de 8 días hábiles",
        "Comisión Provincial de Prestaciones y Controversias",
        "C.D. 516 art. 129",
        "12,99 %",
        "Página 1 de 2",
    ):
        assert words in text.replace("\xa0", " "), words


def test_markup_in_a_name_is_only_letters(notice: Documento) -> None:
    notice.contenido["razon_social"] = '#panic("x") *no* $x$ `code` </xml> "'
    assert b"%PDF" in dibujo.dibujar(notice)


def test_the_same_content_gives_the_same_bytes(notice: Documento) -> None:
    once = dibujo.dibujar(notice)
    dibujo._compilador.cache_clear()
    assert dibujo.dibujar(notice) == once
    notice.contenido["total"] = "218.39"
    assert dibujo.dibujar(notice) != once


def test_it_is_drawn_once_whoever_asks(notice: Documento, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dibujo.bytes_de(notice.pk)
    monkeypatch.setattr(dibujo, "dibujar", lambda *_: pytest.fail("drawn again"))
    assert dibujo.bytes_de(notice.pk) == first
    dibujar_documento(notice.pk)
    saved = Documento.objects.get(pk=notice.pk)
    assert saved.sha256 == hashlib.sha256(first).hexdigest()
    assert saved.plantilla_sha256 == dibujo.huella_de_plantilla(saved.plantilla)


def test_the_qr_carries_the_address_of_verification(notice: Documento) -> None:
    address = dibujo.direccion_de_verificacion(notice.codigo)
    assert address == f"http://127.0.0.1:8000/verificar/{notice.codigo}/"
    assert dibujo._qr(address) != dibujo._qr(address + "x")


@pytest.mark.parametrize("name", ["../x", "cartera", "cartera/../x", "/etc/passwd", ""])
def test_a_template_outside_the_house_is_not_read(name: str) -> None:
    with pytest.raises(ValueError, match="room/name"):
        dibujo.archivo_de_plantilla(name)


def test_a_code_is_found_as_a_person_types_it(notice: Documento) -> None:
    typed = "-".join(notice.codigo[i : i + 4].lower() for i in range(0, 12, 4))
    found = verificacion.verificar_codigo(f" {typed} ")
    assert found is not None
    assert (found.numero, found.estado) == (notice.numero, "vigente")
    assert found.cambios == ()
    assert notice.titular not in repr(found)
    assert found.titular == "C••• Ñ••• &••• H••• #••• «•••"


@pytest.mark.parametrize(
    "typed", ["", "AAAA", "0OI10OI10OI1", "AAAAAAAAAAAAA", "'; --", "ÑÑÑÑÑÑÑÑÑÑÑÑ"]
)
def test_what_is_no_code_finds_nothing(typed: str) -> None:
    assert verificacion.verificar_codigo(typed) is None


def test_the_file_itself_is_verified_and_one_changed_byte_is_not(notice: Documento) -> None:
    pdf = dibujo.bytes_de(notice.pk)
    found = verificacion.verificar_bytes(pdf)
    assert found is not None
    assert found.numero == notice.numero
    assert verificacion.verificar_bytes(pdf[:-1] + b"x") is None
    assert verificacion.verificar_bytes(b"") is None


def test_the_verification_says_what_happened_since(notice: Documento) -> None:
    from recaudo.domain.obligaciones.models import Obligacion

    pagar_del_todo(Obligacion.objects.get(), fecha=DIA)
    found = verificacion.verificar_codigo(notice.codigo)
    assert found is not None
    assert found.cambios == ("La deuda se pagó: la glosa está cancelada.",)
