"""The glosas that an act chose and locked, in the server, and their change of state."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.cartera.states import EstadoGlosa

#: Temporary table (id) with the glosas that an act chose: one or half a million.
ELEGIDAS: Final = "glosa_elegida"
_MOVER: Final = f"""
UPDATE cartera_glosa g SET estado = %s FROM {ELEGIDAS} e WHERE e.id = g.id
"""  # noqa: S608 - our own text


def mover_elegidas(cursor: CursorWrapper, estado: EstadoGlosa) -> int:
    """Move the glosas of ELEGIDAS to a state, inside the act that chose them; return how many."""
    cursor.execute(_MOVER, [estado.value])
    return int(cursor.rowcount)
