"""Received files are kept once, byte by byte."""

import hashlib
import io
from collections.abc import Iterator

import pytest
from django.db import connection

from recaudo.infra.files.almacen import PIEZA, abrir_contenido, guardar_archivo, guardar_piezas
from recaudo.infra.files.models import Archivo, PiezaDeArchivo
from recaudo.infra.files.por_partes import ArchivoCambiado, Copia, huella_de

pytestmark = pytest.mark.django_db


def contenido_de(archivo: int) -> bytes:
    with abrir_contenido(archivo) as abierto:
        return abierto.readall()  # type: ignore[attr-defined,no-any-return]


#: Nothing of it repeats: compressed it is as long.
RUIDO = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(3 * PIEZA // 32))


@pytest.mark.parametrize("contenido", [b"", b"a", bytes(range(256)) * 500, RUIDO, b"0" * PIEZA])
def test_the_bytes_come_back_as_they_came_and_no_piece_is_large(contenido: bytes) -> None:
    archivo = guardar_archivo("extracto.xml", contenido)
    assert contenido_de(archivo) == contenido
    assert Archivo.objects.get(pk=archivo).tamano == len(contenido)
    piezas = [bytes(p.contenido) for p in PiezaDeArchivo.objects.filter(archivo_id=archivo)]
    assert max(map(len, piezas)) < 2 * PIEZA
    assert (len(piezas) >= 3) is (contenido == RUIDO)


def test_the_same_bytes_with_another_name_are_the_same_file() -> None:
    primero = guardar_archivo("uno.txt", b"igual")
    assert guardar_archivo("dos.txt", b"igual") == primero
    assert guardar_archivo("uno.txt", b"otro") != primero
    assert contenido_de(primero) == b"igual"


def test_twin_without_the_constraint_the_same_bytes_are_two_files() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE files_archivo DROP CONSTRAINT archivo_contenido_unico")
    assert guardar_archivo("a", b"igual") != guardar_archivo("b", b"igual")


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_pieces_end_badly_is_not_kept_at_all() -> None:
    def piezas() -> Iterator[bytes]:
        yield b"x"
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it says nothing
        guardar_piezas("a", piezas(), sha256="0" * 64, tamano=1)
    assert not Archivo.objects.exists()


def test_a_path_or_control_characters_never_become_part_of_the_name() -> None:
    def nombre(dicho: str, contenido: bytes) -> str:
        return str(Archivo.objects.get(pk=guardar_archivo(dicho, contenido)).nombre)

    assert nombre("../../etc/pa\x00ss\nwd", b"x") == "passwd"
    assert nombre("", b"y") == "sin-nombre"
    assert len(nombre("n" * 500, b"z")) == 200


@pytest.mark.parametrize("de_a", [1, 1000, 1 << 20, -1])
def test_what_is_kept_opens_by_pieces_and_is_the_same(de_a: int) -> None:
    contenido = b"".join(b"%d\n" % n for n in range(20_000))
    fila = guardar_archivo("a.txt", contenido)
    with abrir_contenido(fila) as abierto:
        trozos = list(iter(lambda: abierto.read(de_a), b""))
    assert b"".join(trozos) == contenido
    assert max(map(len, trozos)) <= (de_a if de_a > 0 else 1 << 16)


def test_what_somebody_reads_is_kept_as_it_is_read() -> None:
    sha256, tamano = huella_de(lambda: io.BytesIO(RUIDO))
    with Copia(lambda: io.BytesIO(RUIDO), sha256=sha256, tamano=tamano) as copia:
        leido = b"".join(iter(lambda: copia.abrir().read(9_999), b""))
        archivo = copia.guardar("a")
    assert leido == contenido_de(archivo) == RUIDO


@pytest.mark.parametrize("ahora", [RUIDO[:-1], RUIDO + b"x", b"x" + RUIDO[1:]])
def test_a_file_that_changes_between_its_digest_and_its_reading_is_not_kept(ahora: bytes) -> None:
    sha256, tamano = huella_de(lambda: io.BytesIO(RUIDO))
    with Copia(lambda: io.BytesIO(ahora), sha256=sha256, tamano=tamano) as copia:
        while copia.abrir().read(1 << 16):
            pass
        with pytest.raises(ArchivoCambiado):
            copia.guardar("a")
    assert not Archivo.objects.exists()


def test_who_reads_does_not_wait_for_a_copy_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twin of the full disk: more than waits in the queue is read, and the failure is told."""

    class Lleno(io.BytesIO):
        def write(self, _: object, /) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("recaudo.infra.files.por_partes.SpooledTemporaryFile", lambda _: Lleno())
    grande = bytes(8 << 20)
    with Copia(lambda: io.BytesIO(grande), sha256="", tamano=0) as copia:
        while copia.abrir().read(1 << 16):
            pass
        with pytest.raises(OSError, match="No space left"):
            copia.guardar("a")
