"""`recaudo medir`: a benchmark prints the keys of the contract beside its floor."""

import json

import pytest
from typer.testing import CliRunner

from recaudo.interfaces.batch.medir import app


def test_the_engine_is_measured_beside_its_floor() -> None:
    hecho = CliRunner().invoke(app, ["motor", "--escala", "0.001", "--json"])
    assert hecho.exit_code == 0
    medida = json.loads(hecho.stdout)
    claves = {"nombre", "filas", "segundos", "filas_por_segundo", "piso_segundos", "razon_al_piso"}
    assert claves <= set(medida)
    assert (medida["nombre"], medida["filas"]) == ("motor", 3_500)


@pytest.mark.parametrize("palabras", [["nada"], ["motor", "--escala", "0"]])
def test_an_unknown_name_or_scale_is_wrong_usage(palabras: list[str]) -> None:
    assert CliRunner().invoke(app, palabras).exit_code == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nombre", ["emision", "planilla"])
def test_a_small_country_is_emitted_in_a_database_of_its_own_that_disappears(nombre: str) -> None:
    from django.db import connection

    from recaudo.interfaces.batch.medir.base_de_medida import borrar_plantillas

    hecho = CliRunner().invoke(app, [nombre, "--escala", "0.0002", "--json"])
    assert hecho.exit_code == 0, hecho.stderr
    assert json.loads(hecho.stdout)["filas"] > 0
    assert borrar_plantillas() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM planillas_planilla")
        assert cursor.fetchone()[0] == 0
