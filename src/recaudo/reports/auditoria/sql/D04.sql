-- No balance below zero or above what was born; an excess is a credit of the same payer with its origin, and what is
-- left of all of them is in its account. Nothing more entered of a comprobante than what its payments brought.
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
UNION ALL
SELECT 'cuenta 2302', l.saldo - c.saldo
  FROM (SELECT coalesce(sum(p.haber - p.debe), 0) AS saldo FROM contabilidad_partida p
          JOIN contabilidad_cuenta u ON u.id = p.cuenta_id AND u.codigo = '2302') l,
       (SELECT coalesce(sum(saldo), 0) AS saldo FROM recaudacion_creditoafavor) c
 WHERE l.saldo <> c.saldo
UNION ALL
SELECT 'comprobante', c.id
  FROM recaudacion_comprobante c
 WHERE c.abonado > (SELECT coalesce(sum(p.importe), 0) FROM recaudacion_pago p
                     WHERE p.comprobante_id = c.id AND p.reversa_id IS NULL
                       AND NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id))
   AND c.abonado > 0
