-- A término is never edited: a change is another row, with its act, and does not shorten the first one.
SELECT t.id AS termino, t.materia_tipo, t.materia_id, t.vence, r.vence AS vencia
  FROM notificaciones_termino t
  LEFT JOIN notificaciones_termino r ON r.id = t.reemplaza_a_id
  LEFT JOIN audit_hecho h ON h.id = t.hecho_id
 WHERE h.id IS NULL OR (r.id IS NOT NULL AND t.vence < r.vence)
