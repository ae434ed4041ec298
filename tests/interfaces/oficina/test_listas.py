"""Lists: the file is exactly what is filtered, no cell runs as a formula, pages have a limit."""

import csv
import io

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from recaudo.interfaces.vista.hojas import PELIGROSOS, celda_segura
from tests.factories.afiliacion import hacer_empleador
from tests.factories.recaudacion import PAGADO, Linea, importar
from tests.interfaces.oficina.escena import entrar

VALORES = "/oficina/recaudacion/valores/"


def _archivo(navegador: Client, direccion: str) -> list[list[str]]:
    respuesta = navegador.get(direccion)
    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in respuesta["Content-Disposition"]
    texto = b"".join(respuesta).decode()  # type: ignore[arg-type]
    assert texto.startswith("\ufeff")
    return list(csv.reader(io.StringIO(texto[1:]), delimiter=";"))


@pytest.mark.django_db
def test_the_file_has_exactly_the_rows_that_the_filters_leave_whatever_the_page() -> None:
    lineas = [
        Linea(100 + n, referencia=f"R{n}", texto="ALFA" if n % 2 else "BETA") for n in range(60)
    ]
    importar(*lineas)
    navegador = entrar("UREC", hoy=PAGADO)
    filtrado = f"{VALORES}?texto=alfa&por_pagina=25&pagina=2"
    assert "<strong>30 valores abiertos</strong>" in navegador.get(filtrado).content.decode()
    titulos, *filas = _archivo(navegador, f"{filtrado}&formato=csv")
    assert titulos[0] == "Valor"
    assert len(filas) == 30
    assert {fila[-1] for fila in filas} == {"ALFA"}
    assert [fila[3] for fila in filas] == [f"1.{n:02d}" for n in range(1, 60, 2)]


@pytest.mark.django_db
def test_a_page_size_that_is_not_offered_is_not_served() -> None:
    importar(*(Linea(100 + n, referencia=f"R{n}") for n in range(60)))
    navegador = entrar("UREC", hoy=PAGADO)
    for pedido, filas in (("100000", 25), ("-1", 25), ("x", 25), ("50", 50)):
        texto = navegador.get(f"{VALORES}?por_pagina={pedido}").content.decode()
        assert texto.count('data-columna="Valor"') == filas


@pytest.mark.django_db
def test_a_page_that_does_not_exist_shows_the_last_one() -> None:
    importar(*(Linea(100 + n, referencia=f"R{n}") for n in range(30)))
    texto = entrar("UREC", hoy=PAGADO).get(f"{VALORES}?pagina=99").content.decode()
    assert texto.count('data-columna="Valor"') == 5


@pytest.mark.django_db
def test_filters_show_as_chips_and_the_order_survives_them() -> None:
    importar(Linea(100, referencia="R1"))
    texto = entrar("UREC", hoy=PAGADO).get(f"{VALORES}?canal=banco&orden=-importe").content.decode()
    assert "Quitar el filtro </span>Canal: banco" in texto
    assert '<input type="hidden" name="orden" value="-importe">' in texto
    assert 'aria-sort="descending"' in texto


@pytest.mark.django_db
def test_a_wrong_filter_says_so_and_hides_nothing() -> None:
    importar(Linea(100, referencia="R1"))
    texto = entrar("AUD", hoy=PAGADO).get("/oficina/cartera/glosas/?desde=31/02/2026")
    assert texto.status_code == 200
    assert "govuk-error-message" in texto.content.decode()


@pytest.mark.django_db
def test_an_empty_list_says_why_instead_of_showing_an_empty_table() -> None:
    texto = entrar("UREC", hoy=PAGADO).get(VALORES).content.decode()
    assert "Todo el dinero recibido tiene dueño" in texto
    assert "<table" not in texto
    assert "Descargar" not in texto


@pytest.mark.django_db
def test_a_name_that_a_spreadsheet_would_run_leaves_the_house_harmless() -> None:
    hacer_empleador(razon_social="=HYPERLINK(A1)", ruc="2090000010001")
    navegador = entrar("AUD", hoy=PAGADO)
    filas = _archivo(navegador, "/oficina/empleadores/?q=hyperlink&formato=csv")
    assert [fila[1] for fila in filas[1:]] == ["'=HYPERLINK(A1)"]


@given(st.text(max_size=12))
def test_no_cell_begins_as_a_formula_unless_it_is_a_number(texto: str) -> None:
    celda = celda_segura(texto)
    assert not celda.startswith(PELIGROSOS) or celda.removeprefix("-").replace(".", "", 1).isdigit()
    assert celda.endswith(texto)


def test_negative_amounts_stay_numbers() -> None:
    assert celda_segura("-12.50") == "-12.50"
    assert celda_segura("-12.50.1") == "'-12.50.1"
    assert celda_segura("-1+cmd") == "'-1+cmd"
    assert celda_segura(None) == ""
