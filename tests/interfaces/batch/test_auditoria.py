"""`recaudo auditoria`: how it prints and ends on an honest book and on one with a fault."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from recaudo.interfaces.batch.auditoria import app
from recaudo.reports.auditoria.invariantes import INVARIANTES
from tests import servidor
from tests.factories.demostracion import libro_aparte
from tests.reports.auditoria.faltas import FALTAS, despertar

pytestmark = pytest.mark.servidor


@pytest.fixture(scope="module")
def url(django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), libro_aparte("orden") as direccion:
        yield direccion


def order(url: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Give the order as a person does, in a process of its own."""
    connection.close()
    return subprocess.run(
        [sys.executable, "-m", "recaudo.project.cli", "auditoria", *options],
        env={**os.environ, **servidor.variables_as_roles(url), "COLUMNS": "200"},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_on_an_honest_book_it_ends_with_0_and_on_a_faulty_one_with_1(url: str) -> None:
    sana = order(url, "--json")
    assert sana.returncode == 0, [
        i for i in json.loads(sana.stdout)["invariantes"] if i["violaciones"]
    ]
    invariantes = json.loads(sana.stdout)["invariantes"]
    assert [i["id"] for i in invariantes] == [i.id for i in INVARIANTES]
    assert {tuple(i) for i in invariantes} == {
        ("id", "severidad", "violaciones", "muestra", "segundos")
    }
    assert {i["severidad"] for i in invariantes} == {"ALTO", "ALARMA"}
    assert not any(i["violaciones"] or i["muestra"] for i in invariantes)
    assert CliRunner().invoke(app, ["--incremental", "--json"]).exit_code == 0

    with connection.cursor() as cursor:
        FALTAS["D08"](cursor)
        despertar(cursor)
    faulty = CliRunner().invoke(app, ["--json"])
    assert faulty.exit_code == 1
    rotos = [i for i in json.loads(faulty.stdout)["invariantes"] if i["violaciones"]]
    assert [i["id"] for i in rotos] == ["D08", "D32"]
    assert rotos[0]["muestra"][0]["que"].startswith("valor ")

    para_personas = order(url)
    assert para_personas.returncode == 1
    assert "Los valores por aplicar están explicados" in para_personas.stdout
    assert "2 violaciones" in para_personas.stderr
    assert "D08: que valor" in para_personas.stderr
