"""Frozen documents: content, digest, code, number; and the guards, each with its failing twin."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.canonico import ContenidoNoAdmitido, huella, texto_canonico
from recaudo.infra.documents.congelado import (
    ALFABETO,
    LARGO_CODIGO,
    DocumentoAnulado,
    anular_documento,
    congelar,
    congelar_muchos,
)
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.numeracion import reservar_numeros, siguiente_numero
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from tests.factories.actos import acto_de_prueba
from tests.factories.cartera import SISTEMA

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 16)


@dataclass(frozen=True)
class HechoDePrueba:
    """A fact that tells nothing, to be able to end an act."""

    tipo: ClassVar[str] = "HechoDePrueba"
    objeto_tipo: ClassVar[str] = "prueba"
    objeto_id: int = 1

    def frase(self) -> str:
        return "Prueba."


ACTO = acto_de_prueba(Permiso.GLOSA_EMITIR, HechoDePrueba, DocumentoAnulado)


@contextmanager
def un_acto() -> Iterator[ActoAbierto]:
    with acto(ACTO, por=SISTEMA, fecha=HOY, norma="Prueba") as a:
        yield a
        a.declarar(HechoDePrueba())


def congelar_uno(**otros: Any) -> Documento:
    """Freeze an ordinary document in an act of its own."""
    datos: dict[str, Any] = {
        "tipo": "PRUEBA",
        "titulo": "Documento de prueba",
        "provincia": "17",
        "empleador_id": 7,
        "titular": "Comercial Ñandú S.A.",
        "contenido": {"total": Dinero("10.50")},
        "plantilla": "cartera/notificacion_de_glosa",
    }
    with un_acto() as a:
        return congelar(acto=a, **{**datos, **otros})


def refused(sql: str, values: list[object] | None = None) -> bool:
    """Whether the database refuses a statement with one of our own codes."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
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


def test_a_float_has_no_place_in_a_document() -> None:
    with pytest.raises(ContenidoNoAdmitido):
        huella({"total": [1.5]})


def test_a_document_takes_number_code_and_digest_and_its_drawing_is_queued() -> None:
    d = congelar_uno()
    assert d.numero == "17-2026-000001"
    assert re.fullmatch(f"[{ALFABETO}]{{{LARGO_CODIGO}}}", d.codigo)
    assert d.contenido == {"total": "10.50"}
    assert d.contenido_sha256 == huella({"total": "10.50"})
    assert d.fecha_emision == HOY
    job = ProcrastinateJob.objects.get(args={"documento_id": d.pk})
    assert (job.task_name, job.queue_name) == ("documentos.dibujar", "documentos")


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
    assert refused("TRUNCATE documents_documento")
    assert without("documento_sin_vaciar", "TRUNCATE documents_documento")


def test_bytes_are_set_once_and_must_be_their_digest() -> None:
    d = congelar_uno()
    put = (
        "UPDATE documents_documento SET bytes = %s, sha256 = encode(sha256(%s), 'hex')"
        " WHERE id = %s"
    )
    assert refused("UPDATE documents_documento SET bytes = 'x', sha256 = 'y' WHERE id = %s", [d.pk])
    assert not refused(put, [b"one", b"one", d.pk])
    assert refused(put, [b"two", b"two", d.pk])
    assert without("documento_fijo", put, [b"two", b"two", d.pk])


def test_a_row_whose_digest_is_not_of_its_content_is_refused() -> None:
    d = congelar_uno()
    copy = (
        "INSERT INTO documents_documento (tipo, numero, titulo, provincia, titular, contenido,"
        " contenido_sha256, plantilla, plantilla_sha256, codigo, estado, emitido_en, fecha_emision,"
        " sha256) SELECT tipo, 'copia', titulo, provincia, titular, %s::jsonb, contenido_sha256,"
        " plantilla, '', 'BBBBBBBBBBBB', estado, emitido_en, fecha_emision, ''"
        " FROM documents_documento WHERE id = %s"
    )
    assert refused(copy, ['{"total": "10.51"}', d.pk])
    assert without("documento_huella", copy, ['{"total": "10.51"}', d.pk])
    assert not refused(copy, ['{"total": "10.50"}', d.pk])


def test_annulling_twice_is_annulling_once_and_there_is_no_way_back() -> None:
    d = congelar_uno()
    for _ in range(2):
        with un_acto() as a:
            assert anular_documento(acto=a, documento_id=d.pk, motivo="Error").estado == "anulado"
    assert Hecho.objects.filter(tipo="documento_anulado", objeto_id=str(d.pk)).count() == 1
    back = "UPDATE documents_documento SET estado = 'vigente' WHERE id = %s"
    assert refused(back, [d.pk])
    assert without("documento_fijo", back, [d.pk])


def test_the_mass_form_freezes_what_the_single_form_would() -> None:
    alone = congelar_uno(contenido={"aa": "ñ", "b": 1, "total": "10.50"}, numero="solo")
    with un_acto() as a, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE lote (numero text, titulo text, provincia text, empleador_id bigint,"
            " titular text, contenido jsonb, valido_hasta date, documento_id bigint) ON COMMIT DROP"
        )
        cursor.execute(
            "INSERT INTO lote SELECT 'n' || i, titulo, provincia, empleador_id, titular, contenido,"
            " valido_hasta FROM documents_documento, generate_series(1, 200) i WHERE id = %s",
            [alone.pk],
        )
        assert congelar_muchos(acto=a, tipo="M", plantilla=alone.plantilla, tabla="lote") == 200
    many = list(Documento.objects.filter(tipo="M"))
    assert {d.contenido_sha256 for d in many} == {alone.contenido_sha256}
    assert len({d.codigo for d in many}) == 200
    assert all(re.fullmatch(f"[{ALFABETO}]{{{LARGO_CODIGO}}}", d.codigo) for d in many)
    assert set("".join(d.codigo for d in many)) == set(ALFABETO)
