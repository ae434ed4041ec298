"""Shape of what an officer types to settle an order; the act checks the rest."""

from django import forms

from recaudo.interfaces.vista.formularios import CampoDinero, Formulario
from recaudo.kernel.money import Dinero


class FormularioDeCopias(Formulario):
    """Who asks, for how many fojas, and what they cost."""

    ruc = forms.CharField(label="RUC del empleador", max_length=13)
    matricula = forms.IntegerField(label="Matrícula del abogado", min_value=1, max_value=999_999)
    fojas = forms.IntegerField(label="Fojas", min_value=1, max_value=99_999)
    valor = CampoDinero(label="Valor de las copias", minimo=Dinero("0.01"))
