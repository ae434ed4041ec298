"""Cancel (pay off) the living glosas whose debt is no longer owed."""

from django.db import connection

from recaudo.domain.cartera.states import VIVAS, EstadoGlosa

_CANCELAR = """
UPDATE cartera_glosa g SET estado = %s
  FROM obligaciones_obligacion o
 WHERE o.id = g.obligacion_id AND o.estado = %s AND g.estado = ANY(%s)
"""


def cancelar_glosas_pagadas() -> int:
    """Move to `cancelada` every living glosa whose debt was paid in full; return how many.

    Needs an open act: the step is recorded with its fact. Again, it changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CANCELAR, [EstadoGlosa.CANCELADA.value, "cancelada", [str(e) for e in VIVAS]]
        )
        return int(cursor.rowcount)
