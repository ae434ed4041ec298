-- What a debt still owes is what its receivable legs say, from the ledger alone.
WITH libro AS (
    SELECT p.obligacion_id, sum(p.debe - p.haber) AS saldo
      FROM contabilidad_partida p
     WHERE p.obligacion_id IS NOT NULL
     GROUP BY p.obligacion_id
)
SELECT o.id AS obligacion, o.saldo_personal + o.saldo_patronal + o.saldo_ccc + o.saldo_otros AS saldo, coalesce(l.saldo, 0) AS libro
  FROM obligaciones_obligacion o
  FULL JOIN libro l ON l.obligacion_id = o.id
 WHERE o.id IS NULL
    OR (o.estado <> 'anulada' AND o.saldo_personal + o.saldo_patronal + o.saldo_ccc + o.saldo_otros <> coalesce(l.saldo, 0))
