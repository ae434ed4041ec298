"""The shared fields: the same text is read the same in every form."""

from datetime import date

import pytest
from django import forms

from recaudo.interfaces.vista.campos import (
    CampoCanton,
    CampoEleccion,
    CampoMes,
    CampoRazon,
    CampoTasa,
    cantones_por_provincia,
)
from recaudo.interfaces.vista.formularios import CampoDinero, CampoFecha, Formulario
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.text import clave_de_orden
from recaudo.norma.catalogos.dpa import cantones
from tests.navegador.comprobaciones import errores_de_html


class FormularioDeTodo(Formulario):
    """One of each field."""

    mes = CampoMes()
    tasa = CampoTasa(label="Tasa")
    canton = CampoCanton()
    razon = CampoRazon()
    canal = CampoEleccion(lambda: [("A", "Banco A"), ("B", "Banco B")], label="Canal")


BUENO = {
    "mes": "junio de 2026",
    "tasa": "8,25",
    "canton": "1701",
    "razon": "Porque sí",
    "canal": "A",
}


def error(campo: str, valor: str) -> str:
    form = FormularioDeTodo({**BUENO, campo: valor})
    assert list(form.errors) == [campo]
    return str(form.errors[campo][0])


def test_each_field_returns_the_value_of_the_house() -> None:
    form = FormularioDeTodo(BUENO)
    assert form.is_valid()
    assert form.cleaned_data["mes"] == Periodo(2026, 6)
    assert form.cleaned_data["tasa"] == Tasa("8.25")
    assert form.cleaned_data["canton"] == "1701"


@pytest.mark.parametrize(
    "escrita", ["8,25", "8.25", " 8,25 % ", "8,250000", "08.25", "8,25\u00a0%"]
)
def test_a_rate_is_read_with_comma_or_point(escrita: str) -> None:
    form = FormularioDeTodo({**BUENO, "tasa": escrita})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["tasa"] == Tasa("8.25")


@pytest.mark.parametrize(
    "escrita", ["ocho", "8,2,5", "1.234,5", "NaN", "Infinity", "1e5", "101", "-1"]
)
def test_a_rate_that_is_not_clear_is_asked_back(escrita: str) -> None:
    assert "tasa" in error("tasa", escrita)


@pytest.mark.parametrize("mes", ["13/2026", "junio", "15/06/2026", "06/0001", "x" * 50, "\x00"])
def test_a_month_that_cannot_be_is_asked_back(mes: str) -> None:
    assert error("mes", mes)


def test_the_cantons_come_by_province_and_by_name_and_say_their_province() -> None:
    grupos = cantones_por_provincia()
    provincias = [p for p, _ in grupos]
    assert provincias == sorted(provincias, key=clave_de_orden)
    assert sum(len(suyos) for _, suyos in grupos) == len(cantones())
    for provincia, suyos in grupos:
        nombres = [n for _, n in suyos]
        assert nombres == sorted(nombres, key=clave_de_orden)
        assert all(n.endswith(f" ({provincia})") for n in nombres)
    todos = [n for _, suyos in grupos for _, n in suyos]
    assert len(set(todos)) == len(todos), "no two look alike"
    assert {"Bolívar (Carchi)", "Bolívar (Manabí)"} <= set(todos)


@pytest.mark.parametrize("codigo", ["9999", "1701 ", "Quito", "<b>"])
def test_what_is_not_in_a_closed_list_is_not_repeated(codigo: str) -> None:
    assert error("canton", codigo) == "Elija en «Cantón» una opción de la lista"
    assert error("canal", codigo) == "Elija en «Canal» una opción de la lista"


def test_a_reason_counts_a_line_end_as_the_page_does() -> None:
    justa = "\r\n".join(["a" * 29] * 10) + "b"
    assert len(justa.replace("\r\n", "\n")) == 300
    assert FormularioDeTodo({**BUENO, "razon": justa}).is_valid()
    assert error("razon", f"{justa}c") == "Escriba la razón en 300 caracteres o menos"
    assert error("razon", " \r\n ") == "Escriba la razón"


def test_the_counter_is_tied_to_its_area_and_the_page_is_valid() -> None:
    html = str(FormularioDeTodo({**BUENO, "razon": ""}))
    assert 'data-module="govuk-character-count" data-maxlength="300"' in html
    assert 'aria-describedby="id_razon_error id_razon-info"' in html
    assert "govuk-js-character-count" in html
    pagina = (
        f"<!DOCTYPE html><html lang='es'><head><title>x</title></head><body>{html}</body></html>"
    )
    assert errores_de_html(pagina) == []


def test_a_month_is_written_back_in_short() -> None:
    class Uno(Formulario):
        mes = CampoMes(initial=Periodo(2026, 6))

    assert 'value="06/2026"' in str(Uno())
    assert 'value="juño"' in str(Uno({"mes": "juño"}))


@pytest.mark.parametrize(
    "escrita",
    ["03/12/2026", "3/12/2026", "03-12-2026", "03.12.2026", "2026-12-03", "2026/12/03",
     "3 de diciembre de 2026", "jueves 3 de diciembre de 2026", "jueves, 3 de diciembre del 2026",
     "3 dic 2026", "3 DIC. 2026", " 03/12/2026 "],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(escrita: str) -> None:
    assert CampoFecha(label="x").clean(escrita) == date(2026, 12, 3)


@pytest.mark.parametrize(
    "escrita", ["31/02/2026", "12/2026", "3 de juño de 2026", "31 de junio de 2026", "01/01/0001",
                "01/01/9999", "ayer", "0 de mayo de 2026", "3/12/26"],
)  # fmt: skip
def test_a_date_that_cannot_be_is_asked_back(escrita: str) -> None:
    with pytest.raises(forms.ValidationError):
        CampoFecha(label="x").clean(escrita)


@pytest.mark.parametrize(
    "escrito", ["1234,50", "1234.50", "1.234,50", "1,234.50", "$ 1.234,50", "US$ 1234,50",
                "USD 1.234,50", "usd1234.50", "1 234,50", "1\u00a0234,50", "1234,5",
                "1.234,50 USD"],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(escrito: str) -> None:
    assert CampoDinero(label="x").clean(escrito) == Dinero("1234.50")
