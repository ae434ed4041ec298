-- The sums kept of the ledger are those of its legs, by lot, account and accounting date; a mass lot
-- keeps its own, ordinary traffic up to its last sealed stretch. Debit and credit in cents.
WITH hasta AS (SELECT lote, max(hasta_id) AS hasta_id FROM contabilidad_tramosumado GROUP BY lote),
vivas AS (
    SELECT p.lote, p.cuenta_id, a.fecha, sum(p.debe) AS debe, sum(p.haber) AS haber
      FROM contabilidad_partida p
      JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id
      LEFT JOIN hasta h ON h.lote = p.lote
     WHERE p.lote <> 0 OR p.asiento_id <= h.hasta_id
     GROUP BY p.lote, p.cuenta_id, a.fecha),
guardadas AS (
    SELECT t.lote, s.cuenta_id, s.fecha, sum(s.debe) AS debe, sum(s.haber) AS haber
      FROM contabilidad_sumadetramo s JOIN contabilidad_tramosumado t ON t.id = s.tramo_id
     GROUP BY t.lote, s.cuenta_id, s.fecha)
SELECT lote, cuenta_id AS cuenta, fecha, v.debe, g.debe AS debe_guardado, v.haber,
       g.haber AS haber_guardado
  FROM vivas v FULL JOIN guardadas g USING (lote, cuenta_id, fecha)
 WHERE (v.debe, v.haber) IS DISTINCT FROM (g.debe, g.haber)
