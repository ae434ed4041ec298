-- The whole ledger sums to zero, and so does each accounting date; no leg without its entry.
SELECT coalesce(a.fecha::text, 'sin asiento') AS fecha, sum(p.debe) AS debe, sum(p.haber) AS haber
  FROM contabilidad_partida p
  LEFT JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id
 GROUP BY a.fecha
HAVING sum(p.debe) <> sum(p.haber) OR a.fecha IS NULL
