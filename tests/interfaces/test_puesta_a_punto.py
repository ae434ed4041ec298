"""A start migrates what is pending and nothing else, on a database that its migrations made."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from recaudo.infra.postgres.places import default_root
from recaudo.project import puesta_a_punto
from recaudo.project.version_de_la_base import BaseDeOtraVersion


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


_SIN_ANOTAR = "COMMENT ON TABLE django_migrations IS NULL"


def _otra_columna(cursor: Any) -> None:
    cursor.execute(_SIN_ANOTAR)
    cursor.execute("ALTER TABLE recaudacion_pago RENAME fecha_pago TO fecha")


def _otra_tabla(cursor: Any) -> None:
    cursor.execute(_SIN_ANOTAR)
    cursor.execute("DROP TABLE recaudacion_detallevivo CASCADE")


def _otro_texto(cursor: Any) -> None:
    """The same tables, made by a migration that says another thing: a guard, a function."""
    puesta_a_punto.preparar_base()
    cursor.execute("SELECT obj_description('django_migrations'::regclass, 'pg_class')")
    dicho = json.loads(cursor.fetchone()[0]) | {"recaudacion.0002_guardas": "otra"}
    cursor.execute(f"COMMENT ON TABLE django_migrations IS '{json.dumps(dicho)}'")


def _otra_historia(_cursor: Any) -> None:
    MigrationRecorder(connection).record_applied("cartera", "0003_que_ya_no_esta")


def _sin_orden(_cursor: Any) -> None:
    MigrationRecorder(connection).record_unapplied("recaudacion", "0001_initial")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hacer", "dice"),
    [
        (_otra_columna, "la columna fecha_pago de recaudacion_pago"),
        (_otra_tabla, "la tabla recaudacion_detallevivo"),
        (_otro_texto, "cambió recaudacion.0002_guardas"),
        (_otra_historia, "cambió cartera.0003_que_ya_no_esta"),
        (_sin_orden, "su historia de migraciones es otra"),
    ],
)
def test_a_database_of_other_migrations_is_refused_in_words_and_not_touched(
    hacer: Callable[[Any], None], dice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one failed page after another: what differs, which folder, what else may be done."""
    with connection.cursor() as cursor:
        hacer(cursor)
    monkeypatch.setattr(puesta_a_punto, "call_command", pytest.fail)
    with pytest.raises(BaseDeOtraVersion, match=dice) as dicho:
        puesta_a_punto.preparar_base()
    assert f"borre la carpeta {default_root()}" in dicho.value.mensaje
    assert "DATABASE_URL" in dicho.value.mensaje


@pytest.mark.django_db
def test_a_start_killed_before_its_last_migration_is_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It ran some and not others: that is no database of another version."""
    anotadas = MigrationRecorder(connection)
    with connection.cursor() as cursor:
        cursor.execute(_SIN_ANOTAR)
        ultimas = [c for c in anotadas.applied_migrations() if c[0] == "cartera"]
        for cuarto, nombre in ultimas:
            anotadas.record_unapplied(cuarto, nombre)

        def muere(*_: object, **__: object) -> None:
            cursor.execute("DROP TABLE cartera_glosa CASCADE")
            raise KeyboardInterrupt

        monkeypatch.setattr(puesta_a_punto, "exigir_la_misma_version", lambda _: None)
        monkeypatch.setattr(puesta_a_punto, "call_command", muere)
        with pytest.raises(KeyboardInterrupt):
            puesta_a_punto.preparar_base()
        monkeypatch.undo()
        migradas: list[str] = []
        monkeypatch.setattr(puesta_a_punto, "call_command", lambda que, **_: migradas.append(que))
        monkeypatch.setattr(puesta_a_punto, "cargar_catalogos", lambda: None)
        monkeypatch.setattr(puesta_a_punto, "aplicar_concesiones", lambda _: None)
        puesta_a_punto.preparar_base()
    assert migradas == ["migrate"]


@pytest.mark.django_db
def test_a_database_that_this_program_made_goes_on_and_remembers_it() -> None:
    """Made before anybody noted it, it is looked at; from then on, it is compared."""
    with connection.cursor() as cursor:
        cursor.execute(_SIN_ANOTAR)
        puesta_a_punto.preparar_base()
        puesta_a_punto.preparar_base()
        cursor.execute("SELECT obj_description('django_migrations'::regclass, 'pg_class')")
        assert "recaudacion.0002_guardas" in cursor.fetchone()[0]
