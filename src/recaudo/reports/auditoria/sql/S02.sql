-- Who acted for an employer represented it then: on its own data, and on comprobantes whose debts are its own.
SELECT h.id AS hecho, h.acto, h.actor_id AS usuario, h.empleador_id AS empleador, h.fecha
  FROM audit_hecho h
 WHERE h.id > %(desde)s AND %(externo)s = ANY (string_to_array(h.rol, ','))
   AND NOT EXISTS (
           SELECT 1 FROM afiliacion_representacion r
            WHERE r.usuario_id = h.actor_id AND r.empleador_id = h.empleador_id
              AND (r.desde <= h.fecha AND (r.hasta IS NULL OR h.fecha < r.hasta)
                OR r.desde <= (h.en AT TIME ZONE 'America/Guayaquil')::date
                   AND (r.hasta IS NULL OR (h.en AT TIME ZONE 'America/Guayaquil')::date < r.hasta)))
UNION ALL
SELECT c.id, 'comprobante ' || c.numero, NULL, o.empleador_id, c.fecha_emision
  FROM recaudacion_comprobante c
  JOIN recaudacion_comprobantedetalle d ON d.comprobante_id = c.id
  JOIN obligaciones_obligacion o ON o.id = d.obligacion_id
 WHERE o.empleador_id IS DISTINCT FROM c.empleador_id
