"""`recaudo novedades cargar`: dry by default, one JSON object, exit codes of the contract."""

import json
from datetime import date
from pathlib import Path

import pytest

from recaudo.domain.afiliacion.models import ArchivoNovedades, Novedad
from recaudo.infra.audit.models import Hecho
from recaudo.infra.clock import fijar_fecha_simulada
from recaudo.project.cli import ejecutar
from tests.domain.afiliacion.archivos import archivo, entrada
from tests.factories.afiliacion import cedula_sintetica, hacer_empleador

pytestmark = pytest.mark.django_db
UNA = cedula_sintetica(850_001)
DOS = cedula_sintetica(820_002)


@pytest.fixture(autouse=True)
def _en_junio(db: None) -> None:
    fijar_fecha_simulada(date(2026, 6, 16))


def _correr(
    capsys: pytest.CaptureFixture[str], carpeta: Path, contenido: bytes, ruc: str, *opciones: str
) -> tuple[int, str, str]:
    ruta = carpeta / "novedades.txt"
    ruta.write_bytes(contenido)
    capsys.readouterr()
    codigo = ejecutar(["novedades", "cargar", str(ruta), "--ruc", ruc, *opciones])
    escrito = capsys.readouterr()
    return codigo, escrito.out, escrito.err


def test_without_ejecutar_it_says_what_it_would_do_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empleador = hacer_empleador()
    contenido = archivo(entrada(empleador, UNA), "x")
    codigo, salida, avisos = _correr(capsys, tmp_path, contenido, empleador.ruc, "--json")
    assert codigo == 0
    respuesta = json.loads(salida)
    assert set(respuesta) == {"aceptadas", "rechazadas", "filas"}
    assert (respuesta["aceptadas"], respuesta["rechazadas"]) == (1, 1)
    assert set(respuesta["filas"][0]) == {"numero", "estado", "codigo", "mensaje"}
    assert respuesta["filas"][1]["codigo"] == "NUMERO_DE_CAMPOS"
    assert "--ejecutar" in avisos
    assert not Novedad.objects.exists()
    assert not Hecho.objects.exists()


def test_with_ejecutar_it_enters_and_the_second_time_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empleador = hacer_empleador()
    contenido = archivo(entrada(empleador, UNA))
    opciones = ("--json", "--ejecutar")
    assert _correr(capsys, tmp_path, contenido, empleador.ruc, *opciones)[0] == 0
    assert Novedad.objects.count() == 1
    codigo, salida, _ = _correr(capsys, tmp_path, contenido, empleador.ruc, *opciones)
    respuesta = json.loads(salida)
    assert (codigo, respuesta["aceptadas"], respuesta["rechazadas"]) == (0, 0, 0)
    assert respuesta["filas"][0]["codigo"] == "YA_REGISTRADA"
    otra = archivo(entrada(empleador, DOS))
    codigo, salida, _ = _correr(capsys, tmp_path, otra, empleador.ruc, *opciones)
    assert codigo == 1
    assert json.loads(salida)["rechazo"]["codigo"] == "TIPO_YA_PROCESADO"
    assert (Novedad.objects.count(), ArchivoNovedades.objects.count()) == (1, 1)


def test_a_person_reads_a_table_with_the_lines_that_came_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empleador = hacer_empleador()
    contenido = archivo(entrada(empleador, UNA), "[bold]x")
    codigo, salida, _ = _correr(capsys, tmp_path, contenido, empleador.ruc)
    assert codigo == 0
    assert "Líneas devueltas" in salida
    assert "NUMERO" in salida


@pytest.mark.parametrize("ruc", ["1790016919001", "hola"])
def test_an_unknown_employer_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, ruc: str
) -> None:
    codigo, salida, _ = _correr(capsys, tmp_path, b"x", ruc, "--json")
    assert codigo == 1
    assert json.loads(salida)["rechazo"]["codigo"] == "EMPLEADOR_DESCONOCIDO"


def test_a_refused_file_leaves_nothing_in_a_rehearsal_and_its_reason_when_executed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empleador = hacer_empleador()
    assert _correr(capsys, tmp_path, b"", empleador.ruc, "--json")[0] == 1
    assert not Hecho.objects.exists()
    assert _correr(capsys, tmp_path, b"", empleador.ruc, "--json", "--ejecutar")[0] == 1
    assert Hecho.objects.get().tipo == "archivo_de_novedades_rechazado"


def test_a_file_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    empleador = hacer_empleador()
    assert ejecutar(["novedades", "cargar", "/no/existe", "--ruc", empleador.ruc]) == 2
    assert capsys.readouterr().err.count("\n") == 1
