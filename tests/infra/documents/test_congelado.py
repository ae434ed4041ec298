"""Frozen documents: content, digest, code, number; and the guards, each with its failing twin."""

import hashlib
import json
import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.blancos import Blanco
from recaudo.infra.documents.canonico import ContenidoNoAdmitido, huella, texto_canonico
from recaudo.infra.documents.congelado import ALFABETO, LARGO_CODIGO, anular_documento
from recaudo.infra.documents.models import Dibujo, Documento
from recaudo.infra.documents.numeracion import reservar_numeros, siguiente_numero
from tests.factories.documentos import HOY, bloques_de_prueba, congelar_uno, un_acto

pytestmark = pytest.mark.django_db


def refused(sql: str, values: list[object] | None = None) -> bool:
    """Whether the database refuses a statement with one of our own codes."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits: TRUNCATE may come
            cursor.execute(sql, values or [])
    except DatabaseError as error:
        cause = error.__cause__
        return str(getattr(cause, "sqlstate", "")).startswith("RC") or "check" in str(error)
    return False


def without(trigger: str, sql: str, values: list[object] | None = None) -> bool:
    """Whether the same statement passes once the guard is off: the guard is what stopped it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE documents_documento DISABLE TRIGGER {trigger}")
        passed = not refused(sql, values)
        transaction.set_rollback(True)
    return passed


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(
                st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text("abcñ~ZA01", max_size=6), json_values, max_size=6))
def test_python_writes_the_content_exactly_as_postgresql_does(content: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(content)])
        assert cursor.fetchone()[0] == texto_canonico(content)


@pytest.mark.parametrize("value", [1.5, Blanco("x"), object(), {1, 2}])
def test_what_is_not_text_money_date_or_integer_has_no_place_in_a_document(value: object) -> None:
    with pytest.raises(ContenidoNoAdmitido):
        huella({"total": [value]})


def test_a_document_takes_number_code_and_digest_and_its_drawing_is_queued() -> None:
    d = congelar_uno()
    assert d.numero == "17-2026-000001"
    assert re.fullmatch(f"[{ALFABETO}]{{{LARGO_CODIGO}}}", d.codigo)
    assert d.contenido["bloques"][0] == {
        "bloque": "encabezado", "institucion": "Seguridad social del Ecuador",
        "unidad": "Unidad de pruebas", "provincia": "Pichincha", "titulo": "Documento de prueba",
        "numero": d.numero, "titular": "Comercial Ñandú S.A.", "lugar": "Pichincha",
        "fecha": "2026-10-16",
    }  # fmt: skip
    assert d.contenido_sha256 == huella(d.contenido)
    assert d.fecha_emision == HOY
    job = ProcrastinateJob.objects.get(args={"documento_id": d.pk})
    assert (job.task_name, job.queue_name) == ("documentos.guardar", "documentos")


def test_the_wording_is_in_the_digest() -> None:
    one, other = (congelar_uno(bloques=bloques_de_prueba(t)) for t in ("Pague hoy.", "Pague ya."))
    assert one.contenido_sha256 != other.contenido_sha256
    assert "Pague hoy." in str(one.contenido)


def test_what_no_database_keeps_is_shown_as_lost() -> None:
    d = congelar_uno(bloques=bloques_de_prueba("a\0b\ud800c"))
    d.refresh_from_db()
    assert d.contenido["bloques"][2]["bloques"][0]["texto"] == "a\ufffdb?c"


def test_an_act_that_fails_leaves_no_gap_and_no_job() -> None:
    first = congelar_uno().numero
    with transaction.atomic():
        congelar_uno()
        transaction.set_rollback(True)
    assert first == "17-2026-000001"
    assert congelar_uno().numero == "17-2026-000002"
    assert ProcrastinateJob.objects.count() == 2


def test_each_kind_province_and_year_has_its_own_series() -> None:
    with transaction.atomic():
        assert siguiente_numero(tipo="GLOSA", provincia="17", anio=2026) == 1
        assert siguiente_numero(tipo="GLOSA", provincia="09", anio=2026) == 1
        assert siguiente_numero(tipo="GLOSA", provincia="17", anio=2027) == 1
        assert reservar_numeros("GLOSA", "17", 2026, 10) == 2
        assert siguiente_numero(tipo="GLOSA", provincia="17", anio=2026) == 12


