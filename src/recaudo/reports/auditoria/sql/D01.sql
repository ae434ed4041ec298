-- Every entry balances, has at least two legs and one positive side in each.
SELECT a.lote, a.id AS asiento, count(p.asiento_id) AS partidas, sum(p.debe) AS debe, sum(p.haber) AS haber
  FROM contabilidad_asiento a
  LEFT JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
 WHERE a.hecho_id > %(desde)s
 GROUP BY a.lote, a.id
HAVING count(p.asiento_id) < 2
    OR sum(p.debe) IS DISTINCT FROM sum(p.haber)
    OR bool_or(p.debe < 0 OR p.haber < 0 OR (p.debe = 0) = (p.haber = 0))
