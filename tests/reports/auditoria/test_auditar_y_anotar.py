"""An audit leaves its result in the history, and the next one starts where a sound one ended."""

from datetime import date

import pytest
from django.db import connection

from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.reports.auditoria.actions.auditar_y_anotar import auditar_y_anotar
from recaudo.reports.auditoria.historia import ultimo_hecho_sano
from tests.reports.auditoria.faltas import FALTAS, despertar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro")]
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


def test_an_incremental_audit_starts_after_the_last_one_without_faults() -> None:
    sana = auditar_y_anotar(incremental=False, por=Actor.sistema(), hoy=HOY)
    assert ultimo_hecho_sano() == sana.hasta_hecho
    with connection.cursor() as cursor:
        FALTAS["D01"](cursor)
        despertar(cursor)
        cursor.execute("SELECT max(id) FROM audit_hecho")
        assert cursor.fetchone()[0] > sana.hasta_hecho
    segunda = auditar_y_anotar(incremental=True, por=Actor.sistema(), hoy=HOY)
    assert segunda.desde_hecho == sana.hasta_hecho
    assert [r.id for r in segunda.resultados if r.violaciones] == ["D01"]
    assert ultimo_hecho_sano() == sana.hasta_hecho, "a run with faults does not move the mark"
