"""Shape of what an officer types to register a rate; the act checks the law."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from recaudo.interfaces.vista.formularios import Formulario
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo

_MES = re.compile(r"(?P<mes>\d{1,2})[/.-](?P<anio>\d{4})|(?P<anio2>\d{4})-(?P<mes2>\d{1,2})", re.A)
_ILEGIBLE = "Escriba el mes como mm/aaaa, por ejemplo 10/2026"


class CampoMes(forms.CharField):
    """A month typed as `mm/aaaa` (`aaaa-mm` is understood too); returns `Periodo` or None."""

    def __init__(self, **kwargs: Any) -> None:
        """Narrow box; other arguments are those of a Django field."""
        atributos = {"class": "govuk-input--width-5", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=atributos))
        kwargs.setdefault("help_text", "Por ejemplo, 10/2026")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Periodo | None:
        """Read the month; refuses what is none."""
        texto = str(super().clean(value) or "").strip()
        if not texto:
            return None
        hallado = _MES.fullmatch(texto)
        if hallado is None:
            raise forms.ValidationError(_ILEGIBLE, code="ilegible")
        anio, mes = hallado["anio"] or hallado["anio2"], hallado["mes"] or hallado["mes2"]
        try:
            return Periodo(int(anio), int(mes))
        except ValueError as imposible:
            raise forms.ValidationError(_ILEGIBLE, code="ilegible") from imposible


class CampoTasa(forms.CharField):
    """An annual percentage typed as `7,99` or `7.99`; returns `Tasa`."""

    def __init__(self, **kwargs: Any) -> None:
        """Narrow box with the decimal keyboard."""
        atributos = {"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=atributos))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Tasa | None:
        """Read the percentage; its range is the act's to judge."""
        texto = str(super().clean(value) or "").replace("%", "").replace(" ", "")
        if not texto:
            return None
        try:
            numero = Decimal(texto.replace(",", "."))
        except InvalidOperation as ilegible:
            raise forms.ValidationError(self._ejemplo, code="ilegible") from ilegible
        if not numero.is_finite():
            raise forms.ValidationError(self._ejemplo, code="ilegible")
        return Tasa(numero)

    _ejemplo = "Escriba la tasa con números, por ejemplo 7,99"


class FormularioDeTasa(Formulario):
    """The maximum conventional rate of a month, or of several in a row."""

    periodo = CampoMes(label="Mes desde el que rige")
    hasta = CampoMes(
        label="Último mes en que rige",
        required=False,
        help_text="Solo si la misma tasa rigió varios meses seguidos",
    )
    tasa = CampoTasa(
        label="Tasa activa máxima convencional, % anual", help_text="Hasta tres decimales"
    )
    fuente = forms.CharField(
        label="Fuente",
        max_length=300,
        help_text="Publicación del Banco Central o resolución, con su fecha",
    )
    estado_verificacion = forms.ChoiceField(
        label="¿Qué tan segura es la fuente?",
        choices=[
            ("VERIFICADO", "Verificada en la publicación oficial"),
            ("SECUNDARIO", "Tomada de una fuente secundaria"),
            ("PROVISIONAL", "Provisional, por confirmar"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elija qué tan segura es la fuente",
            "invalid_choice": "Elija una de las opciones: qué tan segura es la fuente",
        },
    )

    def clean(self) -> dict[str, Any]:
        """The last month cannot come before the first."""
        datos = super().clean() or {}
        desde, hasta = datos.get("periodo"), datos.get("hasta")
        if desde and hasta and (hasta.anio, hasta.mes) < (desde.anio, desde.mes):
            self.add_error("hasta", "El último mes no puede ser anterior al primero")
        return datos
