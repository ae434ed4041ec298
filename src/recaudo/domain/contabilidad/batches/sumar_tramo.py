"""Keep the sums of a stretch of the ledger, by account and accounting date (D27)."""

from django.db.backends.utils import CursorWrapper

_TRAMO = """
INSERT INTO contabilidad_tramosumado (lote, desde_id, hasta_id, asientos, conceptos, hecho_id)
SELECT %(lote)s, %(desde)s, %(hasta)s, count(*), to_jsonb(array_agg(DISTINCT concepto)), %(hecho)s
  FROM contabilidad_asiento WHERE lote = %(lote)s AND id BETWEEN %(desde)s AND %(hasta)s
RETURNING id
"""
_SUMAR = """
INSERT INTO contabilidad_sumadetramo (tramo_id, cuenta_id, fecha, debe, haber)
SELECT %(tramo)s, p.cuenta_id, a.fecha, sum(p.debe), sum(p.haber)
  FROM contabilidad_asiento a JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
 WHERE a.lote = %(lote)s AND a.id BETWEEN %(desde)s AND %(hasta)s
 GROUP BY p.cuenta_id, a.fecha
"""


def sumar_tramo(cursor: CursorWrapper, *, lote: int, tramo: tuple[int, int], hecho_id: int) -> None:
    """Add up the entries of a stretch of ids of a lot, both ends included, and keep the sums.

    Whoever seals calls it once per stretch: the page of the ledger adds these sums and only the
    entries posted after the last of them.
    """
    valores = {"lote": lote, "desde": tramo[0], "hasta": tramo[1], "hecho": hecho_id}
    cursor.execute(_TRAMO, valores)
    cursor.execute(_SUMAR, valores | {"tramo": cursor.fetchone()[0]})
