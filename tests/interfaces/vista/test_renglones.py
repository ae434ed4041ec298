"""Rows written directly: nothing a person wrote becomes markup; each says what it has to."""

from datetime import date

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from recaudo.interfaces.vista import renglones
from recaudo.interfaces.vista.piezas import DiaDeTermino, Enlace, Suceso
from recaudo.kernel.money import Dinero

RARO = """<script>"x" & 'y'</script>"""
HOY = date(2026, 11, 20)


@given(st.text(), st.one_of(st.text(), st.integers(), st.text().map(mark_safe)))
def test_a_piece_is_the_one_of_format_html(uno: str, otro: object) -> None:
    forma = '<a href="{}" title="{otro}">{}</a>'
    assert renglones.armar(forma, uno, otro, otro=otro) == format_html(forma, uno, otro, otro=otro)


@pytest.mark.parametrize(
    "escrito",
    [
        renglones.filas_de_pasos([{"paso": RARO, "valor": RARO, "norma": RARO}]),
        renglones.filas_de_reparto([(RARO, Dinero("1.00"))]),
        renglones.elementos_de_dias([DiaDeTermino(HOY, es_habil=False, razon=RARO)]),
        renglones.elementos_de_historia([Suceso(RARO, HOY, RARO, RARO, (Enlace(RARO, RARO),))]),
    ],
)
def test_what_a_person_wrote_is_never_markup(escrito: SafeString) -> None:
    assert "<script>" not in escrito
    assert "&lt;script&gt;" in escrito
    assert isinstance(escrito, SafeString)


def test_an_amount_is_never_parted_from_its_sign() -> None:
    historia = renglones.elementos_de_historia([Suceso("Pagó $ 10,00", HOY, "", "De $ 1.234,50")])
    assert "$\u00a010,00" in historia
    assert "$\u00a01.234,50" in historia


def test_a_step_without_a_norm_has_a_dash() -> None:
    fila = renglones.filas_de_pasos([{"paso": "Base", "valor": "$ 1,00", "norma": ""}])
    assert '<td data-columna="Norma">—</td>' in fila


@pytest.mark.parametrize(
    ("dia", "dice"),
    [
        (DiaDeTermino(HOY, es_habil=True, numero=3), "Día hábil 3"),
        (DiaDeTermino(HOY, es_habil=True), "Hábil"),
        (DiaDeTermino(HOY, es_habil=False, razon="Feriado"), "No cuenta"),
        (DiaDeTermino(HOY, es_habil=True, numero=8, es_ultimo=True), "Último día (8.º)"),
        (DiaDeTermino(HOY, es_habil=True, numero=8, es_hoy=True), "<strong>Hoy</strong>"),
    ],
)
def test_each_day_says_whether_it_counts(dia: DiaDeTermino, dice: str) -> None:
    escrito = renglones.elementos_de_dias([dia])
    assert dice in escrito
    assert 'datetime="2026-11-20">Vie 20/11/2026' in escrito


def test_the_history_goes_under_the_level_of_its_page() -> None:
    assert "<h4 " in renglones.elementos_de_historia([Suceso("Emitida", HOY)], "4")
