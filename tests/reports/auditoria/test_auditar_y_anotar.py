"""An audit leaves its result in the history, and the next one starts where a sound one ended."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.reports.auditoria.actions.auditar_y_anotar import auditar_y_anotar
from recaudo.reports.auditoria.ejecutar import Auditoria, auditar
from recaudo.reports.auditoria.historia import ultimo_hecho_sano
from tests.reports.auditoria.faltas import FALTAS, copiar, despertar, dormir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro", "cuaderno")]
HOY = date(2026, 11, 20)


def test_the_audit_leaves_its_result_in_the_history() -> None:
    auditoria = auditar_y_anotar(incremental=False, por=Actor.sistema(), hoy=HOY)
    hecho = Hecho.objects.order_by("-id")[0]
    assert hecho.tipo == "auditoria_ejecutada"
    assert hecho.despues["hasta_hecho"] == auditoria.hasta_hecho
    assert hecho.frase.endswith("ninguno está roto.")


def test_only_who_may_audit_audits() -> None:
    nadie = Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}))
    with pytest.raises(SinPermiso):
        auditar_y_anotar(incremental=False, por=nadie, hoy=HOY)


def auditada(callbacks: Any, *, incremental: bool) -> Auditoria:
    """Audit, and keep it: only what is kept is signed."""
    with callbacks(execute=True):
        return auditar_y_anotar(incremental=incremental, por=Actor.sistema(), hoy=HOY)


def test_an_incremental_audit_starts_after_the_last_one_without_faults(
    django_capture_on_commit_callbacks: Any,
) -> None:
    sana = auditada(django_capture_on_commit_callbacks, incremental=False)
    assert ultimo_hecho_sano() == sana.hasta_hecho
    with connection.cursor() as cursor:
        FALTAS["D01"](cursor)
        despertar(cursor)
        cursor.execute("SELECT max(id) FROM audit_hecho")
        assert cursor.fetchone()[0] > sana.hasta_hecho
    segunda = auditada(django_capture_on_commit_callbacks, incremental=True)
    assert segunda.desde_hecho == sana.hasta_hecho
    assert [r.id for r in segunda.resultados if r.violaciones] == ["D01"]
    assert ultimo_hecho_sano() == sana.hasta_hecho, "a run with faults does not move the mark"


def test_a_fact_that_says_that_all_was_well_moves_no_mark_and_a_lost_mark_is_a_full_audit(
    cuaderno: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Whoever writes in the database can write that an audit saw everything."""
    with connection.cursor() as cursor:
        dormir(cursor, "audit_hecho")
        cursor.execute("SELECT max(id) FROM audit_hecho")
        (ultimo,) = cursor.fetchone()
        FALTAS["D01"](cursor)
        copiar(
            cursor, "audit_hecho", ultimo, tipo="auditoria_ejecutada", acto="auditar_y_anotar",
            despues=json.dumps({"violaciones": 0, "hasta_hecho": ultimo + 1_000}),
        )  # fmt: skip
        despertar(cursor)
    cuaderno.unlink()
    auditoria = auditada(django_capture_on_commit_callbacks, incremental=True)
    assert auditoria.desde_hecho == 0
    assert {"D01", "S12"} <= {r.id for r in auditoria.resultados if r.violaciones}


def test_an_older_database_than_the_signed_mark_is_named(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """An old backup put back, or the fact of the audit rewritten to say another thing."""
    auditada(django_capture_on_commit_callbacks, incremental=False)
    with connection.cursor() as cursor:
        dormir(cursor, "audit_hecho")
        cursor.execute("DELETE FROM audit_hecho WHERE id = (SELECT max(id) FROM audit_hecho)")
        despertar(cursor)
    (roto,) = [r for r in auditar().resultados if r.violaciones]
    assert roto.id == "S06"
