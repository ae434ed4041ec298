"""`recaudo recaudacion importar`: the contract of its answers."""

import json
from datetime import date
from pathlib import Path

import pytest

from recaudo.domain.recaudacion.models import Comprobante, CuentaBancaria, Extracto
from recaudo.infra import clock
from recaudo.project.cli import ejecutar
from tests.factories.recaudacion import (
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    pago_de,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def comprobante() -> Comprobante:
    clock.fijar_fecha_simulada(date(2026, 9, 12))
    hacer_cuenta()
    return hacer_comprobante()


@pytest.fixture
def archivo(comprobante: Comprobante, tmp_path: Path) -> Path:
    ruta = tmp_path / "extracto.xml"
    ruta.write_bytes(extracto_xml(pago_de(comprobante), Linea(100, "", "SUELTA")))
    return ruta


def orden(archivo: Path, *otras: str) -> list[str]:
    palabras = ["recaudacion", "importar", str(archivo), "--formato", "camt.053"]
    return [*palabras, "--canal", "otro-banco", *otras]


ESPERADO = {
    "lineas": 2,
    "aplicadas": 1,
    "credito_a_favor": 0,
    "por_identificar": 1,
    "duplicadas": 0,
    "rechazadas": 0,
    "retenidas": 0,
    "total": "217.00",
    "cuadra": True,
}


def test_it_rehearses_unless_told_to_do_it(
    comprobante: Comprobante, archivo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(orden(archivo, "--json")) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == ESPERADO
    assert "Ensayo" in err
    assert not Extracto.objects.exists()
    comprobante.refresh_from_db()
    assert comprobante.estado == "generado"


def test_doing_it_twice_answers_the_same_and_does_it_once(
    comprobante: Comprobante, archivo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert ejecutar(orden(archivo, "--ejecutar", "--json")) == 0
        assert json.loads(capsys.readouterr().out) == ESPERADO
    assert Extracto.objects.get().canal == "OTRO-BANCO"
    comprobante.refresh_from_db()
    assert comprobante.estado == "depositado"


def test_two_files_rehearsed_in_one_transaction_do_not_disturb_each_other(
    archivo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    otro = tmp_path / "otro.xml"
    otro.write_bytes(extracto_xml(Linea(250, "", "OTRA")))
    for ruta, total in ((archivo, "217.00"), (otro, "2.50")):
        assert ejecutar(orden(ruta, "--json")) == 0
        assert json.loads(capsys.readouterr().out)["total"] == total


def test_for_a_person_it_says_the_total_and_whether_it_reconciles(
    archivo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(orden(archivo, "--ejecutar")) == 0
    out = "".join(capsys.readouterr())
    assert "217,00" in out
    assert "Por identificar" in out


@pytest.mark.parametrize("contenido", [b"hola", extracto_xml(Linea(100))[:-30]])
def test_a_file_that_cannot_be_read_is_asked_back_and_leaves_nothing(
    contenido: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = tmp_path / "roto.xml"
    ruta.write_bytes(contenido)
    assert ejecutar(orden(ruta, "--ejecutar", "--json")) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Pida al banco otra copia" in " ".join(err.split()) or "pida al banco" in err
    assert not Extracto.objects.exists()


def test_a_file_that_is_not_there_is_asked_back_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(orden(tmp_path / "nada.xml")) == 2
    assert "nada.xml" in "".join(capsys.readouterr().err.split())


def test_another_format_than_the_file_is_refused_naming_the_right_one(
    archivo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    palabras = [p if p != "camt.053" else "camt054" for p in orden(archivo, "--ejecutar")]
    assert ejecutar(palabras) == 2
    assert "camt.053" in capsys.readouterr().err


def test_a_channel_that_is_not_of_the_account_is_refused_by_name(
    archivo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    palabras = [
        p if p != "otro-banco" else "¿banco?" for p in orden(archivo, "--ejecutar", "--json")
    ]
    assert ejecutar(palabras) == 1
    assert json.loads(capsys.readouterr().out)["rechazo"]["codigo"] == "CANAL_DISTINTO"


def registrar(*otras: str) -> list[str]:
    palabras = ["recaudacion", "registrar-cuenta", "--cuenta", "22 00-15", "--banco", "Banco X"]
    return [*palabras, "--canal", "produbanco", *otras]


def test_an_account_is_registered_once_and_only_when_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock.fijar_fecha_simulada(date(2026, 9, 12))
    esperado = {"cuenta": "220015", "canal": "PRODUBANCO", "registrada": False}
    assert ejecutar(registrar("--json")) == 0
    assert json.loads(capsys.readouterr().out) == esperado
    assert not CuentaBancaria.objects.exists()
    for _ in range(2):
        assert ejecutar(registrar("--ejecutar", "--json")) == 0
        assert json.loads(capsys.readouterr().out) == {**esperado, "registrada": True}
    assert CuentaBancaria.objects.get().canal == "PRODUBANCO"
    otra = [p if p != "produbanco" else "jep" for p in registrar("--ejecutar", "--json")]
    assert ejecutar(otra) == 1
    assert json.loads(capsys.readouterr().out)["rechazo"]["codigo"] == "CUENTA_YA_REGISTRADA"


def test_a_statement_of_an_unknown_account_is_held_and_the_answer_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.fijar_fecha_simulada(date(2026, 9, 12))
    ruta = tmp_path / "ajeno.xml"
    ruta.write_bytes(extracto_xml(Linea(100, "", "SUELTA")))
    assert ejecutar([*orden(ruta)[:5], "--ejecutar", "--json"]) == 0
    dicho = json.loads(capsys.readouterr().out)
    assert (dicho["retenidas"], dicho["lineas"], dicho["total"], dicho["cuadra"]) == (
        1, 1, "0.00", False,
    )  # fmt: skip
