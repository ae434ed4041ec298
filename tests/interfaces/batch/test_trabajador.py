"""`recaudo trabajador`: attends what is queued, knows the tasks of the clock, says how many."""

import importlib
import json

import pytest
from procrastinate.contrib.django import app

from recaudo.infra.documents.models import Dibujo
from recaudo.interfaces.batch.trabajador import TAREAS
from recaudo.project.cli import ejecutar
from tests.factories.recaudacion import hacer_comprobante


@pytest.mark.django_db(transaction=True)
def test_it_keeps_the_comprobante_of_an_act_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    comprobante = hacer_comprobante()
    assert ejecutar(["trabajador", "--una-vez", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["hechos"] >= 1
    assert (counts["fallidos"], counts["pendientes"]) == (0, 0)
    drawn = Dibujo.objects.get(documento_id=comprobante.documento_id)
    assert bytes(drawn.bytes).startswith(b"%PDF")


def test_the_clock_starts_the_close_and_the_recovery_of_jobs() -> None:
    for module in TAREAS:
        importlib.import_module(module)
    assert {"documentos.guardar", "cartera.ponerse_al_dia"} <= set(app.tasks)
    periodic = {name for name, _ in app.periodic_registry.periodic_tasks}
    assert {"cartera.ponerse_al_dia", "accesos.olvidar"} <= periodic
