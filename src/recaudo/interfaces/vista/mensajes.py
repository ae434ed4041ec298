"""What a field says when it is wrong: our sentences in place of the framework's, by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django import forms
from django.utils.functional import Promise

#: By the code of the error. `{}` is the name of the field; `%(…)s`, what the framework puts in.
NUESTROS: Final[Mapping[str, str]] = {
    "invalid": "Revise «{}»: no se entiende lo que escribió",
    "invalid_choice": "Elija en «{}» una opción de la lista",
    "invalid_list": "Elija en «{}» opciones de la lista",
    "invalid_pk_value": "Elija en «{}» opciones de la lista",
    "incomplete": "Complete «{}»",
    "max_length": "Escriba «{}» en %(limit_value)d caracteres o menos; escribió %(show_value)d",
    "min_length": "Escriba «{}» con %(limit_value)d caracteres o más; escribió %(show_value)d",
    "min_value": "Escriba en «{}» un valor de %(limit_value)s o más",
    "max_value": "Escriba en «{}» un valor de %(limit_value)s o menos",
    "max_digits": "Escriba en «{}» %(max)s dígitos como máximo",
    "max_decimal_places": "Escriba en «{}» %(max)s decimales como máximo",
    "max_whole_digits": "Escriba en «{}» %(max)s dígitos enteros como máximo",
    "step_size": "Escriba en «{}» un múltiplo de %(limit_value)s",
    "overflow": "Escriba en «{}» un valor menor",
    "null_characters_not_allowed": "Escriba «{}» otra vez: trae un carácter que no se puede leer",
    "missing": "Seleccione el archivo de «{}»",
    "empty": "El archivo está vacío",
    "contradiction": "En «{}», envíe un archivo o marque la casilla, no las dos cosas",
    "invalid_image": "El archivo de «{}» no es una imagen que se pueda leer",
}
_EN_ARCHIVOS: Final[Mapping[str, str]] = {
    "invalid": NUESTROS["missing"],
    "max_length": "El nombre del archivo debe tener %(max)d caracteres o menos; tiene %(length)d",
}


def hablar_nosotros(campo: forms.Field, etiqueta: str) -> None:
    """Put our sentences in a field for every error it can give and did not word itself."""
    de_archivo = isinstance(campo, forms.FileField)
    frases = {**NUESTROS, **(_EN_ARCHIVOS if de_archivo else {}), "required": _falta(campo)}
    for codigo in _sin_palabras(campo):
        campo.error_messages[codigo] = frases[codigo].replace("{}", etiqueta)


def _sin_palabras(campo: forms.Field) -> Iterator[str]:
    """Give the codes that the field would answer in words that are not ours."""
    dichos = {c for c, m in campo.error_messages.items() if not isinstance(m, Promise)}
    posibles = set(campo.error_messages)
    posibles.update(
        str(getattr(v, "code", ""))
        for v in campo.validators
        if isinstance(getattr(v, "message", ""), Promise)
    )
    if isinstance(campo, forms.DecimalField):
        posibles.update(("max_digits", "max_decimal_places", "max_whole_digits"))
    yield from sorted(codigo for codigo in posibles - dichos if codigo)


def _falta(campo: forms.Field) -> str:
    """Return the sentence for an empty field."""
    if isinstance(campo, forms.FileField):
        return NUESTROS["missing"]
    orden = "Elija una opción en" if isinstance(campo, forms.ChoiceField) else "Complete"
    return f"{orden} «{{}}»"
