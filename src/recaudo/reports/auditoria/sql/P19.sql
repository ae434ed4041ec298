-- A deadline runs, was replaced, or ended: one of the three. What its end causes happens after its last day,
-- once for ever, and in the close of the day after: none that ran out is still running.
WITH visto AS (
    SELECT z.id, z.materia_tipo, z.materia_id, z.regla, z.vence,
           (SELECT count(*) FROM plazos_plazopendiente p
             WHERE p.plazo_id = z.id AND p.vence IS NOT DISTINCT FROM z.vence) AS corre,
           (SELECT count(*) FROM plazos_plazo r WHERE r.reemplaza_a_id = z.id) AS reemplazado,
           (SELECT count(*) FROM plazos_eventodeplazo e WHERE e.plazo_id = z.id) AS terminos,
           (SELECT min(e.ocurrio_el) FROM plazos_eventodeplazo e
             WHERE e.plazo_id = z.id AND e.que = 'VENCIO') AS vencio_el
      FROM plazos_plazo z
)
SELECT id AS plazo, materia_tipo, materia_id, regla, vence, corre, reemplazado, terminos, vencio_el
  FROM visto
 WHERE corre + reemplazado + terminos <> 1
    OR vencio_el <= vence
    OR (corre = 1 AND vence < (SELECT max(fecha) FROM cartera_diacerrado))
UNION ALL
SELECT NULL, 'glosa', g.id, 'vencida sin evento', NULL, 0, 0, 0, NULL
  FROM cartera_glosa g
 WHERE g.estado = 'notificada_vencida'
   AND NOT EXISTS (SELECT 1 FROM plazos_eventodeplazo e JOIN plazos_plazo z ON z.id = e.plazo_id
                    WHERE e.que = 'VENCIO' AND z.materia_tipo = 'glosa' AND z.materia_id = g.id)
