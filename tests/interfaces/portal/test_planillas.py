"""Planillas at the keyboard: the list, one line by line, and the why of each amount."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest

from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.domain.planillas.models import Planilla, PlanillaLinea
from recaudo.interfaces.vista.hojas import celda_segura
from recaudo.kernel.period import Periodo
from tests.factories.afiliacion import hacer_persona, hacer_relacion, matriz_de
from tests.factories.cartera import SISTEMA
from tests.interfaces.portal.conftest import HOY, Caso, leer, perdida


def emitir(caso: Caso, *sueldos: str, nombres: tuple[str, ...] = ()) -> Planilla:
    """Emit the planilla of october for an employer with workers of those salaries."""
    for n, sueldo in enumerate(sueldos):
        persona = hacer_persona(nombre=nombres[n] if n < len(nombres) else f"Persona {n:03d}")
        hacer_relacion(sucursal=matriz_de(caso.empleador), sueldo=sueldo, persona=persona)
    emitir_planillas(periodo=Periodo(2026, 10), por=SISTEMA, hoy=HOY, ruc=caso.empleador.ruc)
    return Planilla.objects.get(empleador_id=caso.empleador.pk)


def test_an_employer_without_planillas_is_told_when_they_come(caso: Caso) -> None:
    assert "se emite al mes siguiente" in leer(caso.navegador.get("@/planillas/"))


def test_the_list_filters_from_the_address_and_says_what_it_filtered(
    caso: Caso, tasas: None
) -> None:
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 10, 15))
    caso.deuda(periodo="2025-12", emitida=date(2026, 1, 1), vence=date(2026, 1, 15))
    assert "2 planillas" in leer(caso.navegador.get("@/planillas/"))
    html = leer(caso.navegador.get("@/planillas/?hasta=31/01/2026&desde=01/01/2026"))
    assert re.search(r"\b1 planilla\b", html)
    assert "octubre de 2026" not in html
    assert "diciembre de 2025" in html
    assert "Quitar el filtro" in html
    assert "No hay planillas que mostrar" in leer(
        caso.navegador.get("@/planillas/?q=9999999&estado=cancelada&orden=-periodo")
    )
    leer(caso.navegador.get("@/planillas/?desde=dosmil&estado=ninguno"))


def test_the_lists_of_the_portal_are_handed_as_files_with_what_the_screen_says(
    caso: Caso, tasas: None
) -> None:
    for mes in (9, 10):
        caso.deuda(
            periodo=f"2026-{mes:02d}", emitida=date(2026, mes + 1, 1), vence=date(2026, mes + 1, 15)
        )
    html = leer(caso.navegador.get("@/planillas/"))
    assert "formato=csv" in html
    assert "formato=xlsx" in html
    respuesta = caso.navegador.get("@/planillas/?formato=csv")
    texto = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    assert "<" not in texto
    assert "septiembre de 2026" in texto
    assert texto.count("216,00") == 4, "emitted and owed, of two"


def test_one_planilla_tells_its_amounts_its_funds_and_each_worker(caso: Caso, tasas: None) -> None:
    planilla = emitir(caso, "482.00", "600.00", nombres=("Ñauta Ana", "Quishpe José"))
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/"))
    assert "Venció el lunes 16 de noviembre de 2026" in html
    for importe in (planilla.personal, planilla.patronal, planilla.ccc, planilla.obligacion.ivm):
        assert importe.formato() in html
    for texto in ("Ñauta Ana", "Quishpe José", "$ 99,29", "Es dinero de sus trabajadores"):
        assert texto in html  # 482.00 × 20.60 % = 99.292
    assert "2 trabajadores" in html
    assert "de interés al 20/11/2026" in html


def test_the_why_of_a_line_goes_from_the_salary_to_each_fund_with_its_articles(
    caso: Caso, tasas: None
) -> None:
    planilla = emitir(caso, "482.00")
    linea = PlanillaLinea.objects.get(planilla_id=planilla.pk)
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/lineas/{linea.relacion_id}/"))
    for parte in (
        "Sueldo mensual", "LSS art. 15",
        "Total = 482,00 × 20,60 %", "$ 99,29", "$ 45,55", "$ 53,74",
        "Distribución a Invalidez, vejez y muerte", "C.D. 501", "Norma tomada de fuente secundaria",
    ):  # fmt: skip
        assert parte in html


def test_the_lines_come_in_pages_and_a_worker_is_found_by_name_or_number(
    caso: Caso, tasas: None
) -> None:
    planilla = emitir(caso, *["500.00"] * 30)
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/"))
    assert "30 trabajadores" in html
    assert html.count("¿Por qué?") == 25
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/?pagina=2"))
    assert html.count("¿Por qué?") == 5
    assert "Persona 029" in html
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/?buscar=persona 007"))
    assert "1 trabajador<" in html
    html = leer(caso.navegador.get(f"@/planillas/{planilla.pk}/?buscar=%3Cscript%3E"))
    assert "Nadie en esta planilla coincide" in html
    for pagina in ("0", "99", "dos", "-1", "9" * 30):
        leer(caso.navegador.get(f"@/planillas/{planilla.pk}/?pagina={pagina}"))


def test_the_file_of_lines_adds_up_and_no_name_becomes_a_formula(caso: Caso, tasas: None) -> None:
    planilla = emitir(caso, "482.00", "600.00", nombres=("=CMD|'/c calc'!A1", "Ñauta Ana"))
    respuesta = caso.navegador.get(f"@/planillas/{planilla.pk}/?formato=csv")
    texto = b"".join(respuesta.streaming_content).decode("utf-8-sig")
    filas = list(csv.DictReader(io.StringIO(texto), delimiter=";"))
    assert {f["Nombre"] for f in filas} == {"'=CMD|'/c calc'!A1", "Ñauta Ana"}
    total = sum(int(f["Total"].replace(",", "")) for f in filas)
    assert total == (planilla.personal + planilla.patronal).centavos
    assert "attachment" in respuesta["Content-Disposition"]


@pytest.mark.parametrize("inicio", ["=", "+", "-", "@", "\t", "\r"])
def test_every_beginning_of_a_formula_is_disarmed(inicio: str) -> None:
    assert celda_segura(f"{inicio}1+1") == f"'{inicio}1+1"
    assert celda_segura(f"Ana {inicio}") == f"Ana {inicio}"


def test_the_planilla_of_another_does_not_exist(caso: Caso, ajeno: Caso, tasas: None) -> None:
    planilla = emitir(ajeno, "500.00")
    linea = PlanillaLinea.objects.get(planilla_id=planilla.pk)
    suyas = ("", f"lineas/{linea.relacion_id}/", "?formato=csv")
    missing = perdida(caso.navegador.get("@/planillas/999999/"))
    for cosa in suyas:
        assert perdida(caso.navegador.get(f"@/planillas/{planilla.pk}/{cosa}")) == missing
        perdida(caso.navegador.get(f"{ajeno.casa}/planillas/{planilla.pk}/{cosa}"))
    leer(ajeno.navegador.get(f"@/planillas/{planilla.pk}/lineas/999999/"), estado=404)


def test_a_planilla_asks_the_database_the_same_however_many_workers_it_has(
    caso: Caso, tasas: None, django_assert_max_num_queries: Any
) -> None:
    planilla = emitir(caso, *["500.00"] * 25)
    with django_assert_max_num_queries(22):
        caso.navegador.get(f"@/planillas/{planilla.pk}/")
    with django_assert_max_num_queries(12):
        caso.navegador.get("@/planillas/")
