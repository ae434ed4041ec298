"""The deadline of the copies. The number is a parameter; here is what it counts."""

from recaudo.norma.citas import segun
from recaudo.norma.plazos.reglas import Obligado, ReglaDePlazo, Unidad


@segun("Decisión de diseño: cuarto de ejemplo")
def pagar_copias() -> ReglaDePlazo:
    """Return the término to pay some copies: business days since the notice, of whoever owes."""
    return ReglaDePlazo(
        nombre="pagar_copias",
        titulo="término para pagar las copias",
        parametro="copias.dias_para_pagar",
        unidad=Unidad.HABILES,
        desde="notificación",
        obligado=Obligado.DEUDOR,
        norma="Diseño: cuarto de ejemplo",
    )
