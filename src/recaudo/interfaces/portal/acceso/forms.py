"""Who enters."""

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
