"""Every form speaks in our words, reads only our digits, and says a thing once."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.utils.functional import Promise

from recaudo import interfaces
from recaudo.interfaces.vista.campos import CampoEleccion, CampoEntero, CampoMes, CampoTasa
from recaudo.interfaces.vista.formularios import (
    CampoDinero,
    CampoFecha,
    CampoIdentificacion,
    Formulario,
)


def _todas(clase: type[Formulario]) -> Iterator[type[Formulario]]:
    for hija in clase.__subclasses__():
        yield hija
        yield from _todas(hija)


def _formularios() -> list[type[Formulario]]:
    """Return every form of the site: those of the modules called `forms`, and of the kit."""
    for modulo in pkgutil.walk_packages(interfaces.__path__, "recaudo.interfaces."):
        if modulo.name.rpartition(".")[2] in {"forms", "actos", "muestrario"}:
            importlib.import_module(modulo.name)
    return [f for f in _todas(Formulario) if f.__module__.startswith("recaudo.")]


def _de_fuera(campo: forms.Field) -> list[str]:
    """Return the errors that a field would say in the words of the framework."""
    suyos = [c for c, m in campo.error_messages.items() if isinstance(m, Promise)]
    return suyos + [
        v.code
        for v in campo.validators
        if isinstance(getattr(v, "message", ""), Promise) and v.code not in campo.error_messages
    ]


def test_no_field_of_any_form_has_a_sentence_of_the_framework() -> None:
    formularios = _formularios()
    assert len(formularios) > 15
    for clase in formularios:
        form = clase.__new__(clase)
        Formulario.__init__(form)
        for nombre, campo in form.fields.items():
            assert _de_fuera(campo) == [], f"{clase.__name__}.{nombre}"


def test_the_check_sees_a_field_that_nobody_worded() -> None:
    assert {"required", "max_length"} <= set(_de_fuera(forms.CharField(max_length=3)))


class Todo(Formulario):
    nota = forms.CharField(label="Nota", max_length=5, required=False)
    tasa = CampoTasa(label="Tasa", required=False)
    dias = CampoEntero(label="Días", required=False)
    fecha = CampoFecha(label="Fecha", required=False)
    mes = CampoMes(label="Mes", required=False)
    valor = CampoDinero(label="Valor", required=False)
    cedula = CampoIdentificacion(label="Cédula", required=False)
    uno = CampoEleccion(lambda: [("a", "A")], label="Uno", required=False)
    dos = CampoEleccion(lambda: [("a", "A")], label="Dos", required=False)


@pytest.mark.parametrize(
    ("campo", "escrito"),
    [
        ("tasa", "\u0668"), ("tasa", "\uff18,25"), ("tasa", "1e1"), ("tasa", "1_0"),
        ("dias", "\u0661\u0665"), ("dias", "1_0"), ("mes", "\u0661\u0661/2026"),
        ("fecha", "\u0662\u0660/11/2026"), ("fecha", "2026-11-\uff12\uff10"),
        ("fecha", "\u0663 de diciembre de 2026"), ("valor", "\uff11\uff12"),
        ("cedula", "\uff11710034065"),
    ],
)  # fmt: skip
def test_only_the_digits_of_the_house_are_digits(campo: str, escrito: str) -> None:
    form = Todo({campo: escrito})
    assert campo in form.errors


def test_each_error_is_said_once_and_names_its_field() -> None:
    form = Todo({"nota": "demasiado", "tasa": "12345678", "uno": "z", "dos": "z"})
    assert form.errors == {
        "nota": ["Escriba «Nota» en 5 caracteres o menos; escribió 9"],
        "tasa": ["La tasa va de 0 a 100"],
        "uno": ["Elija en «Uno» una opción de la lista"],
        "dos": ["Elija en «Dos» una opción de la lista"],
    }
