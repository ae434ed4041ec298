"""The drawing: PDF/A-3a and PDF/UA-1, the same bytes for the same content, verified by anybody."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.infra.documents import dibujo, verificacion
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Ficha,
    Fila,
    Firma,
    Instrucciones,
    Norma,
    Nota,
    Parrafo,
    Parte,
    Plazo,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.infra.documents.congelado import anular_documento
from recaudo.infra.documents.estado import VENCIDO, EstadoPublico
from recaudo.infra.documents.models import Dibujo, Documento
from recaudo.infra.documents.sello import codigo_sellado, sellar
from recaudo.infra.jobs.tareas import guardar_documento
from recaudo.kernel.letras import RANGOS
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import SISTEMA, hacer_obligacion, pagar_del_todo, poner_tasa
from tests.factories.documentos import bloques_de_prueba, congelar_uno, un_acto

#: Drawn by Python and Typst, kept by the ORM: what PostgreSQL itself does with the content and with
#: two that keep it at once is in `test_congelado` and `test_carreras`, on each version.
pytestmark = [pytest.mark.django_db, pytest.mark.una_version]
DIA = date(2026, 10, 16)


@pytest.fixture
def notice() -> Documento:
    """The notice of one glosa, as the close of its day freezes it."""
    hacer_obligacion(empleador=hacer_empleador(razon_social="Compañía Ñandú & Hijos #1 «S.A.»"))
    poner_tasa("2026-10", "8.99")
    cerrar_dia(fecha=DIA, por=SISTEMA, hoy=DIA)
    return Documento.objects.get(tipo="NOTIFICACION_DE_GLOSA")


def words_of(pdf: bytes) -> str:
    """The words of a PDF, one blank between them, without the marks that let a word be cut."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u200b", "").split()).replace("\xa0", " ")


def test_the_pdf_is_tagged_archivable_and_in_spanish(notice: Documento) -> None:
    pdf = PdfReader(io.BytesIO(dibujo.bytes_de(notice.pk, hoy=DIA)))
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
    fonts = [f.get_object() for p in pdf.pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    assert all("AtkinsonHyperlegible" in str(font["/BaseFont"]) for font in fonts)


def test_the_page_says_what_an_employer_must_know(notice: Documento) -> None:
    text = words_of(dibujo.bytes_de(notice.pk, hoy=DIA))
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
        assert words in text, words


HOSTILE = [
    '#panic("x") *no* $x$ `code` </xml> " _k_ @ref <label> \\ \\u{41} // /* */ [a] {b}',
    '#import "/etc/passwd"; #sys.inputs.datos',
    "= Título ~ - + / 1. ' \" ` ``` ~~~",
    "a" * 5000,
    "línea\notra\ttab\r\nfin",
    "王 محمد 📎 Иван \u202efdp",
    "",
    " ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_letters_in_every_block(text: str) -> None:
    pdf = dibujo.dibujar(congelar_uno(bloques=every_block(text), titular=text[:150]))
    shown = words_of(pdf)
    whole = "".join(dibujo._dibujable(text).split()).replace("\u200b", "")
    assert "".join(shown.split()).count(whole) >= 8 or not text.strip()


def every_block(text: str) -> Bloques:
    """A document with `text` wherever a block takes words."""
    return (
        Seccion("Quién", (Parte("Persona", text, "Cédula", text, (("Dirección", text),)),)),
        Seccion("Cuánto", (
            Ficha((("Dato", text),)),
            Parrafo(text),
            Tabla(
                (Columna("Texto", ancha=True), Columna("Valor", TipoColumna.DINERO, suma=True)),
                (Fila((text, Dinero("1.00"))),),
                rotulo_total="Total",
            ),
            Nota(text),
        )),
        Seccion("Norma", (Norma(text, "PROVISIONAL", text),)),
        Seccion("Qué hacer", (
            Plazo(texto=text, regla=text, cuenta=text, duda=text, vence_min=DIA, vence_max=DIA),
            Instrucciones((("Paso.", text),)),
        ), pide=True),
        Firma(text, text),
    )  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(), max_size=60))
def test_any_text_whatever_is_drawn(text: str) -> None:
    d = Documento(codigo="ABCDEFGHJKLM", fecha_emision=DIA, contenido=CONTENT.replace(text))
    assert dibujo.dibujar(d).startswith(b"%PDF")


class _Content:
    """The content of an ordinary document, with another text."""

    def replace(self, text: str) -> dict[str, object]:
        from recaudo.infra.documents.bloques import Encabezado
        from recaudo.infra.documents.plano import contenido_de

        encabezado = Encabezado(
            institucion=text, unidad=text, provincia=text, titulo="T", numero="1", titular=text,
            lugar=text, fecha=DIA,
        )  # fmt: skip
        return contenido_de((encabezado, *every_block(text)))


