"""S12: whatever is not as it was installed is named, and so is a notebook that lies."""

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import pytest
from django.db import connection, transaction

from recaudo.infra.firmas import libreta
from recaudo.project import puesta_a_punto
from recaudo.project.cli import ejecutar
from recaudo.reports.auditoria.huella import comparar
from recaudo.reports.auditoria.huella.comparar import (
    HUELLA,
    BaseAlterada,
    ajustes_distintos,
    comprobar_base,
    diferencias,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro", "cuaderno")]


def halladas() -> list[str]:
    with connection.cursor() as cursor:
        return [str(d) for d in diferencias(cursor)]


#: What is done to what was installed, and how it is named.
ALTERAR = [
    ("ALTER TABLE recaudacion_pago DISABLE TRIGGER USER",
     "el disparador pago_de_su_ingreso de recaudacion_pago: no es la que se instaló"),
    ("DROP TRIGGER hecho_solo_agregar ON audit_hecho",
     "el disparador hecho_solo_agregar de audit_hecho: falta"),
    (("CREATE OR REPLACE FUNCTION recaudo_solo_agregar() RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN RETURN NEW; END'"), "la función recaudo_solo_agregar(): no es la que se instaló"),
    ("ALTER FUNCTION recaudo_solo_agregar() SET search_path = pg_temp, public",
     "la función recaudo_solo_agregar(): no es la que se instaló"),
    ("ALTER FUNCTION recaudo_dolares(bigint) VOLATILE",
     "la función recaudo_dolares(centavos bigint)"),
    ("CREATE FUNCTION puerta() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
     "la función puerta(): sobra: nadie la instaló"),
    ("CREATE TABLE sobra (x int)", "la tabla sobra: sobra"),
    ("CREATE SCHEMA otro", "el esquema otro: sobra"),
    ("GRANT DELETE ON recaudacion_pago TO PUBLIC", "la tabla recaudacion_pago: no es"),
    ("GRANT UPDATE (importe) ON recaudacion_pago TO PUBLIC",
     "la columna recaudacion_pago.importe: no es"),
    ("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC", "los permisos por omisión r de"),
    ("ALTER TABLE recaudacion_pago ALTER fecha_pago SET DEFAULT '2020-01-01'",
     "la columna recaudacion_pago.fecha_pago: no es"),
    ("ALTER TABLE obligaciones_obligacion DROP CONSTRAINT obligacion_saldo_entre_cero_y_capital",
     "la restricción obligacion_saldo_entre_cero_y_capital de obligaciones_obligacion: falta"),
    ("DROP INDEX movimiento_una_vez_para_siempre",
     "el índice único movimiento_una_vez_para_siempre: falta"),
    ("CREATE RULE nada AS ON UPDATE TO recaudacion_pago DO INSTEAD NOTHING",
     "la regla nada de recaudacion_pago: sobra"),
    ("UPDATE contabilidad_cuenta SET nombre = 'Otra' WHERE codigo = '1201'",
     "la cuenta 1201: no es la del plan de cuentas"),
    (("INSERT INTO contabilidad_cuenta (codigo, nombre, naturaleza, fondo, estado_cartera) VALUES "
      "('9999', 'Mía', 'DEUDORA', '', '')"), "la cuenta 9999: no está en el plan"),
    ("UPDATE organizacion_canton SET nombre = 'Otro' WHERE codigo = '1701'",
     "el cantón 1701: no es el de la división política"),
    (("INSERT INTO audit_estadopaso (maquina, acto, desde, hacia, desde_fecha, norma) VALUES "
      "('glosa', 'abrir_cuenta', 'notificada', 'cancelada', '2020-01-01', 'ninguna')"),
     "los pasos de la máquina glosa: no es"),
    ("ALTER DATABASE {base} SET work_mem = '9MB'", "los ajustes del papel cualquiera en esta base"),
]  # fmt: skip


def test_what_was_installed_is_what_was_signed_and_all_of_it_was_looked_at() -> None:
    assert halladas() == []
    firmadas = libreta.leer()[HUELLA]["cosas"]
    clases = {" ".join(nombre.split(" ")[:2]) for nombre in firmadas}
    assert {
        "la tabla", "la columna", "la restricción", "el índice", "el disparador", "la función",
        "la vista", "la secuencia", "el esquema", "el papel", "los pasos", "las provincias",
    } <= clases  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'recaudo\\_%'")
        assert cursor.fetchone()[0] == sum(n.startswith("la función recaudo_") for n in firmadas)


@pytest.mark.parametrize(("orden", "dice"), ALTERAR)
def test_each_change_of_what_was_installed_is_named(orden: str, dice: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(orden.format(base=connection.settings_dict["NAME"]))
    assert any(dice in d for d in halladas()), halladas()


def test_the_tables_that_the_law_made_are_asked_of_it_again() -> None:
    with connection.cursor() as cursor:
        assert diferencias(cursor, con_la_norma=True) == ()
        cursor.execute(
            "UPDATE planillas_tarifaresiduo SET ivm = ivm + 1, salud = salud - 1 "
            "WHERE (tarifa_id, residuo) = (SELECT min(tarifa_id), 5000 "
            "FROM planillas_tarifaresiduo)"
        )
        (una,) = diferencias(cursor, con_la_norma=True)
    assert "los residuos de la tarifa" in str(una)


def test_a_guard_of_one_mass_partition_put_to_sleep_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(relname) FROM pg_class WHERE relname ~ '^contabilidad_partida_[0-9]+$'"
        )
        (particion,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {particion} DISABLE TRIGGER USER")
    (una,) = halladas()
    assert una.startswith(f"la partición {particion}: ")
    assert "no está cerrada" in una


def _quitar(cuaderno: Path) -> None:
    cuaderno.unlink()


def _quitar_todo(cuaderno: Path) -> None:
    cuaderno.unlink()
    cuaderno.with_suffix(".bitacora").unlink()


def _retocar(cuaderno: Path) -> None:
    cuaderno.write_text(cuaderno.read_text().replace('"programa": "', '"programa": "x'))


def _romper(cuaderno: Path) -> None:
    cuaderno.write_text("{")


def _devolver(cuaderno: Path) -> None:
    vieja = cuaderno.read_bytes()
    libreta.anotar("marca", {"hasta": 1})
    cuaderno.write_bytes(vieja)


@pytest.mark.parametrize(
    ("hacer", "dice"),
    [
        (_quitar, "la libreta de la que habla su bitácora"),
        (_quitar_todo, "No está la libreta firmada"),
        (_retocar, "su firma no es de esta instalación"),
        (_romper, "no se puede leer"),
        (_devolver, "es más vieja que su bitácora"),
    ],
)
def test_a_notebook_that_is_missing_or_lies_is_a_failure_with_words_and_no_skip(
    cuaderno: Path, hacer: Callable[[Path], None], dice: str
) -> None:
    hacer(cuaderno)
    (una,) = halladas()
    assert dice in una


def test_another_key_does_not_sign_for_this_house_and_a_retired_one_still_verifies(
    settings: Any,
) -> None:
    settings.CLAVES_DE_SELLO = ["nueva", *settings.CLAVES_DE_SELLO]
    assert halladas() == []
    settings.CLAVES_DE_SELLO = ["nueva"]
    assert "su firma no es de esta instalación" in halladas()[0]


def test_a_start_refuses_an_altered_database_in_production_and_warns_elsewhere(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER hecho_solo_agregar ON audit_hecho")
    puesta_a_punto.preparar_base()
    assert "el disparador hecho_solo_agregar de audit_hecho: falta" in caplog.text
    settings.EN_PRODUCCION = True
    with pytest.raises(BaseAlterada, match="hecho_solo_agregar de audit_hecho: falta"):
        puesta_a_punto.preparar_base()


def test_what_differs_is_signed_over_by_no_start_only_by_another_program_and_is_chained(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    antes = libreta.ruta().read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        puesta_a_punto.preparar_base()
    assert libreta.ruta().read_bytes() == antes, "the same program signs nothing again"
    monkeypatch.setattr(puesta_a_punto, "programa", lambda: "otro")
    with django_capture_on_commit_callbacks(execute=True):
        puesta_a_punto.preparar_base()
    assert libreta.leer()[HUELLA]["programa"] == "otro"
    bitacora = libreta.ruta().with_suffix(".bitacora").read_text().splitlines()
    tipos = [linea.split()[2] for linea in bitacora]
    assert (tipos[:2], tipos[-1]) == (["empezada", "huella"], "huella")
    assert [int(linea.split()[0]) for linea in bitacora] == list(range(1, len(bitacora) + 1))


@pytest.mark.parametrize("hacer", [_quitar, _quitar_todo, _romper, _retocar])
def test_what_lost_its_notebook_is_signed_by_no_start_only_by_an_operator(
    cuaderno: Path,
    hacer: Callable[[Path], None],
    django_capture_on_commit_callbacks: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hacer(cuaderno)
    antes = cuaderno.read_bytes() if cuaderno.exists() else None
    with django_capture_on_commit_callbacks(execute=True):
        puesta_a_punto.preparar_base()
    assert antes == (cuaderno.read_bytes() if cuaderno.exists() else None)
    assert ejecutar(["base", "huella", "--firmar", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["diferencias"][0]["cosa"] == "la libreta firmada"
    with django_capture_on_commit_callbacks(execute=True):
        assert ejecutar(["base", "huella", "--firmar", "--ejecutar"]) == 0
    assert halladas() == []
    assert ejecutar(["base", "huella", "--json"]) == 0


def test_a_restored_dump_differs_in_parentheses_and_is_the_same_and_another_rule_is_not() -> None:
    """What a dump writes and a restore reads again is written back in another way, once."""
    cual = "glosa_una_viva_por_obligacion"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [cual])
        (orden,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {cual}")
        cursor.execute(orden)
        assert [str(d).split(":")[0] for d in diferencias(cursor)] == [f"el índice único {cual}"]
        escrita = libreta.leer()[HUELLA]
        libreta.anotar(HUELLA, {**escrita, "servidor": "otro"})
        assert diferencias(cursor) == ()
        cursor.execute(f"DROP INDEX {cual}")
        cursor.execute(orden.replace("en_espera_de_notificacion", "notificada"))
        assert [str(d).split(":")[0] for d in diferencias(cursor)] == [f"el índice único {cual}"]


def test_durability_is_asked_of_every_server_but_that_of_the_tests() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        assert ajustes_distintos(cursor, "test") == ()
        cursor.execute("SET LOCAL synchronous_commit = off")
        assert "el ajuste synchronous_commit" in {d.cosa for d in ajustes_distintos(cursor, "prod")}


def test_the_comparison_of_a_start_takes_less_than_three_tenths_of_a_second() -> None:
    comprobar_base()
    inicio = perf_counter_ns()
    comprobar_base()
    assert perf_counter_ns() - inicio < 300_000_000
    assert comparar.leer_huella().cosas
