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


class FormularioDeDeclaracion(Formulario):
    """Why a line believed seen is money of its own."""

    razon = CampoRazon(
        label="Razón",
        help_text="Cómo se sabe que es dinero aparte. Queda en la historia.",
        error_messages={"required": "Escriba la razón: cómo se sabe que es dinero aparte"},
    )


class FormularioDeDecision(Formulario):
    """The reason, asked only of who rejects a statement."""

    marca_opcionales = False
    razon = CampoRazon(
        label="Razón, si lo rechaza", required=False, help_text="Queda en la historia."
    )


class FormularioDeRechazo(Formulario):
    """Why a statement is put aside."""

    razon = CampoRazon(
        label="Razón",
        help_text="Por qué no debe entrar al libro. Queda en la historia.",
        error_messages={"required": "Escriba la razón del rechazo"},
    )


class FormularioDeCuenta(Formulario):
    """An own bank account: its number, its bank and its channel."""

    numero = forms.CharField(
        label="Número de cuenta",
        max_length=40,
        help_text="Como la escribe el banco en sus extractos",
        error_messages={"required": "Escriba el número de la cuenta"},
    )
    banco = forms.CharField(
        label="Banco", max_length=120, error_messages={"required": "Escriba el nombre del banco"}
    )
    canal = forms.CharField(
        label="Canal",
        max_length=20,
        help_text="Letras, números y guiones: BANCO-EJEMPLO. Varias cuentas pueden tener el mismo.",
        error_messages={"required": "Escriba el canal de la cuenta"},
    )


class FormularioDeRazon(Formulario):
    """Why the officer places the money there."""

    razon = CampoRazon(
        label="Razón de la decisión",
        help_text="Con qué respaldo se sabe de quién es este dinero. Queda en la historia.",
        error_messages={"required": "Escriba la razón de la decisión"},
    )
