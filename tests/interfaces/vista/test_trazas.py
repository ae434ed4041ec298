"""A sentence of the domain on a page: dates, months, percentages and codes in words."""

import pytest

from recaudo.interfaces.vista.trazas import legible, oracion


@pytest.mark.parametrize(
    ("dicho", "escrito"),
    [
        ("la tasa de 82.50 % desde 2026-09-01", "la tasa de 82,50 % desde 01/09/2026"),
        ("la planilla de 2026-10", "la planilla de octubre de 2026"),
        ("extracto-2026-10-08.xml v1.2", "extracto-2026-10-08.xml v1.2"),
        (
            "No hay dato de «tasas»: cargue el parámetro aportes.tasas.privado con su norma.",
            "No hay dato de «tasas»: cargue ese dato con su norma.",
        ),
    ],
)
def test_a_page_says_no_code(dicho: str, escrito: str) -> None:
    assert oracion(dicho) == escrito


def test_a_step_that_only_names_a_version_is_not_told() -> None:
    pasos = [
        {"paso": "Versión del calendario", "valor": "2563e4244a96", "norma": "COA art. 159"},
        {"paso": "Capital", "valor": "10.00", "norma": ""},
    ]
    assert [p["paso"] for p in legible(pasos)] == ["Capital"]
