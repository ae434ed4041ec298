"""The fields that every form shares: month, rate, canton, reason, and choices of closed lists.

The same text is read the same everywhere; what cannot be read is asked back in one sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from django import forms

from recaudo.interfaces.vista.formatos import escribir_lugar, nombre_propio
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo, interpretar_periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import clave_de_orden, es_razon
from recaudo.norma.catalogos.dpa import cantones

LARGO_RAZON: Final = 300
ANIOS: Final = range(1900, 2200)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_ENTERO: Final = re.compile(r"-?[0-9]{1,18}")
Opciones = list[tuple[str, Any]]


class _EntradaMes(forms.TextInput):
    """The box of a month: what was typed stays; a `Periodo` is written `06/2026`."""

    def format_value(self, value: Any) -> str | None:
        """Write back a month."""
        if isinstance(value, Periodo):
            return f"{value.mes:02d}/{value.anio}"
        escrito: str | None = super().format_value(value)
        return escrito


class CampoMes(forms.CharField):
    """A month: `06/2026`, `2026-06`, `junio de 2026` and their kin; returns `Periodo`."""

    def __init__(self, **kwargs: Any) -> None:
        """Narrow box with its example."""
        kwargs.setdefault("label", "Mes")
        kwargs.setdefault("help_text", "Por ejemplo, 09/2026 o septiembre de 2026")
        kwargs.setdefault("max_length", 40)
        atributos = {"class": "govuk-input--width-10", "autocomplete": "off"}
        kwargs.setdefault("widget", _EntradaMes(attrs=atributos))
        propios = {
            "required": "Ingrese el mes",
            "max_length": "Escriba el mes y el año, por ejemplo 09/2026",
        }
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=mensajes, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the month, in the words of the kernel when it cannot be."""
        if isinstance(value, Periodo):
            return value
        texto = super().clean(value)
        if not texto:
            return None
        try:
            periodo = interpretar_periodo(texto)
        except Rechazo as rechazo:
            raise forms.ValidationError(rechazo.mensaje, code="mes") from rechazo
        if periodo.anio not in ANIOS:
            lejos = f"Escriba un año entre {ANIOS.start} y {ANIOS.stop - 1}"
            raise forms.ValidationError(lejos, code="lejos")
        return periodo


class CampoTasa(forms.DecimalField):
    """A percentage: `8,25`, `8.25` or `8,25 %`, from 0 to 100; returns `Tasa`."""

    def __init__(self, **kwargs: Any) -> None:
        """Narrow box with the decimal keyboard."""
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 100)
        kwargs.setdefault("max_digits", 9)
        kwargs.setdefault("decimal_places", 6)
        atributos = {"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=atributos))
        como = "Escriba la tasa como porcentaje, por ejemplo 9,33"
        rango = "La tasa va de 0 a 100"
        propios = {
            "required": "Ingrese la tasa", "invalid": como, "min_value": rango, "max_value": rango,
            "max_digits": como, "max_decimal_places": como, "max_whole_digits": rango,
        }  # fmt: skip
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=mensajes, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Understand the comma as the decimal mark, and the sign of percentage."""
        if isinstance(value, str):
            value = value.replace("\u00a0", " ").strip().removesuffix("%").strip()
            value = value.replace(",", ".")
            if value and not _DECIMAL.fullmatch(value):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        """Return the rate, or None when it was left empty."""
        limpio = super().clean(value)
        return None if limpio is None else Tasa(limpio)


class CampoEntero(forms.IntegerField):
    """A whole number in the digits of the house: nothing else that Python reads as one."""

    def to_python(self, value: Any) -> int | None:
        """Refuse other digits, and `1_000`."""
        if isinstance(value, str) and value.strip() and not _ENTERO.fullmatch(value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


@lru_cache(maxsize=1)
def cantones_por_provincia() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return every canton under its province, both as a Spanish dictionary orders them."""
    grupos: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for c in sorted(cantones().values(), key=lambda c: clave_de_orden(c.nombre)):
        grupos[nombre_propio(c.provincia)].append((c.codigo, escribir_lugar(c.nombre, c.provincia)))
    return tuple((p, tuple(grupos[p])) for p in sorted(grupos, key=clave_de_orden))


class CampoEleccion(forms.ChoiceField):
    """One of a closed list; `vacio` is what no choice says."""

    def __init__(
        self, opciones: Callable[[], Iterable[Any]], *, vacio: str = "", **kwargs: Any
    ) -> None:
        """Ask for the list each time the form is made; never repeat what is not in it."""

        def todas() -> Opciones:
            return [*([("", vacio)] if vacio else []), *opciones()]

        super().__init__(choices=todas, **kwargs)


class CampoCanton(CampoEleccion):
    """A canton of the country, with its province; returns its four digits, or an empty text."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the cantons by province."""
        kwargs.setdefault("label", "Cantón")
        kwargs.setdefault("vacio", "Elija un cantón")
        super().__init__(cantones_por_provincia, **kwargs)


class AreaContada(forms.Textarea):
    """A long text with its counter; without scripts its limit is said once."""

    template_name = "vista/campos/contada.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the limit."""
        contexto: dict[str, Any] = super().get_context(name, value, attrs)
        contexto["widget"]["limite"] = self.limite
        suyos = contexto["widget"]["attrs"]
        if suyos.get("id"):
            dicho = (suyos.get("aria-describedby", ""), f"{suyos['id']}-info")
            suyos["aria-describedby"] = " ".join(filter(None, dicho))
        return contexto

    def __init__(self, *, limite: int, attrs: dict[str, Any] | None = None) -> None:
        """Keep how many characters fit."""
        self.limite = limite
        super().__init__({"rows": 4, "class": "govuk-js-character-count", **(attrs or {})})


class CampoRazon(forms.CharField):
    """The reason of an act: required, counted as it is typed, 300 characters at most."""

    def __init__(self, *, limite: int = LARGO_RAZON, **kwargs: Any) -> None:
        """Use the counted area and its sentences."""
        kwargs.setdefault("label", "Razón")
        kwargs.setdefault("widget", AreaContada(limite=limite))
        propios = {
            "required": "Escriba la razón",
            "max_length": f"Escriba la razón en {limite} caracteres o menos",
        }
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(max_length=limite, error_messages=mensajes, **kwargs)

    def to_python(self, value: Any) -> str:
        """Count a line end as one character, as the page does."""
        texto = super().to_python(value) or ""
        return texto.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        """Refuse what is only signs: no letter or digit says why."""
        super().validate(value)
        if value.strip() and not es_razon(value, hasta=len(value)):
            solo_signos = "Escriba la razón con palabras"
            raise forms.ValidationError(solo_signos, code="sin_palabras")
