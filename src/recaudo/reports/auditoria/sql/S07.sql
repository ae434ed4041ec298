-- A fact says what caused it: that fact exists, came before, and does not have a later business date.
SELECT h.id AS hecho, h.tipo, h.acto, h.causa_id, c.fecha AS fecha_de_la_causa
  FROM audit_hecho h
  LEFT JOIN audit_hecho c ON c.id = h.causa_id
 WHERE h.causa_id IS NOT NULL AND h.id > %(desde)s
   AND (c.id IS NULL OR c.id >= h.id OR c.fecha > h.fecha)
