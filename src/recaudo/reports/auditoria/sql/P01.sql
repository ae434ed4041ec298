-- Every passage is a step of its machine, by the act that did it, in force on the date of its fact; a step
-- back leads to the state it came from. And the fact has an actor, a role, a permission and a legal basis.
WITH pasajes AS (
    SELECT c.*, h.fecha, h.actor_nombre, h.rol, h.permiso, h.norma, h.acto AS acto_del_hecho
      FROM audit_cambioestado c
      LEFT JOIN audit_hecho h ON h.id = c.hecho_id
     WHERE c.hecho_id > %(desde)s
)
SELECT c.id AS cambio, c.maquina, c.objeto_id, c.acto, c.desde, c.hacia, c.hecho_id
  FROM pasajes c
 WHERE c.fecha IS NULL OR c.acto <> c.acto_del_hecho
    OR '' IN (c.actor_nombre, c.rol, c.permiso, c.norma)
    OR NOT EXISTS (SELECT 1 FROM audit_estadopaso p
                    WHERE p.maquina = c.maquina AND p.acto = c.acto AND p.desde = c.desde
                      AND p.desde_fecha <= c.fecha AND (p.hasta_fecha IS NULL OR c.fecha < p.hasta_fecha)
                      AND (p.hacia = c.hacia
                           OR (p.hacia = '(previo)'
                               AND c.hacia = (SELECT a.desde FROM audit_cambioestado a
                                               WHERE a.objeto_id = c.objeto_id AND a.maquina = c.maquina
                                                 AND a.hacia = c.desde AND a.id < c.id
                                               ORDER BY a.id DESC LIMIT 1))))
