"""The history of an object: what was done to it and the states it passed through."""

import re
from collections.abc import Iterable

from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import fechas_legibles

MAXIMO = 50
#: A reaction states its fact in the transaction of its cause: their numbers are neighbours.
CERCA = 3
_POR_PALABRAS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def historia_de(maquina: str, objeto_id: int, *, primero: Suceso | None = None) -> list[Suceso]:
    """Return what happened to one object, newest first. The caller decided who may see it.

    Its own facts tell themselves; a passage caused by a fact about something else is told by its
    new state, unless an own fact that followed at once tells it already. A machine and its objects
    have the same name in the audit trail. `primero` tells how it began when it was born with many
    others and no fact is its own.
    """
    cambios = CambioEstado.objects.filter(maquina=maquina, objeto_id=objeto_id).order_by("-id")
    estados = {c.hecho_id: c.hacia for c in cambios[:MAXIMO]}
    propios = Hecho.objects.filter(objeto_tipo=maquina, objeto_id=str(objeto_id)).order_by("-id")
    suyos = {h.pk: h for h in propios[:MAXIMO]}
    otros = Hecho.objects.in_bulk([pk for pk in estados if pk not in suyos])
    ajenos = {pk: h for pk, h in otros.items() if not _ya_contado(h, suyos.values())}
    sucesos = [
        _suceso(hecho, estados.get(pk, ""), es_propio=pk in suyos)
        for pk, hecho in sorted((suyos | ajenos).items(), reverse=True)
    ]
    return [*sucesos, primero] if primero is not None else sucesos


def _ya_contado(ajeno: Hecho, suyos: Iterable[Hecho]) -> bool:
    """Say whether a reaction to that fact stated an own one: same person, same day, next number."""
    return any(
        0 < h.pk - ajeno.pk <= CERCA and (h.actor_id, h.fecha) == (ajeno.actor_id, ajeno.fecha)
        for h in suyos
    )


def _suceso(hecho: Hecho, estado: str, *, es_propio: bool) -> Suceso:
    """Tell one fact: its own sentence, or only the new state when it was about many objects."""
    titulo = palabra_de_estado(estado or _POR_PALABRAS.sub("_", hecho.tipo))
    frase = f"{fechas_legibles(hecho.frase)} " if es_propio else ""
    return Suceso(titulo, hecho.fecha, hecho.actor_nombre, f"{frase}Norma: {hecho.norma}.")
