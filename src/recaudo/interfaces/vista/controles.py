"""The plain controls of a form, written directly: the same characters as Django's templates give.

A list of cantons is two hundred templates when each option is one; here it is one string. Its test
compares every control with the template it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

Datos = Mapping[str, Any]


def _texto(valor: object) -> str:
    """Return a value as `stringformat:'s'` leaves it in a page."""
    return str(valor) if isinstance(valor, SafeString) else escape(str(valor))


def _atributos(datos: Datos) -> str:
    partes = []
    for nombre, valor in datos["attrs"].items():
        if valor is False:
            continue
        partes.append(f" {conditional_escape(nombre)}")
        if valor is not True:
            partes.append(f'="{_texto(valor)}"')
    return "".join(partes)


def _casilla_de_texto(datos: Datos) -> str:
    valor = datos["value"]
    escrito = "" if valor is None else f' value="{_texto(valor)}"'
    nombre = conditional_escape(datos["name"])
    return f'<input type="{datos["type"]}" name="{nombre}"{escrito}{_atributos(datos)}>'


def _lista(datos: Datos) -> str:
    partes = [f'<select name="{conditional_escape(datos["name"])}"{_atributos(datos)}>']
    for grupo, opciones, _ in datos["optgroups"]:
        if grupo:
            partes.append(f'\n  <optgroup label="{conditional_escape(localize(grupo))}">')
        partes += [f"\n  {_opcion(opcion)}" for opcion in opciones]
        if grupo:
            partes.append("\n  </optgroup>")
    partes.append("\n</select>")
    return "".join(partes)


def _opcion(datos: Datos) -> str:
    letrero = conditional_escape(localize(datos["label"]))
    return f'<option value="{_texto(datos["value"])}"{_atributos(datos)}>{letrero}</option>\n'


def _con_pesos(datos: Datos) -> str:
    return (
        '<div class="govuk-input__wrapper">'
        '<div class="govuk-input__prefix" aria-hidden="true">$</div>'
        f"{_casilla_de_texto(datos)}\n</div>"
    )


#: By the template each one stands for.
CONTROLES: Final[Mapping[str, Callable[[Datos], str]]] = {
    "django/forms/widgets/text.html": _casilla_de_texto,
    "django/forms/widgets/number.html": _casilla_de_texto,
    "django/forms/widgets/email.html": _casilla_de_texto,
    "django/forms/widgets/hidden.html": _casilla_de_texto,
    "django/forms/widgets/select.html": _lista,
    "vista/campos/dinero.html": _con_pesos,
}
