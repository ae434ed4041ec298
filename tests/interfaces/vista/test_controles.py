"""Controls written directly are, to the character, what the templates they stand for give."""

from typing import Any, cast

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from recaudo.interfaces.vista.controles import CONTROLES, campo_corriente
from recaudo.interfaces.vista.formularios import CampoDinero, Formulario
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


class _Campos(Formulario):
    """One field of each kind: corriente, with hint, with errors; and those that are not."""

    llano = forms.CharField(label=RARO, required=False)
    con_ayuda = forms.CharField(label="Valor", help_text="Por ejemplo <b>1</b>")
    dinero = CampoDinero(label="Valor")
    lista = forms.ChoiceField(label="Uno", choices=[("1", RARO)])
    casilla = forms.BooleanField(label="Acepto")
    grupo = forms.ChoiceField(
        label="Cuál", choices=[("1", "Uno")], widget=forms.RadioSelect, required=False
    )


def _sin_renglones(texto: str | None) -> str:
    return "".join((texto or "").split())


@pytest.mark.parametrize("datos", [None, {}, {"llano": RARO, "dinero": "x", "lista": "9"}])
@pytest.mark.parametrize("nombre", ["llano", "con_ayuda", "dinero", "lista"])
def test_a_field_written_directly_says_what_its_template_says(datos: Any, nombre: str) -> None:
    contexto = {"field": _Campos(datos)[nombre]}
    de_la_plantilla = TemplatesSetting().render("vista/campos/campo.html", contexto)
    assert _sin_renglones(campo_corriente(contexto)) == _sin_renglones(de_la_plantilla)


@pytest.mark.parametrize("nombre", ["casilla", "grupo"])
def test_a_group_or_a_tick_box_keeps_its_template(nombre: str) -> None:
    assert campo_corriente({"field": _Campos()[nombre]}) is None


def test_the_comparison_of_fields_notices_an_error_that_is_not_shown() -> None:
    contexto = {"field": _Campos({})["con_ayuda"]}
    callado = {"field": _Campos()["con_ayuda"]}
    de_la_plantilla = TemplatesSetting().render("vista/campos/campo.html", contexto)
    assert _sin_renglones(campo_corriente(callado)) != _sin_renglones(de_la_plantilla)