def test_a_series_never_goes_back() -> None:
    with transaction.atomic():
        siguiente_numero(tipo="GLOSA", provincia="17", anio=2026)
    assert refused("UPDATE documents_numeracion SET ultimo = 0")
    assert refused("DELETE FROM documents_numeracion")
    assert refused("TRUNCATE documents_numeracion")


EDITS = [
    "UPDATE documents_documento SET titulo = 'Otro' WHERE id = %s",
    "UPDATE documents_documento SET contenido = '{}',"  # noqa: ISC004 - one statement
    " contenido_sha256 = encode(sha256('{}'), 'hex') WHERE id = %s",
    "UPDATE documents_documento SET codigo = 'AAAAAAAAAAAA' WHERE id = %s",
    "UPDATE documents_documento SET valido_hasta = '2030-01-01' WHERE id = %s",
    "DELETE FROM documents_documento WHERE id = %s",
]


@pytest.mark.parametrize("edit", EDITS)
def test_the_database_refuses_to_change_what_was_frozen(edit: str) -> None:
    d = congelar_uno()
    assert refused(edit, [d.pk])
    assert without("documento_fijo", edit, [d.pk])


def test_documents_cannot_be_emptied() -> None:
    congelar_uno()
    assert refused("TRUNCATE documents_documento CASCADE")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE documents_dibujo DISABLE TRIGGER dibujo_sin_vaciar")
        assert without("documento_sin_vaciar", "TRUNCATE documents_documento CASCADE")
        transaction.set_rollback(True)


def put(d: Documento, pdf: bytes, sha256: str) -> tuple[str, list[object]]:
    sql = (
        "INSERT INTO documents_dibujo (documento_id, bytes, sha256, estilo_sha256)"
        " VALUES (%s, %s, %s, '')"
    )
    return sql, [d.pk, pdf, sha256]


def test_a_drawing_is_kept_once_and_is_its_digest() -> None:
    d = congelar_uno()
    one, two = hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest()
    assert refused(*put(d, b"one", two))
    assert not refused(*put(d, b"one", one))
    assert refused("UPDATE documents_dibujo SET bytes = 'two', sha256 = %s", [two])
    assert refused("DELETE FROM documents_dibujo")
    assert refused("TRUNCATE documents_dibujo")
    with pytest.raises(IntegrityError, match="documento_id"), transaction.atomic():
        Dibujo.objects.create(documento=d, bytes=b"two", sha256=two)


def test_a_row_whose_digest_is_not_of_its_content_is_refused() -> None:
    d = congelar_uno()
    copy = (
        "INSERT INTO documents_documento (tipo, numero, titulo, provincia, titular, contenido,"
        " contenido_sha256, codigo, estado, emitido_en, fecha_emision) SELECT tipo, 'copia',"
        " titulo, provincia, titular, %s::jsonb, contenido_sha256, 'BBBBBBBBBBBB', estado,"
        " emitido_en, fecha_emision FROM documents_documento WHERE id = %s"
    )
    same = json.dumps(d.contenido)
    other = same.replace("Nada.", "Nadie.")
    assert refused(copy, [other, d.pk])
    assert without("documento_huella", copy, [other, d.pk])
    assert not refused(copy, [same, d.pk])


def test_annulling_twice_is_annulling_once_and_there_is_no_way_back() -> None:
    d = congelar_uno()
    for _ in range(2):
        with un_acto() as a:
            annulled = anular_documento(acto=a, documento_id=d.pk, motivo="Error")
            assert (annulled.estado, annulled.dejo_de_valer_el) == ("anulado", HOY)
    assert Hecho.objects.filter(tipo="documento_anulado", objeto_id=str(d.pk)).count() == 1
    back = (
        "UPDATE documents_documento SET estado = 'vigente', dejo_de_valer_el = NULL WHERE id = %s"
    )
    assert refused(back, [d.pk])
    assert without("documento_fijo", back, [d.pk])
    undated = "UPDATE documents_documento SET estado = 'anulado' WHERE id = %s"
    assert refused(undated, [congelar_uno().pk])
