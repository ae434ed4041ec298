-- Each matter has at most one effective proof of notice, complete, through a channel that exists for it.
SELECT materia_tipo, materia_id, count(*) AS pruebas
  FROM notificaciones_notificacion
 WHERE estado = 'recibida'
 GROUP BY materia_tipo, materia_id
HAVING count(*) > 1
UNION ALL
SELECT materia_tipo, materia_id, 0
  FROM notificaciones_notificacion
 WHERE (estado = 'recibida') <> (recibida_en IS NOT NULL AND recibida_el IS NOT NULL AND prueba <> '{}'::jsonb)
    OR canal <> 'CASILLERO'
UNION ALL
SELECT 'glosa', g.id, 0
  FROM cartera_glosa g
 WHERE g.estado IN ('notificada', 'notificada_vencida')
   AND NOT EXISTS (SELECT 1 FROM notificaciones_notificacion n
                    WHERE n.materia_tipo = 'glosa' AND n.materia_id = g.id AND n.estado = 'recibida')