CONTENT = _Content()


def test_every_letter_that_a_name_may_have_is_drawn_as_itself() -> None:
    """UA-1 refuses a sign without glyph; what our fonts lack would show its code."""
    letters = "".join(chr(c) for first, last in RANGOS for c in range(first, last + 1))
    text = " ".join(letters[i : i + 20] for i in range(0, len(letters), 20))
    pdf = dibujo.dibujar(congelar_uno(bloques=bloques_de_prueba(text)))
    assert "U+" not in words_of(pdf)


def test_five_hundred_rows_repeat_their_heading_and_add_up_at_the_end() -> None:
    rows = tuple(Fila((f"Fila {n}", Dinero("0.01") * n)) for n in range(1, 501))
    table = Tabla(
        (Columna("Concepto", ancha=True), Columna("Valor del mes", TipoColumna.DINERO, suma=True)),
        rows, rotulo_total="Total", cuadra_con=Dinero("1252.50"),
    )  # fmt: skip
    pdf = dibujo.dibujar(congelar_uno(bloques=(Seccion("Cuánto", (table,)),)))
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 8
    for n, page in enumerate(pages, start=1):
        assert "Valor del mes" in page
        assert f"Página {n} de {len(pages)}" in page
        assert ("Comercial Ñandú S.A." in page) == (n > 1), "the holder heads every later page"
    assert "1.252,50" in pages[-1]


def test_an_amount_is_written_whole_tiny_and_huge() -> None:
    for amount, written in (("0.01", "$ 0,01"), ("-1.50", "-$ 1,50"), ("9" * 12, None)):
        d = congelar_uno(bloques=bloques_de_prueba(importe=amount))
        expected = written or Dinero(amount).formato()
        assert expected in words_of(dibujo.dibujar(d)), amount


def test_the_same_content_gives_the_same_bytes(notice: Documento) -> None:
    once = dibujo.dibujar(notice)
    dibujo._compilador.cache_clear()
    assert dibujo.dibujar(notice) == once
    notice.contenido["bloques"][0]["lugar"] = "Loja"
    assert dibujo.dibujar(notice) != once


def test_reading_keeps_nothing_and_what_an_act_gave_is_never_drawn_again(
    notice: Documento, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dibujo.bytes_de(notice.pk, hoy=DIA)
    assert not Dibujo.objects.exists()
    guardar_documento(notice.pk)
    guardar_documento(notice.pk)
    saved = Dibujo.objects.get(documento=notice)
    assert bytes(saved.bytes) == first, "the same bytes before and after they are kept"
    assert saved.sha256 == hashlib.sha256(first).hexdigest()
    assert saved.estilo_sha256 == dibujo.huella_de_estilo("estilo_1")
    monkeypatch.setattr(dibujo, "dibujar", lambda *_: pytest.fail("drawn again"))
    assert dibujo.bytes_de(notice.pk, hoy=DIA) == first
    assert dibujo.bytes_originales(notice.pk) == first


def test_another_process_on_another_day_draws_the_same_bytes(notice: Documento) -> None:
    here = hashlib.sha256(dibujo.dibujar(notice)).hexdigest()
    fields = {
        f: getattr(notice, f)
        for f in ("tipo", "numero", "contenido", "contenido_sha256", "codigo", "titular")
    }
    code = (
        "import sys, json, hashlib, datetime, django\n"
        "django.setup()\n"
        "from django.conf import settings\n"
        "from recaudo.infra.documents.dibujo import dibujar\n"
        "from recaudo.infra.documents.models import Documento\n"
        "given = json.loads(sys.stdin.read())\n"
        "settings.CLAVES_DE_SELLO = [given.pop('key')]\n"
        f"day = datetime.date({notice.fecha_emision:%Y, %-m, %-d})\n"
        "d = Documento(fecha_emision=day, **given)\n"
        "print(hashlib.sha256(dibujar(d)).hexdigest())\n"
    )
    env = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C",
           "DJANGO_SETTINGS_MODULE": "recaudo.project.settings"}  # fmt: skip
    given = json.dumps({**fields, "key": django_settings.CLAVES_DE_SELLO[0]})
    there = subprocess.run(
        [sys.executable, "-c", code], input=given, env=env, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert there.stdout.strip() == here


def test_threads_that_draw_at_once_receive_the_bytes_of_one_alone() -> None:
    papers = [congelar_uno(bloques=bloques_de_prueba(f"Uno {n}")) for n in range(3)]
    alone = [dibujo.dibujar(d) for d in papers]
    with ThreadPoolExecutor(6) as pool:
        at_once = list(pool.map(dibujo.dibujar, papers * 6))
    assert at_once == alone * 6


SEALED = re.compile(rb"%recaudo (\w{12}) [0-9a-f]{64}\n")


def test_the_seal_is_of_this_file_alone(notice: Documento) -> None:
    pdf = dibujo.dibujar(notice)
    assert codigo_sellado(pdf) == notice.codigo
    seal = SEALED.search(pdf)
    assert seal is not None
    bare = pdf[: seal.start()] + pdf[seal.end() :]
    other = dibujo.dibujar(congelar_uno())
    for forged in (
        bare,
        pdf + b"\n",
        seal[0] + bare,
        bare + seal[0],
        pdf.replace(seal[0], seal[0] * 2),
        SEALED.sub(seal[0], other),
        pdf.replace(seal[1], b"A" * 12),
        pdf.replace(b"%PDF-1.7", b"%PDF-1.6"),
        sellar(b"no PDF", notice.codigo),
        seal[0],
        b"",
    ):
        assert codigo_sellado(forged) is None
    assert len(PdfReader(io.BytesIO(pdf), strict=True).pages) == 2


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.integers(0, 10**9), what=st.binary(min_size=1, max_size=3), cut=st.integers(0, 3))
def test_one_changed_byte_anywhere_breaks_the_seal(where: int, what: bytes, cut: int) -> None:
    pdf = sellar(b"%PDF-1.7\n" + b"contenido " * 90 + b"\ntrailer\nstartxref\n9\n%%EOF", "A" * 12)
    at = where % len(pdf)
    changed = pdf[:at] + what + pdf[at + cut :]
    assert changed == pdf or codigo_sellado(changed) is None


