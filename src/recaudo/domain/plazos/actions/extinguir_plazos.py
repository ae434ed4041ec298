"""End deadlines before their time: what they were for was done, or is no longer owed."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from recaudo.infra.audit.hechos import ActoAbierto

_TOMAR = """
SELECT recaudo_tomar_plazos(ARRAY(
    SELECT p.plazo_id FROM plazos_plazopendiente p JOIN plazos_plazo z ON z.id = p.plazo_id
     WHERE z.materia_tipo = %(tipo)s AND z.materia_id = ANY(%(ids)s)))
"""
_EXTINGUIR = """
INSERT INTO plazos_eventodeplazo (plazo_id, que, vence, ocurrio_el, hecho_id)
SELECT p.plazo_id, 'EXTINGUIDO', p.vence, %(fecha)s, %(hecho)s
  FROM plazos_plazopendiente p JOIN plazos_plazo z ON z.id = p.plazo_id
 WHERE z.materia_tipo = %(tipo)s AND z.materia_id = ANY(%(ids)s)
 ORDER BY p.plazo_id
"""


def extinguir_plazos(*, acto: ActoAbierto, materia_tipo: str, materia_ids: Sequence[int]) -> int:
    """This act will end every running deadline of those matters: nothing follows from them.

    It runs inside the act that makes them pointless (a payment, a withdrawal), and carries its
    fact. Returns how many; again, it changes nothing.
    """
    with connection.cursor() as cursor:
        valores: dict[str, Any] = {"tipo": materia_tipo, "ids": list(materia_ids)}
        cursor.execute(_TOMAR, valores)
        cursor.execute(_EXTINGUIR, {**valores, "fecha": acto.fecha, "hecho": acto.hecho_id})
        return int(cursor.rowcount)
