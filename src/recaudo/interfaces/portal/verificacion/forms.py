"""A code or a file."""

from django import forms

from recaudo.interfaces.vista.formularios import CampoArchivo, Formulario

MAXIMO_PDF = 2_000_000  # below what Django keeps in memory: nothing of it touches the disk


class FormularioDeCodigo(Formulario):
    """The code printed beside the QR."""

    codigo = forms.CharField(
        label="Código de verificación",
        max_length=30,
        help_text="12 letras y números, con o sin guiones. Está junto al código QR",
        error_messages={"required": "Ingrese el código de verificación"},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-20", "spellcheck": "false", "autocomplete": "off",
                "autocapitalize": "characters",
            }
        ),
    )  # fmt: skip


class FormularioDePdf(Formulario):
    """The PDF to compare with what was issued."""

    archivo = CampoArchivo(
        label="Documento en PDF",
        extensiones=("pdf",),
        tamano_maximo=MAXIMO_PDF,
        help_text="Lo comparamos y no lo guardamos",
        error_messages={"required": "Seleccione el documento en PDF"},
    )