def test_a_key_that_was_changed_still_verifies_and_one_forgotten_does_not(
    notice: Documento, settings: Any
) -> None:
    settings.CLAVES_DE_SELLO = ["vieja"]
    given_before = dibujo.dibujar(notice)
    settings.CLAVES_DE_SELLO = ["nueva", "vieja"]
    assert codigo_sellado(given_before) == notice.codigo
    assert dibujo.dibujar(notice) != given_before
    settings.CLAVES_DE_SELLO = ["nueva"]
    assert codigo_sellado(given_before) is None


def test_what_was_given_stays_verifiable_when_style_and_words_of_a_state_change(
    notice: Documento, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guardar_documento(notice.pk)
    issued = dibujo.bytes_de(notice.pk, hoy=DIA)
    with un_acto() as a:
        anular_documento(acto=a, documento_id=notice.pk, motivo="Error")
    annulled = dibujo.bytes_de(notice.pk, hoy=DIA)
    shutil.copytree(dibujo.PLANTILLAS, tmp_path / "otras")
    style = tmp_path / "otras" / "estilo_1.typ"
    style.write_text(style.read_text().replace("size: ", "size: 1pt + "))
    monkeypatch.setattr(dibujo, "PLANTILLAS", tmp_path / "otras")
    dibujo._compilador.cache_clear()
    try:
        assert dibujo.bytes_de(notice.pk, hoy=DIA) != annulled
        assert dibujo.bytes_originales(notice.pk) == issued, "kept: no style changes it"
    finally:
        dibujo._compilador.cache_clear()
    for given_before in (issued, annulled):
        found = verificacion.verificar_bytes(given_before, hoy=DIA)
        assert found is not None
        assert (found.numero, found.estado) == (notice.numero, "anulado")


def test_the_qr_carries_the_address_of_verification(notice: Documento) -> None:
    address = dibujo.direccion_de_verificacion(notice.codigo)
    assert address == f"http://127.0.0.1:8000/verificar/{notice.codigo}/"
    assert dibujo._qr(address) != dibujo._qr(address + "x")


@pytest.mark.parametrize("name", ["../x", "estilo_", "estilo_1/../x", "/etc/passwd", "", "fuentes"])
def test_a_style_outside_the_house_is_not_read(name: str) -> None:
    with pytest.raises(ValueError, match="no style"):
        dibujo.archivo_de_estilo(name)


def test_a_code_is_found_as_a_person_types_it(notice: Documento) -> None:
    typed = "-".join(notice.codigo[i : i + 4].lower() for i in range(0, 12, 4))
    found = verificacion.verificar_codigo(f" {typed} ", hoy=DIA)
    assert found is not None
    assert (found.numero, found.estado) == (notice.numero, "vigente")
    assert notice.titular not in repr(found)
    assert found.titular == "C••• Ñ••• &••• H••• #••• «•••"


@pytest.mark.parametrize(
    "typed", ["", "AAAA", "0OI10OI10OI1", "AAAAAAAAAAAAA", "'; --", "ÑÑÑÑÑÑÑÑÑÑÑÑ"]
)
def test_what_is_no_code_finds_nothing(typed: str) -> None:
    assert verificacion.verificar_codigo(typed, hoy=DIA) is None


def test_the_file_itself_is_verified_and_one_changed_byte_is_not(notice: Documento) -> None:
    pdf = dibujo.bytes_de(notice.pk, hoy=DIA)
    found = verificacion.verificar_bytes(pdf, hoy=DIA)
    assert found is not None
    assert found.numero == notice.numero
    assert verificacion.verificar_bytes(pdf[:-1] + b"x", hoy=DIA) is None
    assert verificacion.verificar_bytes(b"", hoy=DIA) is None


def test_a_notice_first_opened_after_it_was_paid_is_verified_and_its_original_is_told(
    notice: Documento,
) -> None:
    from recaudo.domain.obligaciones.models import Obligacion

    pagar_del_todo(Obligacion.objects.get(), fecha=DIA)
    copy = dibujo.bytes_de(notice.pk, hoy=DIA)
    found = verificacion.verificar_bytes(copy, hoy=DIA)
    assert found is not None
    assert (found.numero, found.sha256) == (notice.numero, "")
    guardar_documento(notice.pk)
    told = verificacion.verificar_codigo(notice.codigo, hoy=DIA)
    assert told is not None
    assert told.sha256 == hashlib.sha256(dibujo.bytes_originales(notice.pk)).hexdigest()
    assert verificacion.verificar_bytes(copy, hoy=DIA) == told


def test_a_paid_notice_says_so_and_asks_for_nothing(notice: Documento) -> None:
    from recaudo.domain.obligaciones.models import Obligacion

    issued = dibujo.bytes_de(notice.pk, hoy=DIA)
    assert "Pagar." in words_of(issued)
    pagar_del_todo(Obligacion.objects.get(), fecha=DIA)
    found = verificacion.verificar_codigo(notice.codigo, hoy=DIA)
    assert found is not None
    assert (found.estado, found.situacion.pide) == ("pagado", False)
    paid = words_of(dibujo.bytes_de(notice.pk, hoy=DIA))
    assert "PAGADA" in paid
    assert "Pagar." not in paid
    assert "Puede pagar" not in paid
    assert dibujo.bytes_originales(notice.pk) == issued
    for either in (issued, dibujo.bytes_de(notice.pk, hoy=DIA)):
        hallado = verificacion.verificar_bytes(either, hoy=DIA)
        assert hallado is not None
        assert hallado.estado == "pagado"


def test_an_annulled_document_is_marked_across_every_page_and_asks_for_nothing() -> None:
    d = congelar_uno(bloques=(*bloques_de_prueba(), Seccion("Anexo", (), en_pagina_nueva=True)))
    issued = dibujo.bytes_de(d.pk, hoy=DIA)
    assert "Pague" in words_of(issued)
    with un_acto() as a:
        anular_documento(acto=a, documento_id=d.pk, motivo="Error")
    pages = PdfReader(io.BytesIO(dibujo.bytes_de(d.pk, hoy=DIA))).pages
    assert all("ANULADO" in page.extract_text() for page in pages)
    text = words_of(dibujo.bytes_de(d.pk, hoy=DIA))
    assert "Este papel no vale." in text
    assert "Pague" not in text
    assert "Total a pagar" not in text


def test_an_expired_document_asks_for_nothing_from_the_day_after() -> None:
    d = congelar_uno(valido_hasta=DIA)
    assert "Pague" in words_of(dibujo.bytes_de(d.pk, hoy=DIA))
    late = words_of(dibujo.bytes_de(d.pk, hoy=date(2026, 10, 17)))
    assert VENCIDO.marca in late
    assert "Pague" not in late


def test_a_state_that_asks_for_nothing_has_its_mark() -> None:
    for pide, marca in ((True, "X"), (False, "")):
        with pytest.raises(ValueError, match="mark"):
            EstadoPublico("x", "X", "x", "exito", pide=pide, marca=marca)


@pytest.mark.parametrize(
    ("titular", "dicho"),
    [
        ("Pan de Azúcar y Compañía", "P••• d••• A••• y C•••"),
        ("PLATA U ORO E HIJOS", "P••• U O••• E H•••"),
        ("Ñ Cía.", "Ñ••• C•••"),
    ],
)
def test_a_name_is_hidden_word_by_word_and_its_conjunctions_stay(titular: str, dicho: str) -> None:
    assert verificacion.enmascarar(titular) == dicho
