"""The plain controls and fields of a form, written directly: the same that the templates give.

A list of cantons is two hundred templates when each option is one; here it is one string. Its test
compares every control, and every kind of field, with the template it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Datos = Mapping[str, Any]


def _texto(valor: object) -> str:
    """Return a value as `stringformat:'s'` leaves it in a page."""
    return str(valor) if isinstance(valor, SafeString) else escape(str(valor))


def campo_corriente(datos: Datos) -> str | None:
    """Return a field whose label stands over its control; None for any other, or in another way."""
    campo = datos["field"]
    if datos.get("como_titulo") or datos.get("prefijo") or campo.es_grupo or campo.es_casilla:
        return None
    errores = campo.errors
    clase = "govuk-form-group govuk-form-group--error" if errores else "govuk-form-group"
    partes = [f'<div class="{clase}">\n  <label class="govuk-label"']
    partes.append(f' for="{_texto(campo.id_for_label)}">{_texto(campo.etiqueta)}</label>\n  ')
    if campo.help_text:
        partes.append(
            f'<div id="{_texto(campo.auto_id)}_helptext" class="govuk-hint">{campo.help_text}</div>'
        )
    partes.append("\n")
    if errores:
        parrafos = "".join(
            '<p class="govuk-!-margin-0"><span class="govuk-visually-hidden">Error:</span> '
            f"{_texto(error)}</p>"
            for error in errores
        )
        partes.append(
            f'<div id="{_texto(campo.auto_id)}_error" class="govuk-error-message">{parrafos}</div>'
        )
    partes.append(f"\n\n  {campo}\n</div>\n")
    return "".join(partes)


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
