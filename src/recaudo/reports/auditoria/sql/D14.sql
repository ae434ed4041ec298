-- A closed day takes no posting: an entry has the date of its fact, which is no day that was closed when it was stated
-- (one closed on its own date is open until the next one closes). A correction says what it corrects, and carries its
-- own date, never an earlier one than that.
SELECT a.lote, min(a.id) AS asiento, a.fecha, h.fecha AS fecha_del_hecho, a.hecho_id
  FROM contabilidad_asiento a LEFT JOIN audit_hecho h ON h.id = a.hecho_id
 WHERE a.hecho_id > %(desde)s
   AND (h.id IS NULL OR a.fecha <> h.fecha
    OR a.fecha < (SELECT max(d.fecha + (d.cerrado_el > d.fecha)::integer) FROM cartera_diacerrado d WHERE d.cerrado_en < h.en))
 GROUP BY a.lote, a.fecha, h.fecha, a.hecho_id
UNION ALL
SELECT a.lote, a.id, a.fecha, o.fecha, a.hecho_id
  FROM contabilidad_asiento a LEFT JOIN contabilidad_asiento o ON o.id = a.revierte_id
 WHERE a.hecho_id > %(desde)s AND a.revierte_id IS NOT NULL AND (o.id IS NULL OR a.fecha < o.fecha)
