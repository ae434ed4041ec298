"""Loads and reserved keys: stretches nobody else takes, temporary tables, named statements."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from recaudo.infra.carga import PasosSql, copiar, leer_pasos, reservar, tabla_temporal


@pytest.fixture
def cuaderno(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE cuaderno (id bigserial PRIMARY KEY, nota text)")


@pytest.mark.usefixtures("cuaderno")
def test_the_keys_are_in_a_row_and_after_those_already_given() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cuaderno (nota) VALUES ('a')")
        primero = reservar(cursor, "cuaderno", 1000)
        assert primero > 1
        cursor.execute("INSERT INTO cuaderno (nota) VALUES ('b') RETURNING id")
        assert cursor.fetchone()[0] == primero + 1000
        assert reservar(cursor, "cuaderno", 1) == primero + 1001
        with pytest.raises(DatabaseError, match="al menos una"):
            reservar(cursor, "cuaderno", 0)


@pytest.mark.django_db(transaction=True)
def test_no_key_is_given_twice_to_those_who_reserve_and_those_who_take_one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE cuaderno (id bigserial PRIMARY KEY, nota text)")
    given: list[list[int]] = []
    start = threading.Barrier(4)

    def reserve() -> None:
        mine: list[int] = []
        try:
            with connection.cursor() as cursor:
                start.wait()
                for n in (1, 2, 50, 3, 700) * 8:
                    primero = reservar(cursor, "cuaderno", n)
                    mine += range(primero, primero + n)
        finally:
            connections.close_all()
        given.append(mine)

    def take() -> None:
        mine: list[int] = []
        try:
            with connection.cursor() as cursor:
                start.wait()
                for _ in range(400):
                    cursor.execute("INSERT INTO cuaderno (nota) VALUES ('x') RETURNING id")
                    mine.append(int(cursor.fetchone()[0]))
        finally:
            connections.close_all()
        given.append(mine)

    workers = [threading.Thread(target=t) for t in (reserve, reserve, take, take)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    todas = [key for mine in given for key in mine]
    assert len(todas) == 2 * 8 * 756 + 800 == len(set(todas))


@pytest.mark.django_db
def test_a_temporary_table_is_made_again_and_filled_and_a_text_keeps_its_marks() -> None:
    with connection.cursor() as cursor:
        for _ in range(2):
            tabla_temporal(cursor, "t_x (n int, que text, lista jsonb)", [(1, "a\tb\\", "[1]")])
        cursor.execute("SELECT n, que, lista->>0 FROM t_x")
        assert cursor.fetchall() == [(1, "a\tb\\", "1")]
        copiar(cursor, "t_x", ["n", "que"], [(2, None), (3, "ñ")])
        cursor.execute("SELECT n, que FROM t_x WHERE n > 1 ORDER BY n")
        assert cursor.fetchall() == [(2, None), (3, "ñ")]


@pytest.fixture
def archivo(tmp_path: Path) -> Iterator[Path]:
    ruta = tmp_path / "x.sql"
    ruta.write_text(
        "-- Preface.\n-- paso: uno\nCREATE TEMP TABLE {t} ON COMMIT DROP AS "
        "SELECT %(a)s::int AS a;\n\n-- paso: dos\nSELECT a + %(b)s FROM {t}\n",
        encoding="utf-8",
    )
    yield ruta
    leer_pasos.cache_clear()


@pytest.mark.django_db
def test_the_steps_of_a_file_run_by_name_with_values_that_grow(archivo: Path) -> None:
    assert list(leer_pasos(archivo)) == ["uno", "dos"]
    with connection.cursor() as cursor:
        pasos = PasosSql(cursor, archivo, {"a": 20}, {"t": "t_y"})
        pasos("uno")
        pasos.valores["b"] = 22
        pasos.analizar("t_y")
        assert pasos.fila("dos") == (42,)
        assert pasos.texto("dos") == "SELECT a + 22 FROM t_y"
        with pytest.raises(KeyError):
            pasos("tres")
