"""`recaudo planillas emitir`: the keys of the contract, dry by default."""

import json

import pytest
from typer.testing import CliRunner

from recaudo.domain.planillas.models import Planilla
from recaudo.infra import clock
from recaudo.interfaces.batch.planillas import app
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import HOY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fifth_of_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "hoy", lambda: HOY)


def _run(*palabras: str) -> tuple[int, dict[str, object]]:
    hecho = CliRunner().invoke(app, ["emitir", *palabras, "--trabajadores", "1", "--json"])
    return hecho.exit_code, json.loads(hecho.stdout)


def test_without_ejecutar_it_says_what_it_would_emit_and_emits_nothing() -> None:
    hacer_nomina(3)
    codigo, ensayo = _run("--periodo", "2026-09")
    assert codigo == 0
    assert not Planilla.objects.exists()
    codigo, real = _run("--periodo", "2026-09", "--ejecutar")
    claves = ("planillas", "lineas", "emitido", "diferencias")
    assert [real[c] for c in claves] == [ensayo[c] for c in claves] == [1, 3, "388.80", 0]
    assert {"segundos", "nuevas", "bloqueadas"} <= set(real)


def test_twice_prints_the_same_totals_and_changes_nothing() -> None:
    hacer_nomina(2)
    _, primera = _run("--periodo", "2026-09", "--ejecutar")
    _, segunda = _run("--periodo", "2026-09", "--ejecutar")
    assert segunda["nuevas"] == 0
    assert (segunda["planillas"], segunda["emitido"]) == (primera["planillas"], primera["emitido"])


def test_a_month_that_has_not_ended_is_a_refusal_in_json() -> None:
    codigo, respuesta = _run("--periodo", "2026-10")
    assert codigo == 1
    assert respuesta["rechazo"]["codigo"] == "PERIODO_SIN_TERMINAR"


def test_a_sucursal_without_its_employer_is_wrong_usage() -> None:
    hecho = CliRunner().invoke(app, ["emitir", "--periodo", "2026-09", "--sucursal", "0002"])
    assert hecho.exit_code == 2
    assert "--ruc" in hecho.stderr
