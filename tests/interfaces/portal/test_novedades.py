"""Batch files at the keyboard: looked at, mended, registered once; refusals say why."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recaudo.domain.afiliacion.models import ArchivoNovedades, Novedad
from recaudo.infra.audit.models import Hecho
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


def revisar(caso: Caso, texto: str | bytes, nombre: str = "novedades.txt") -> str:
    """Send a file to be looked at and return the address of its review."""
    crudo = texto if isinstance(texto, bytes) else texto.encode()
    enviado = {"archivo": SimpleUploadedFile(nombre, crudo)}
    respuesta = caso.navegador.post("@/novedades/cargar/", enviado)
    assert respuesta.status_code == 302, respuesta.content[:1500]
    return str(respuesta["Location"])


def cargar(caso: Caso, texto: str | bytes) -> str:
    """Send a file, confirm it, and return the address of what became of it."""
    respuesta = caso.navegador.post(revisar(caso, texto))
    assert respuesta.status_code == 302, respuesta.content[:1500]
    return str(respuesta["Location"])


def test_a_file_is_looked_at_before_anything_is_registered(caso: Caso, mixto: str) -> None:
    hechos = Hecho.objects.count()
    html = leer(caso.navegador.get(revisar(caso, mixto)))
    assert "Todavía no se registró nada" in html
    assert "1 línea está lista para registrarse" in html
    assert "1 línea no entra" in html
    assert "Registrar 1 línea<" in html.replace("\n", "")
    assert "no tiene un aviso de entrada vigente" in html
    assert not Novedad.objects.exists()
    assert not ArchivoNovedades.objects.exists()
    assert Hecho.objects.count() == hechos


def test_confirming_twice_registers_once(caso: Caso, mixto: str) -> None:
    revision = revisar(caso, mixto)
    primera, segunda = (caso.navegador.post(revision)["Location"] for _ in range(2))
    assert primera == segunda
    assert (Novedad.objects.count(), ArchivoNovedades.objects.count()) == (1, 1)
    html = leer(caso.navegador.get(revision))
    assert "Ninguna línea nueva puede registrarse" in html
    assert "1 línea ya estaba registrada" in html
    assert "Registrar" not in html.partition("<main")[2].partition("</main")[0]


def test_good_lines_enter_and_bad_ones_come_back_with_their_number(caso: Caso, mixto: str) -> None:
    direccion = cargar(caso, mixto)
    html = leer(caso.navegador.get(direccion))
    assert "1 línea por corregir" in html
    assert "AFILIADO_NO_ACTIVO" not in html, "codes are for programs"
    assert html.count("<tr>") == 2, "only the one to mend is shown at first"
    assert leer(caso.navegador.get(f"{direccion}?ver=todas")).count("<tr>") == 3


def test_what_failed_is_mended_on_the_page_before_registering(caso: Caso, mixto: str) -> None:
    otra = hacer_relacion(sucursal=matriz_de(caso.empleador)).persona.identificacion
    revision = revisar(caso, mixto)
    mala = mixto.splitlines()[1]
    html = leer(caso.navegador.get(revision))
    assert f">\n{mala}</textarea>" in html
    corregida = mala.replace("1710034065", otra)
    respuesta = caso.navegador.post(f"{revision}corregir/", {"lineas": corregida})
    html = leer(caso.navegador.get(respuesta["Location"]))
    assert "2 líneas están listas para registrarse" in html
    assert "no entra" not in html
    caso.navegador.post(respuesta["Location"])
    assert Novedad.objects.count() == 2


def test_what_failed_is_mended_on_the_page_after_registering_the_rest(
    caso: Caso, mixto: str
) -> None:
    otra = hacer_relacion(sucursal=matriz_de(caso.empleador)).persona.identificacion
    resultado = cargar(caso, mixto)
    corregida = mixto.splitlines()[1].replace("1710034065", otra)
    respuesta = caso.navegador.post(f"{resultado}continuar/", {"lineas": corregida})
    caso.navegador.post(respuesta["Location"])
    assert Novedad.objects.count() == 2
    vacia = caso.navegador.post(f"{resultado}continuar/", {"lineas": " \r\n "})
    html = leer(vacia, estado=422)
    assert html.count("Escriba al menos una línea") == 2


def test_only_what_failed_is_downloaded_ready_to_be_sent_again(caso: Caso, mixto: str) -> None:
    revision = revisar(caso, mixto)
    mala = mixto.splitlines()[1]
    assert caso.navegador.get(f"{revision}fallas/").content.decode() == f"{mala}\r\n"
    resultado = cargar(caso, mixto)
    assert caso.navegador.get(f"{resultado}devueltas/").content.decode() == f"{mala}\r\n"


def test_a_review_of_another_or_altered_does_not_exist(caso: Caso, ajeno: Caso, mixto: str) -> None:
    revision = revisar(caso, mixto)
    perdida(ajeno.navegador.get(revision.replace(caso.casa, ajeno.casa)))
    perdida(ajeno.navegador.post(revision.replace(caso.casa, ajeno.casa)))
    perdida(caso.navegador.get(f"{revision[:-3]}xx/"))
    assert not Novedad.objects.exists()


def test_the_file_with_a_mark_of_utf8_enters_whole(caso: Caso, mixto: str) -> None:
    """Case b1 of the files of events."""
    buena = mixto.splitlines()[0]
    html = leer(caso.navegador.get(cargar(caso, b"\xef\xbb\xbf" + buena.encode())))
    assert "1 línea registrada" in html


def test_the_result_file_is_the_file_sent_with_the_outcome_after_each_line(
    caso: Caso, mixto: str
) -> None:
    respuesta = caso.navegador.get(f"{cargar(caso, mixto)}resultado/")
    lineas = respuesta.content.decode().splitlines()
    for enviada, vuelta in zip(mixto.splitlines(), lineas, strict=True):
        assert vuelta.startswith(f"{enviada};")
    assert ";RECHAZADA;AFILIADO_NO_ACTIVO;" in lineas[1]
    assert "attachment" in respuesta["Content-Disposition"]


def test_the_list_shows_each_file_once(caso: Caso, mixto: str) -> None:
    assert "No hay archivos de novedades" in leer(caso.navegador.get("@/novedades/"))
    cargar(caso, mixto)
    html = leer(caso.navegador.get("@/novedades/"))
    assert "1 archivo" in html
    assert "noviembre de 2026" in html
    assert "Aviso de nuevo sueldo" in html


def test_the_list_is_searched_filtered_and_handed_as_a_file(caso: Caso, mixto: str) -> None:
    cargar(caso, mixto)
    for si, no in (("q=NOVEDADES", "q=otro"), ("resultado=por_corregir", "resultado=completo"),
                   ("desde=2026-01-01", "desde=2099-01-01")):  # fmt: skip
        assert "novedades.txt" in leer(caso.navegador.get(f"@/novedades/?{si}"))
        assert "novedades.txt" not in leer(caso.navegador.get(f"@/novedades/?{no}"))
    hoja = b"".join(caso.navegador.get("@/novedades/?formato=csv").streaming_content).decode()
    assert '"novedades.txt";"Aviso de nuevo sueldo";"noviembre de 2026"' in hoja
    assert "<" not in hoja
    libro = caso.navegador.get("@/novedades/?formato=xlsx")
    assert b"".join(libro.streaming_content).startswith(b"PK")
    libro.close()


@pytest.mark.parametrize(
    ("enviado", "frase"),
    [
        ({}, "Seleccione el archivo de novedades"),
        ({"archivo": archivo("x", "foto.jpg")}, "El archivo debe ser TXT, DAT o CSV"),
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
