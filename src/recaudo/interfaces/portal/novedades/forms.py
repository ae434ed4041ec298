"""The batch file, sent whole or typed."""

from typing import Any

from django import forms

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import MAXIMO_DE_BYTES
from recaudo.interfaces.vista.formularios import CampoArchivo, Formulario

#: What one may reasonably type; more goes in a file.
LARGO_TECLEADO = 200_000


class FormularioDeArchivo(Formulario):
    """One file of payroll events in the batch layout."""

    archivo = CampoArchivo(
        label="Archivo de novedades",
        extensiones=("txt", "dat", "csv"),
        tamano_maximo=MAXIMO_DE_BYTES,
        help_text="Un archivo de texto (.txt, .dat o .csv) con un solo tipo de novedad.",
        error_messages={"required": "Seleccione el archivo de novedades"},
    )


class FormularioDeCorreccion(Formulario):
    """The lines that came back, mended on the page."""

    lineas = forms.CharField(
        label="Líneas corregidas",
        help_text="Una línea por trabajador, con los mismos campos. Borre las que no envía.",
        max_length=LARGO_TECLEADO,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "codigo"}),
        error_messages={
            "required": "Escriba al menos una línea",
            "max_length": "Son demasiadas líneas para escribirlas aquí: envíe un archivo",
        },
    )

    def clean_lineas(self) -> Any:
        """Refuse what has no line."""
        lineas = self.cleaned_data["lineas"]
        if not lineas.strip():
            raise forms.ValidationError("Escriba al menos una línea", code="required")  # noqa: EM101 - one sentence
        return lineas
