-- Per bank account, where the bank says balances: opening + booked entries = closing; the closing of one
-- statement is the opening of the next; and our ledger account is its last closing balance at that day.
-- What that balance says nothing of is in `recaudacion_por_venir`: a notice of a day that the bank closed is not.
WITH contado AS (
    SELECT * FROM recaudacion_extracto
     WHERE estado = 'confirmado' AND formato = 'camt053' AND saldo_final IS NOT NULL AND fecha_saldo IS NOT NULL
), libro AS (
    SELECT c.id AS cuenta_id, sum(p.debe - p.haber) AS saldo
      FROM recaudacion_cuentabancaria c JOIN contabilidad_partida p ON p.cuenta_id = c.cuenta_contable_id
     GROUP BY c.id
), fuera AS (
    SELECT cuenta_id, sum(entrada) AS saldo FROM recaudacion_por_venir GROUP BY cuenta_id
)
SELECT 'saldos del extracto ' || e.id AS que, e.saldo_inicial + e.total_creditos - e.total_debitos AS nuestro,
       e.saldo_final AS del_banco
  FROM contado e
 WHERE e.saldo_inicial + e.total_creditos - e.total_debitos <> e.saldo_final AND e.ilegibles = 0
UNION ALL
SELECT 'extracto ' || a.id || ' y el siguiente ' || e.id, a.saldo_final, e.saldo_inicial
  FROM contado e
  JOIN LATERAL (SELECT p.id, p.saldo_final FROM contado p
                 WHERE p.cuenta_id = e.cuenta_id AND p.id <> e.id AND p.fecha_saldo < coalesce(e.primera_fecha, e.fecha_saldo)
                 ORDER BY p.fecha_saldo DESC,
                          EXISTS (SELECT 1 FROM contado s WHERE s.cuenta_id = p.cuenta_id AND s.id <> p.id
                                     AND s.fecha_saldo = p.fecha_saldo AND s.saldo_inicial = p.saldo_final
                                     AND s.saldo_final <> s.saldo_inicial),
                          p.hasta_instante DESC NULLS LAST, p.id DESC
                 LIMIT 1) a ON true
 WHERE a.saldo_final <> e.saldo_inicial
   AND NOT EXISTS (SELECT 1 FROM contado o WHERE o.cuenta_id = e.cuenta_id AND o.saldo_final = e.saldo_inicial
                      AND o.fecha_saldo = coalesce(e.primera_fecha, e.fecha_saldo) AND o.id <> e.id)
UNION ALL
SELECT 'cuenta bancaria ' || u.cuenta_id, coalesce(l.saldo, 0) - coalesce(f.saldo, 0), u.saldo_final
  FROM recaudacion_ultimo_saldo u
  LEFT JOIN libro l ON l.cuenta_id = u.cuenta_id
  LEFT JOIN fuera f ON f.cuenta_id = u.cuenta_id
 WHERE coalesce(l.saldo, 0) - coalesce(f.saldo, 0) <> u.saldo_final
