-- No balance below zero or above what was born; an excess is a credit of the same payer with its origin.
SELECT 'obligacion' AS que, o.id
  FROM obligaciones_obligacion o
 WHERE least(o.saldo_personal, o.saldo_patronal, o.saldo_ccc, o.saldo_otros) < 0
    OR o.saldo_personal > o.capital_personal
    OR o.saldo_patronal > o.capital_patronal
    OR o.saldo_ccc > o.capital_ccc
    OR o.saldo_otros > o.capital_otros
UNION ALL
SELECT 'credito', c.id
  FROM recaudacion_creditoafavor c
  LEFT JOIN recaudacion_pago p ON p.id = c.pago_id
 WHERE c.saldo < 0 OR c.saldo > c.importe OR c.importe <= 0
    OR p.id IS NULL OR (p.empleador_id, p.persona_id) IS DISTINCT FROM (c.empleador_id, c.persona_id)
