-- A deadline is never edited: a change is another row, with its act, of the same matter, that does not end
-- before the one it replaces, unless a suspension ended earlier than it was said.
SELECT t.id AS plazo, t.materia_tipo, t.materia_id, t.vence_max, r.vence_max AS vencia
  FROM plazos_plazo t
  LEFT JOIN plazos_plazo r ON r.id = t.reemplaza_a_id
  LEFT JOIN audit_hecho h ON h.id = t.hecho_id
 WHERE h.id IS NULL
    OR (r.id IS NOT NULL AND ((t.vence_max < r.vence_max AND t.suspensiones = r.suspensiones)
        OR (t.materia_tipo, t.materia_id, t.regla, t.parte_tipo, t.parte_id)
           <> (r.materia_tipo, r.materia_id, r.regla, r.parte_tipo, r.parte_id)))
