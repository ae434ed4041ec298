"""A start migrates what is pending and nothing else."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from recaudo.project import puesta_a_punto


@pytest.mark.django_db
def test_a_start_migrates_only_when_something_is_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    migradas: list[str] = []
    monkeypatch.setattr(puesta_a_punto, "call_command", lambda que, **_: migradas.append(que))
    puesta_a_punto.preparar_base()
    assert migradas == []
    anotadas = MigrationRecorder(connection)
    ultima = max(nombre for cuarto, nombre in anotadas.applied_migrations() if cuarto == "cartera")
    anotadas.record_unapplied("cartera", ultima)
    puesta_a_punto.preparar_base()
    assert migradas == ["migrate"]
