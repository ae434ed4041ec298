"""Batch files at the keyboard: good rows enter, bad rows come back, refusals say why."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recaudo.domain.afiliacion.models import ArchivoNovedades
from tests.factories.afiliacion import hacer_relacion, matriz_de
from tests.interfaces.portal.conftest import Caso, leer, perdida


def archivo(texto: str, nombre: str = "novedades.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, texto.encode())


@pytest.fixture
def mixto(caso: Caso) -> str:
    """A file of new salaries: one good row, one of a person who does not work there."""
    cedula = hacer_relacion(sucursal=matriz_de(caso.empleador)).persona.identificacion
    ruc = caso.empleador.ruc
    return f"{ruc};0001;2026;11;MSU;{cedula};900.00\r\n{ruc};0001;2026;11;MSU;1710034065;900.00\r\n"


def cargar(caso: Caso, texto: str) -> str:
    respuesta = caso.navegador.post("@/novedades/cargar/", {"archivo": archivo(texto)})
    assert respuesta.status_code == 302, respuesta.content[:1500]
    return str(respuesta["Location"])


def test_good_rows_enter_and_bad_rows_come_back_with_their_line(caso: Caso, mixto: str) -> None:
    direccion = cargar(caso, mixto)
    html = leer(caso.navegador.get(direccion))
    assert "1 fila rechazada" in html
    assert "AFILIADO_NO_ACTIVO" in html
    assert html.count("<tr>") == 2, "only the rejected one is shown at first"
    assert leer(caso.navegador.get(f"{direccion}?ver=todas")).count("<tr>") == 3


def test_the_result_file_is_the_file_sent_with_the_outcome_after_each_row(
    caso: Caso, mixto: str
) -> None:
    respuesta = caso.navegador.get(f"{cargar(caso, mixto)}resultado/")
    lineas = respuesta.content.decode().splitlines()
    for enviada, vuelta in zip(mixto.splitlines(), lineas, strict=True):
        assert vuelta.startswith(f"{enviada};")
    assert ";RECHAZADA;AFILIADO_NO_ACTIVO;" in lineas[1]
    assert "attachment" in respuesta["Content-Disposition"]


def test_the_list_shows_each_file_once(caso: Caso, mixto: str) -> None:
    assert "No ha cargado archivos" in leer(caso.navegador.get("@/novedades/"))
    cargar(caso, mixto)
    html = leer(caso.navegador.get("@/novedades/"))
    assert "1 archivo" in html
    assert "noviembre de 2026" in html


@pytest.mark.parametrize(
    ("enviado", "frase"),
    [
        ({}, "Seleccione el archivo de novedades"),
        ({"archivo": archivo("x", "foto.jpg")}, "El archivo debe ser TXT o DAT"),
        ({"archivo": SimpleUploadedFile("n.txt", b"")}, "El archivo está vacío"),
        ({"archivo": archivo("hola\r\n")}, "Ninguna línea dice un tipo de novedad"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_beside_the_field(
    caso: Caso, enviado: dict[str, SimpleUploadedFile], frase: str
) -> None:
    for uno in enviado.values():
        uno.seek(0)
    html = leer(caso.navegador.post("@/novedades/cargar/", enviado), estado=422)
    assert html.count(frase) == 2, "in the summary and beside the field"
    assert "<title>Error: " in html
    assert not ArchivoNovedades.objects.exists()


def test_the_file_of_another_employer_does_not_enter_nor_is_seen(
    caso: Caso, ajeno: Caso, mixto: str
) -> None:
    html = leer(
        ajeno.navegador.post("@/novedades/cargar/", {"archivo": archivo(mixto)}), estado=422
    )
    assert "RUC" in html
    direccion = cargar(caso, mixto)
    missing = perdida(ajeno.navegador.get("@/novedades/999999/"))
    suya = direccion.replace(caso.casa, ajeno.casa)
    assert perdida(ajeno.navegador.get(suya)) == missing
    assert perdida(ajeno.navegador.get(f"{suya}resultado/")) == missing
    perdida(ajeno.navegador.get(direccion))


def test_the_page_tells_the_fields_of_every_type(caso: Caso) -> None:
    html = leer(caso.navegador.get("@/novedades/cargar/"))
    for tipo in ("ENT", "SAL", "MSU", "INS", "MND"):
        assert f"{tipo}: " in html
