"""The history of an object: its passages of state, each with the fact that explains it."""

from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado

MAXIMO = 50


def historia_de(maquina: str, objeto_id: int) -> list[Suceso]:
    """Return the passages of one object, newest first. The caller decided who may see it."""
    cambios = list(
        CambioEstado.objects.filter(maquina=maquina, objeto_id=objeto_id).order_by("-id")[:MAXIMO]
    )
    hechos = Hecho.objects.in_bulk({c.hecho_id for c in cambios})
    return [_suceso(cambio, hechos.get(cambio.hecho_id), objeto_id) for cambio in cambios]


def _suceso(cambio: CambioEstado, hecho: Hecho | None, objeto_id: int) -> Suceso:
    es_propio = hecho is not None and hecho.objeto_id == str(objeto_id)
    return Suceso(
        titulo=palabra_de_estado(cambio.hacia),
        cuando=hecho.fecha if hecho else cambio.en.date(),
        quien=hecho.actor_nombre if hecho else "",
        detalle=f"{hecho.frase if es_propio else ''} Norma: {hecho.norma}".strip() if hecho else "",
    )
