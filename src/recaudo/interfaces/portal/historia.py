"""The history of an object: what was done to it and the states it passed through."""

from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado

MAXIMO = 50


def historia_de(maquina: str, objeto_id: int, *, primero: Suceso | None = None) -> list[Suceso]:
    """Return what happened to one object, newest first. The caller decided who may see it.

    A machine and its objects have the same name in the audit trail. `primero` tells how it began
    when it was born with many others and no fact is its own.
    """
    cambios = CambioEstado.objects.filter(maquina=maquina, objeto_id=objeto_id).order_by("-id")
    estados = {c.hecho_id: c.hacia for c in cambios[:MAXIMO]}
    propios = Hecho.objects.filter(objeto_tipo=maquina, objeto_id=str(objeto_id)).order_by("-id")
    hechos = {h.pk: h for h in propios[:MAXIMO]} | Hecho.objects.in_bulk(list(estados))
    sucesos = [
        _suceso(hechos[pk], estados.get(pk, ""), es_propio=hechos[pk].objeto_tipo == maquina)
        for pk in sorted(hechos, reverse=True)
    ]
    return [*sucesos, primero] if primero is not None else sucesos


def _suceso(hecho: Hecho, estado: str, *, es_propio: bool) -> Suceso:
    """Tell one fact: its own sentence, or only the new state when it was about many objects."""
    titulo = palabra_de_estado(estado) if estado else palabra_de_estado(hecho.tipo)
    frase = f"{hecho.frase} " if es_propio else ""
    return Suceso(titulo, hecho.fecha, hecho.actor_nombre, f"{frase}Norma: {hecho.norma}.")
