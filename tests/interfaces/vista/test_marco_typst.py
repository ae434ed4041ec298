"""The common frame of documents compiles to PDF/A-3a and PDF/UA-1 at once and reads only data."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
import segno
import typst

import recaudo

FOLDER = Path(recaudo.__file__).parent / "infra" / "documents" / "plantillas"
ADDRESS = "https://recaudo.example/verificar/K7QM2XHRW9TD"


def data(**changes: Any) -> dict[str, Any]:
    out = io.BytesIO()
    segno.make(ADDRESS, error="m").save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    frame = {
        "institucion": "Seguridad social del Ecuador", "unidad": "Dirección provincial",
        "provincia": "Pichincha", "documento": "Comprobante de pago",
        "numero": "17-2026-000345", "fecha": "20/11/2026", "fecha_iso": "2026-11-20",
        "lugar": "Quito", "codigo": "K7QM2XHRW9TD", "url_verificacion": ADDRESS,
        "qr_svg": out.getvalue().decode(),
    }  # fmt: skip
    line = {"periodo": "septiembre de 2026", "concepto": "Aportes", "capital": "$ 100,00",
            "interes": "$ 1,00", "total": "$ 101,00"}  # fmt: skip
    body = {
        "quien": [{"clave": "Empleador", "valor": "Ñandú & Hijos #panic() *x* $y$ [z]"}],
        "que": "Total a pagar", "total": "$ 101,00", "capital": "$ 100,00", "interes": "$ 1,00",
        "lineas": [line] * changes.pop("lineas", 2), "norma": "Ley de Seguridad Social",
        "nota": "", "plazo": "Vence el jueves 3 de diciembre de 2026",
        "regla": "Término de 8 días (hábiles)", "firmante": "Sello", "cargo": "Dirección",
        "nota_firma": "",
    }  # fmt: skip
    return {"marco": {**frame, **changes}, "cuerpo": body}


def render(content: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(
        str(FOLDER / "muestra.typ"),
        root=str(FOLDER),
        font_paths=[str(FOLDER / "fuentes")],
        ignore_system_fonts=True,
        sys_inputs={"datos": json.dumps(content)},
    )
    result = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"])
    assert isinstance(result, bytes)
    return result


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_frame_is_tagged_titled_in_spanish_and_declares_both_standards() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(data())))
    root = reader.trailer["/Root"].get_object()
    assert "/StructTreeRoot" in root
    assert "/OutputIntents" in root
    assert str(root["/Lang"]).lower().startswith("es")
    assert reader.metadata is not None
    assert reader.metadata.title == "Comprobante de pago N.º 17-2026-000345"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_the_fonts_are_embedded_and_are_the_free_one() -> None:
    page = pypdf.PdfReader(io.BytesIO(render(data()))).pages[0]
    fonts = [str(f.get_object()["/BaseFont"]) for f in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("AtkinsonHyperlegibleNext" in name for name in fonts)


def test_every_page_carries_number_page_count_and_verification_address() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(data(lineas=90))))
    assert len(reader.pages) >= 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Página {number} de {len(reader.pages)}" in text
        assert "17-2026-000345" in text
        assert "verificar/K7QM2XHRW9TD" in text.replace("\n", "")


def test_content_is_never_read_as_code() -> None:
    assert "#panic() *x* $y$ [z]" in text_of(render(data()))


def test_the_code_is_grouped_and_a_mark_is_said_in_words() -> None:
    assert "K7QM-2XHR-W9TD" in text_of(render(data()))
    assert "no produce efectos" not in text_of(render(data()))
    assert "ANULADO. Este documento no produce efectos" in text_of(render(data(marca="ANULADO")))


def test_the_same_data_give_the_same_bytes() -> None:
    assert render(data()) == render(data())


def test_missing_data_refuse_to_make_a_document() -> None:
    content = data()
    del content["marco"]["numero"]
    with pytest.raises(typst.TypstError):
        render(content)
