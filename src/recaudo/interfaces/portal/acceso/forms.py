"""Who enters and for whom."""

from typing import Any

from django import forms

from recaudo.infra.security.entrada import LARGO_CLAVE
from recaudo.interfaces.vista.formularios import Formulario


class FormularioDeEntrada(Formulario):
    """Identification and password; paste and password managers welcome."""

    identificacion = forms.CharField(
        label="Cédula, RUC o código de usuario",
        max_length=20,
        error_messages={"required": "Ingrese su cédula, RUC o código de usuario"},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "spellcheck": "false",
                "autocapitalize": "none",
                "class": "govuk-input--width-20",
            }
        ),
    )
    clave = forms.CharField(
        label="Clave",
        max_length=LARGO_CLAVE,
        strip=False,
        error_messages={"required": "Ingrese su clave"},
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}
        ),
    )


class FormularioDeEmpleador(Formulario):
    """The employer to act for, among those the person represents."""

    empleador = forms.TypedChoiceField(
        label="Actuar por",
        coerce=int,
        error_messages={"invalid_choice": "Elija un empleador de la lista"},
    )

    def __init__(self, *args: Any, propios: list[tuple[int, str, str]], **kwargs: Any) -> None:
        """Offer `propios`: (id, RUC, name)."""
        super().__init__(*args, **kwargs)
        self.fields["empleador"].choices = [  # type: ignore[attr-defined]
            (pk, f"{nombre} ({ruc})") for pk, ruc, nombre in propios
        ]
