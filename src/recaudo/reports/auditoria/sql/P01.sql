-- Every passage is an edge of the table and points to a fact with actor, role and legal basis.
SELECT c.id AS cambio, c.maquina, c.objeto_id, c.desde, c.hacia, c.hecho_id
  FROM audit_cambioestado c
  LEFT JOIN audit_hecho h ON h.id = c.hecho_id
 WHERE c.hecho_id > %(desde)s
   AND (h.id IS NULL OR h.actor_nombre = '' OR h.rol = '' OR h.norma = ''
     OR NOT EXISTS (SELECT 1 FROM audit_estadopaso p
                     WHERE p.maquina = c.maquina AND p.desde = c.desde AND p.hacia = c.hacia))
