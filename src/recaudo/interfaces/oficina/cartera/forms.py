"""What an officer confirms to close days."""

from datetime import date

from django import forms

from recaudo.interfaces.vista.formularios import CampoFecha, Formulario


class FormularioDeCierre(Formulario):
    """Up to which date to close, and the confirmation that it cannot be undone."""

    fecha = CampoFecha(label="Cerrar hasta el día (incluido)")
    confirma = forms.BooleanField(
        label="Entiendo que un día cerrado no se vuelve a abrir",
        error_messages={"required": "Marque que entiende que un día cerrado no se vuelve a abrir"},
    )

    def __init__(self, *args: object, hoy: date, **kwargs: object) -> None:
        """Propose today; a later date is refused."""
        super().__init__(*args, **kwargs)
        self.fields["fecha"].initial = hoy
        self.hoy = hoy

    def clean_fecha(self) -> date:
        """A day that has not come cannot be closed."""
        fecha: date = self.cleaned_data["fecha"]
        if fecha > self.hoy:
            mensaje = f"La fecha debe ser hasta el {self.hoy:%d/%m/%Y}: un día futuro no se cierra"
            raise forms.ValidationError(mensaje, code="futura")
        return fecha
