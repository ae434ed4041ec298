-- Each matter and addressee has at most one notice that counts, complete; a glosa notified has its own.
SELECT materia_tipo, materia_id, count(*) FILTER (WHERE surte_efecto) AS pruebas
  FROM notificaciones_notificacion
 WHERE estado = 'recibida'
 GROUP BY materia_tipo, materia_id, destinatario_tipo, destinatario_id
HAVING count(*) FILTER (WHERE surte_efecto) <> 1
UNION ALL
SELECT materia_tipo, materia_id, 0
  FROM notificaciones_notificacion
 WHERE (estado = 'recibida') <> (recibida_en IS NOT NULL AND recibida_el IS NOT NULL AND prueba <> '{}'::jsonb)
    OR (estado = 'por_surtir') <> (recibida_en IS NOT NULL AND recibida_el IS NULL AND surtira_el IS NOT NULL)
    OR (surte_efecto AND estado <> 'recibida')
UNION ALL
SELECT 'glosa', g.id, 0
  FROM cartera_glosa g
 WHERE g.estado IN ('notificada', 'notificada_vencida')
   AND NOT EXISTS (SELECT 1 FROM notificaciones_notificacion n
                    WHERE n.materia_tipo = 'glosa' AND n.materia_id = g.id AND n.surte_efecto)
