"""Shape of what an officer types to register a rate; the act checks the law."""

from typing import Any

from django import forms

from recaudo.domain.parametros.queries import vecindad
from recaudo.interfaces.oficina.parametros.dudas import frase_de_duda
from recaudo.interfaces.vista.campos import CampoMes, CampoTasa
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo


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

    confirma_rareza = forms.BooleanField(
        label="Revisé la publicación: la tasa es la que escribí", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the confirmation only after a rate that looks wrong."""
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["confirma_rareza"]

    def clean(self) -> dict[str, Any]:
        """The last month cannot come before the first; a strange rate is confirmed."""
        datos = super().clean() or {}
        desde, hasta = datos.get("periodo"), datos.get("hasta")
        if desde and hasta and (hasta.anio, hasta.mes) < (desde.anio, desde.mes):
            self.add_error("hasta", "El último mes no puede ser anterior al primero")
        tasa = datos.get("tasa")
        duda = self._duda(tasa, desde, hasta or desde) if desde and tasa and not self.errors else ""
        if not duda:
            self.fields.pop("confirma_rareza", None)
        elif not datos.get("confirma_rareza"):
            self.add_error("confirma_rareza", duda)
        return datos

    def _duda(self, tasa: Tasa, desde: Periodo, hasta: Periodo) -> str:
        """Say what is strange in a rate unlike its neighbours: 82,5 for 8,25."""
        rige = {"desde": desde.primer_dia, "hasta": hasta.siguiente().primer_dia}
        return frase_de_duda(tasa, vecindad(tasa=tasa, **rige))
