"""What an officer gives to import a statement and to place unidentified money."""

from django import forms

from recaudo.interfaces.vista.campos import CampoRazon
from recaudo.interfaces.vista.formularios import CampoArchivo, Formulario

TAMANO_MAXIMO = 500_000_000


class FormularioDeExtracto(Formulario):
    """A bank's statement, in one of the two formats: its account says the channel."""

    archivo = CampoArchivo(
        label="Archivo del banco",
        extensiones=("xml",),
        tamano_maximo=TAMANO_MAXIMO,
        help_text="Extracto ISO 20022 en XML, tal como lo entregó el banco",
    )
    formato = forms.ChoiceField(
        label="Formato",
        choices=[
            ("camt053", "camt.053, extracto de fin de día"),
            ("camt054", "camt.054, avisos de crédito del día"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elija el formato del archivo",
            "invalid_choice": "Elija uno de los dos formatos",
        },
    )


class FormularioDeRazon(Formulario):
    """Why the officer places the money there."""

    razon = CampoRazon(
        label="Razón de la decisión",
        help_text="Con qué respaldo se sabe de quién es este dinero. Queda en la historia.",
        error_messages={"required": "Escriba la razón de la decisión"},
    )
