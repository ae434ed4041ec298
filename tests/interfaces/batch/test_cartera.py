"""`recaudo cartera cerrar-dia`: the contract of its answers."""

import json
from datetime import date

import pytest

from recaudo.domain.cartera.models import DiaCerrado
from recaudo.infra import clock
from recaudo.project.cli import ejecutar
from tests.factories.cartera import hacer_obligacion, poner_tasa

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_debt_and_a_date() -> None:
    hacer_obligacion(emitida=date(2026, 9, 1), vence=date(2026, 9, 15))
    poner_tasa("2026-10", "8.99")
    clock.fijar_fecha_simulada(date(2026, 10, 20))


def test_it_rehearses_unless_told_to_do_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert ejecutar(["cartera", "cerrar-dia", "--fecha", "2026-10-16", "--json"]) == 0
    out, err = capsys.readouterr()
    expected = {"dias_cerrados": 46, "eventos": {"GLOSA_EMITIDA": 1, "MORA": 1}}
    assert json.loads(out) == expected
    assert "Ensayo" in err
    assert not DiaCerrado.objects.exists()


def test_doing_it_twice_does_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    order = ["cartera", "cerrar-dia", "--fecha", "2026-10-16", "--ejecutar", "--json"]
    assert ejecutar(order) == 0
    assert json.loads(capsys.readouterr().out)["dias_cerrados"] == 46
    assert ejecutar(order) == 0
    assert json.loads(capsys.readouterr().out) == {"dias_cerrados": 0, "eventos": {}}


def test_a_future_date_is_refused_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    order = ["cartera", "cerrar-dia", "--fecha", "2026-10-21", "--ejecutar", "--json"]
    assert ejecutar(order) == 1
    assert json.loads(capsys.readouterr().out)["rechazo"]["codigo"] == "FECHA_FUTURA"


@pytest.mark.parametrize("words", [["--fecha", "16/10/2026"], ["--fecha", "2026-02-30"], []])
def test_what_is_no_date_is_asked_back(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(["cartera", "cerrar-dia", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--fecha" in err
