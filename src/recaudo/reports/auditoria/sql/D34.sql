-- What may change of a row is what the last fact, or the last sealed row, said of it: wages and ends of employments by
-- their novedades; annulled documents, ended offices, approved rates and proofs of reception by their facts.
WITH dicho AS (
    SELECT r.id, r.sueldo, r.vigencia, e.valor, e.fecha_hecho AS entra,
           (SELECT c.sueldo_nuevo FROM afiliacion_cambiosueldo c WHERE c.relacion_id = r.id ORDER BY c.id DESC LIMIT 1) AS cambiado,
           (SELECT s.fecha_hecho + 1 FROM afiliacion_novedad s WHERE s.relacion_id = r.id AND s.tipo = 'SAL' ORDER BY s.id DESC LIMIT 1) AS sale
      FROM afiliacion_relacionlaboral r
      JOIN LATERAL (SELECT n.valor, n.fecha_hecho FROM afiliacion_novedad n
                     WHERE n.relacion_id = r.id AND n.tipo = 'ENT' ORDER BY n.id LIMIT 1) e ON true
)
SELECT 'el sueldo de la relación laboral' AS que, id FROM dicho WHERE sueldo IS DISTINCT FROM coalesce(cambiado, valor)
UNION ALL
SELECT 'las fechas de la relación laboral', id FROM dicho
 WHERE lower(vigencia) IS DISTINCT FROM entra OR upper(vigencia) IS DISTINCT FROM sale
UNION ALL
SELECT 'el estado del documento', d.id FROM documents_documento d
 WHERE (d.estado = 'anulado') <> EXISTS (SELECT 1 FROM audit_hecho h WHERE h.objeto_tipo = 'documento' AND h.objeto_id = d.id::text
                                           AND h.tipo = %(anulado)s)
UNION ALL
SELECT 'el fin de la asignación', a.id FROM security_asignacion a
 WHERE CASE WHEN a.hasta IS NULL
            THEN EXISTS (SELECT 1 FROM audit_hecho h
                          WHERE h.objeto_tipo = 'usuario' AND h.objeto_id = a.usuario_id::text AND h.tipo = %(terminada)s
                            AND (h.despues ->> 'rol', h.despues ->> 'provincia') = (a.rol, a.provincia)
                            AND (h.despues ->> 'hasta')::date >= a.desde)
            ELSE NOT EXISTS (SELECT 1 FROM audit_hecho h
                              WHERE h.objeto_tipo = 'usuario' AND h.objeto_id = a.usuario_id::text
                                AND h.tipo IN (%(terminada)s, %(asignado)s) AND h.despues ->> 'rol' = a.rol
                                AND (h.despues ->> 'hasta')::date = a.hasta) END
UNION ALL
SELECT 'la decisión sobre la tasa publicada', t.id FROM parametros_tasapublicada t
 WHERE (t.aprobada_por IS NOT NULL OR t.devuelta_por IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM audit_hecho h
                    WHERE h.objeto_tipo = 'tasa_publicada' AND h.objeto_id = t.id::text
                      AND (h.tipo, h.actor_id) IN ((%(aprobada)s, t.aprobada_por), (%(devuelta)s, t.devuelta_por)))
    OR (t.aprobada_en IS NOT NULL AND t.aprobada_por IS NULL AND t.aprobada_en <> t.registrada_en)
UNION ALL
SELECT 'la constancia de la notificación', n.id FROM notificaciones_notificacion n
 WHERE n.estado IN ('por_surtir', 'recibida')
   AND NOT EXISTS (SELECT 1 FROM audit_hecho h
                    WHERE h.objeto_tipo = 'notificacion' AND h.objeto_id = n.id::text AND h.tipo IN (%(registrada)s, %(recibida)s)
                      AND h.documento_sha256 = encode(sha256(convert_to(n.prueba::text, 'UTF8')), 'hex'))
