"""The date up to which the balance is read."""

from recaudo.interfaces.vista.formularios import CampoFecha, Formulario


class FormularioDeCorte(Formulario):
    """One optional date."""

    marca_opcionales = False
    hasta = CampoFecha(label="Movimientos hasta el", required=False)
