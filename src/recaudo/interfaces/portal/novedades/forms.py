"""The batch file."""

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import MAXIMO_DE_BYTES
from recaudo.interfaces.vista.formularios import CampoArchivo, Formulario


class FormularioDeArchivo(Formulario):
    """One file of payroll events in the batch layout."""

    archivo = CampoArchivo(
        label="Archivo de novedades",
        extensiones=("txt", "dat"),
        tamano_maximo=MAXIMO_DE_BYTES,
        help_text="Un archivo de texto (.txt o .dat) con un solo tipo de novedad.",
        error_messages={"required": "Seleccione el archivo de novedades"},
    )
