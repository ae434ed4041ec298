-- The state of each object is where its last passage left it, or its birth state when it never moved.
WITH vivos AS (
    SELECT 'obligacion' AS maquina, id, estado FROM obligaciones_obligacion
    UNION ALL SELECT 'comprobante', id, estado FROM recaudacion_comprobante
    UNION ALL SELECT 'valor_por_aplicar', id, estado FROM recaudacion_valorporaplicar
    UNION ALL SELECT 'extracto', id, estado FROM recaudacion_extracto
    UNION ALL SELECT 'aclaracion_de_cargo', id, estado FROM recaudacion_aclaraciondecargo
    UNION ALL SELECT 'desmentido_de_aviso', id, estado FROM recaudacion_desmentidodeaviso
    UNION ALL SELECT 'notificacion', id, estado FROM notificaciones_notificacion
    UNION ALL SELECT 'glosa', id, estado FROM cartera_glosa
), ultimo AS (
    SELECT DISTINCT ON (maquina, objeto_id) maquina, objeto_id, hacia
      FROM audit_cambioestado ORDER BY maquina, objeto_id, id DESC
)
SELECT v.maquina, v.id, v.estado, u.hacia AS ultimo_paso
  FROM vivos v
  LEFT JOIN ultimo u ON u.maquina = v.maquina AND u.objeto_id = v.id
 WHERE CASE WHEN u.hacia IS NULL
            THEN NOT EXISTS (SELECT 1 FROM audit_estadopaso p
                              WHERE p.maquina = v.maquina AND p.desde = '' AND p.hacia = v.estado)
            ELSE v.estado <> u.hacia END
