-- Each account, office and representation was given by an act: its fact says whom, what and since when.
SELECT 'la cuenta' AS que, u.id FROM security_usuario u
 WHERE NOT EXISTS (SELECT 1 FROM audit_hecho h
                    WHERE h.tipo IN (%(abierta)s, %(representa)s) AND h.despues ->> 'usuario_id' = u.id::text)
UNION ALL
SELECT 'el cargo', a.id FROM security_asignacion a
 WHERE NOT EXISTS (SELECT 1 FROM audit_hecho h
                    WHERE h.tipo IN (%(abierta)s, %(asignado)s) AND h.despues ->> 'usuario_id' = a.usuario_id::text
                      AND h.despues ->> 'rol' = a.rol AND (h.despues ->> 'desde')::date = a.desde
                      AND (a.provincia = '' OR h.despues -> 'provincias' @> to_jsonb(a.provincia)))
UNION ALL
SELECT 'la representación', r.id FROM afiliacion_representacion r
 WHERE NOT EXISTS (SELECT 1 FROM audit_hecho h
                    WHERE h.tipo = %(representa)s AND h.despues ->> 'representacion_id' = r.id::text
                      AND (h.despues ->> 'usuario_id', h.despues ->> 'empleador_id')
                          = (r.usuario_id::text, r.empleador_id::text))
