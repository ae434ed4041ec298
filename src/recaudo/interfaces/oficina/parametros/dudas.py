"""When a rate looks wrong: how it is said, before registering it and before approving it."""

from recaudo.domain.parametros.queries import Vecindad
from recaudo.interfaces.vista.formatos import escribir_porcentaje
from recaudo.kernel.money import Tasa


def frase_de_duda(tasa: Tasa, cerca: Vecindad) -> str:
    """Return what is strange about a rate, with the figures that say so; empty when nothing is."""
    if not cerca.es_rara:
        return ""
    vecina = cerca.anterior if cerca.anterior is not None else cerca.siguiente
    cambio = str(cerca.salto).replace(".", ",")
    mayor = str(cerca.mayor_salto).replace(".", ",")
    de_donde = f" (la vecina es {escribir_porcentaje(vecina)})" if vecina is not None else ""
    return (
        f"{escribir_porcentaje(tasa)} cambia {cambio} puntos{de_donde}; el mayor cambio entre dos "
        f"tasas aprobadas ha sido de {mayor} puntos. Revise que la coma esté en su lugar."
    )
