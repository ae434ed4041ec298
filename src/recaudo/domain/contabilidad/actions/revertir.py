"""Reverse one entry."""

from django.db import connection

from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.refusals import Rechazo

_COPIAR = """
WITH original AS (
    SELECT lote, id, concepto, origen_tipo, origen_id, provincia
      FROM contabilidad_asiento WHERE id = %(id)s
), reverso AS (
    INSERT INTO contabilidad_asiento_corriente
        (lote, fecha, concepto, origen_tipo, origen_id, provincia, hecho_id, revierte_id)
    SELECT 0, %(fecha)s, concepto, origen_tipo, origen_id, provincia, %(hecho)s, id FROM original
    RETURNING id
)
INSERT INTO contabilidad_partida_corriente
    (lote, asiento_id, linea, cuenta_id, debe, haber, obligacion_id)
SELECT 0, reverso.id, p.linea, p.cuenta_id, p.haber, p.debe, p.obligacion_id
  FROM reverso, original
  JOIN contabilidad_partida p ON p.lote = original.lote AND p.asiento_id = original.id
RETURNING asiento_id
"""


class AsientoNoReversible(Rechazo):
    """The entry does not exist, is a reversal itself, or was reversed already."""

    mensaje = "Ese asiento no existe, ya fue reversado o es él mismo un reverso."
    norma = "C.D. 497 DG 7.ª"


def revertir(*, acto: ActoAbierto, asiento_id: int) -> int:
    """This act will post the exact opposite of an entry, line by line, on the act's date (D13).

    Returns the number of the new entry. Refuses AsientoNoReversible. For an entry that is wrong as
    a whole: a payment is undone by a payment of the contrary sign, with an entry of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('recaudo.reverso'), %s)", [asiento_id % 2**31]
        )
        cursor.execute(
            "SELECT 1 FROM contabilidad_asiento WHERE id = %s AND revierte_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM contabilidad_asiento_corriente WHERE revierte_id = %s)",
            [asiento_id, asiento_id],
        )
        if cursor.fetchone() is None:
            raise AsientoNoReversible
        cursor.execute(_COPIAR, {"id": asiento_id, "fecha": acto.fecha, "hecho": acto.hecho_id})
        return int(cursor.fetchone()[0])
