-- Who acted with an office held it then, and in that province or in the whole country. It counts on the business date
-- of the act or on the day of its instant: who closes an old day is in office today. The system has a role of its own.
SELECT h.id AS hecho, h.acto, h.actor_id AS usuario, h.rol, h.provincia, h.fecha
  FROM audit_hecho h
 WHERE h.id > %(desde)s AND NOT %(externo)s = ANY (string_to_array(h.rol, ','))
   AND CASE WHEN h.actor_id IS NULL THEN h.rol <> %(sistema)s
            ELSE NOT EXISTS (
                SELECT 1 FROM security_asignacion a
                 WHERE a.usuario_id = h.actor_id AND a.rol = ANY (string_to_array(h.rol, ','))
                   AND (a.provincia = '' OR h.provincia = '' OR a.provincia = h.provincia)
                   AND (a.desde <= h.fecha AND (a.hasta IS NULL OR h.fecha < a.hasta)
                     OR a.desde <= (h.en AT TIME ZONE 'America/Guayaquil')::date
                        AND (a.hasta IS NULL OR (h.en AT TIME ZONE 'America/Guayaquil')::date < a.hasta)))
       END
