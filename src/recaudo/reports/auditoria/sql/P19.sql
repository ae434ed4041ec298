-- What a deadline causes happens after its last day, once for ever.
SELECT materia_tipo, materia_id, regla, fecha, count(*) AS veces, min(ocurrio_el) AS primero
  FROM cartera_eventodeplazo
 GROUP BY materia_tipo, materia_id, regla, fecha
HAVING count(*) > 1 OR min(ocurrio_el) <= fecha
UNION ALL
SELECT 'glosa', g.id, 'vencida sin evento', NULL, 0, NULL
  FROM cartera_glosa g
 WHERE g.estado = 'notificada_vencida'
   AND NOT EXISTS (SELECT 1 FROM cartera_eventodeplazo e WHERE e.materia_tipo = 'glosa' AND e.materia_id = g.id)
