"""What the person chooses to pay, and why a comprobante is annulled."""

from typing import Any

from django import forms

from recaudo.interfaces.vista.campos import CampoRazon
from recaudo.interfaces.vista.formularios import Formulario


class FormularioDeEleccion(Formulario):
    """The chosen obligations, as the boxes of the page send them."""

    obligacion = forms.TypedMultipleChoiceField(
        label="Obligaciones",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Seleccione al menos una obligación",
            "invalid_choice": "Una de las obligaciones elegidas ya no está por pagar",
        },
    )

    def __init__(self, *args: Any, libres: list[int], **kwargs: Any) -> None:
        """Offer only `libres`: what the employer owes and no live comprobante holds."""
        super().__init__(*args, **kwargs)
        self.fields["obligacion"].choices = [(pk, str(pk)) for pk in libres]  # type: ignore[attr-defined]


class FormularioDeAnulacion(Formulario):
    """The reason of an annulment."""

    razon = CampoRazon(
        label="¿Por qué anula este comprobante?",
        help_text="Queda en la historia del comprobante.",
        error_messages={"required": "Escriba por qué anula el comprobante"},
    )
