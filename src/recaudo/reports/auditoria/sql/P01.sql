-- Every passage is a step of its machine, by the act that did it, in force on the date of its fact; a step
-- back leads to the state it came from. And the fact has an actor, a role, a permission and a legal basis.
SELECT c.id AS cambio, c.maquina, c.objeto_id, c.acto, c.desde, c.hacia, c.hecho_id
  FROM audit_cambioestado c
  LEFT JOIN audit_hecho h ON h.id = c.hecho_id
  LEFT JOIN audit_estadopaso p
         ON p.maquina = c.maquina AND p.acto = c.acto AND p.desde = c.desde AND p.hacia = c.hacia
        AND p.desde_fecha <= h.fecha AND (p.hasta_fecha IS NULL OR h.fecha < p.hasta_fecha)
 WHERE c.hecho_id > %(desde)s
   AND (h.id IS NULL OR c.acto <> h.acto OR '' IN (h.actor_nombre, h.rol, h.permiso, h.norma)
    OR (p.maquina IS NULL
        AND NOT EXISTS (SELECT 1 FROM audit_estadopaso b
                         WHERE b.maquina = c.maquina AND b.acto = c.acto AND b.desde = c.desde
                           AND b.hacia = '(previo)'
                           AND b.desde_fecha <= h.fecha AND (b.hasta_fecha IS NULL OR h.fecha < b.hasta_fecha)
                           AND c.hacia = (SELECT a.desde FROM audit_cambioestado a
                                           WHERE a.objeto_id = c.objeto_id AND a.maquina = c.maquina
                                             AND a.hacia = c.desde AND a.id < c.id
                                           ORDER BY a.id DESC LIMIT 1))))
