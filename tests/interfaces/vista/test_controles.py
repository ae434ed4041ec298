"""Controls written directly are, to the character, what the templates they stand for give."""

from typing import Any, cast

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from recaudo.interfaces.vista.controles import CONTROLES
from recaudo.interfaces.vista.formularios import CampoDinero
from recaudo.interfaces.vista.renderer import RenderizadorRecaudo

RARO = """<b>"Ñandú" & 'co'</b>"""
GRUPOS = [("", "Ninguno"), (RARO, [("1", "Uno"), (2, RARO)]), ("z", mark_safe("<i>Z</i>"))]
ATRIBUTOS = {"class": RARO, "required": True, "disabled": False, "maxlength": 7, "data-x": ""}
CONTROLES_VISTOS: list[tuple[forms.Widget, Any]] = [
    *[
        (clase(attrs=ATRIBUTOS), valor)
        for clase in (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput)
        for valor in (None, "", RARO, 1234567, mark_safe("a&amp;b"))
    ],
    *[(forms.Select(attrs=ATRIBUTOS, choices=GRUPOS), valor) for valor in (None, "1", 2, "z", "")],
    (cast("forms.Widget", CampoDinero(label="Valor").widget), "1.234,50"),
]


@pytest.mark.parametrize(("control", "valor"), CONTROLES_VISTOS)
def test_the_control_is_the_one_of_the_template(control: forms.Widget, valor: Any) -> None:
    contexto = control.get_context(f"campo{RARO}", valor, {"id": "id_campo"})
    nombre = str(control.template_name)
    directo = RenderizadorRecaudo().render(nombre, contexto)
    assert directo == TemplatesSetting().render(nombre, contexto)
    assert nombre in CONTROLES


def test_every_control_written_directly_is_compared_here() -> None:
    assert {control.template_name for control, _ in CONTROLES_VISTOS} == set(CONTROLES)


def test_the_comparison_notices_one_character_that_is_not_escaped() -> None:
    control = forms.TextInput()
    contexto = control.get_context("campo", RARO, {})
    nombre = str(control.template_name)
    sin_escapar = CONTROLES[nombre]({**contexto["widget"], "value": mark_safe(RARO)})
    assert sin_escapar != TemplatesSetting().render(nombre, contexto)
