"""Received files are kept once, byte by byte."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from recaudo.infra.files import almacen
from recaudo.infra.files.almacen import abrir_contenido, contenido_de, guardar_archivo
from recaudo.infra.files.models import Archivo

pytestmark = pytest.mark.django_db
EN = datetime(2026, 6, 16, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("contenido", [b"", b"a", bytes(range(256)) * 500])
def test_the_bytes_come_back_as_they_came(contenido: bytes) -> None:
    archivo = guardar_archivo("extracto.xml", contenido, EN)
    assert contenido_de(archivo.pk) == contenido
    assert archivo.tamano == len(contenido)


def test_the_same_bytes_with_another_name_are_the_same_file() -> None:
    primero = guardar_archivo("uno.txt", b"igual", EN)
    segundo = guardar_archivo("dos.txt", b"igual", EN)
    assert segundo.pk == primero.pk
    assert Archivo.objects.filter(sha256=primero.sha256).count() == 1
    assert guardar_archivo("uno.txt", b"otro", EN).pk != primero.pk


def test_of_two_receptions_at_once_the_second_finds_the_row_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    primero = guardar_archivo("uno.txt", b"igual", EN)
    monkeypatch.setattr(almacen, "_existente", lambda _: None)  # it had not been written yet
    assert guardar_archivo("dos.txt", b"igual", EN).pk == primero.pk


def test_twin_without_the_constraint_the_same_bytes_are_two_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE files_archivo DROP CONSTRAINT archivo_contenido_unico")
    monkeypatch.setattr(almacen, "_existente", lambda _: None)
    assert guardar_archivo("a", b"igual", EN).pk != guardar_archivo("b", b"igual", EN).pk


def test_a_path_or_control_characters_never_become_part_of_the_name() -> None:
    archivo = guardar_archivo("../../etc/pa\x00ss\nwd", b"x", EN)
    assert archivo.nombre == "passwd"
    assert guardar_archivo("", b"y", EN).nombre == "sin-nombre"
    assert len(guardar_archivo("n" * 500, b"z", EN).nombre) == 200


@pytest.mark.parametrize("de_a", [1, 1000, 1 << 20, -1])
def test_what_is_kept_opens_by_pieces_and_is_the_same(de_a: int) -> None:
    contenido = b"".join(b"%d\n" % n for n in range(20_000))
    fila = guardar_archivo("a.txt", contenido, EN)
    with abrir_contenido(fila.pk) as abierto:
        trozos = list(iter(lambda: abierto.read(de_a), b""))
    assert b"".join(trozos) == contenido
    assert max(map(len, trozos)) <= (de_a if de_a > 0 else 1 << 16)
