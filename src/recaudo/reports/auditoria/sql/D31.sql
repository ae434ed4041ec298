-- Payments that stand and were imputed behind others of the same debt dated after them: the IESS had the money and
-- interest ran. Of one day, the
-- order is that in which their money entered. Those of one comprobante froze together: their order changes nothing.
WITH varios AS (
    SELECT a.obligacion_id
      FROM recaudacion_aplicacion a
      JOIN recaudacion_pago p ON p.id = a.pago_id AND p.reversa_id IS NULL
     GROUP BY a.obligacion_id HAVING count(*) > 1
), vigente AS (
    SELECT a.obligacion_id, p.id, p.fecha_pago, p.comprobante_id, p.hecho_id, p.ingreso_id
      FROM varios
      JOIN recaudacion_aplicacion a USING (obligacion_id)
      JOIN recaudacion_pago p ON p.id = a.pago_id AND p.reversa_id IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)
)
SELECT DISTINCT b.obligacion_id AS obligacion, a.id AS antes, a.fecha_pago AS fecha_de_antes, b.id AS despues,
       b.fecha_pago AS fecha_de_despues
  FROM vigente b
  JOIN vigente a
    ON a.obligacion_id = b.obligacion_id AND a.id < b.id
   AND (a.fecha_pago > b.fecha_pago
        OR a.fecha_pago = b.fecha_pago AND recaudo_dinero_raiz(a.ingreso_id) > recaudo_dinero_raiz(b.ingreso_id))
 WHERE b.hecho_id > %(desde)s AND (a.comprobante_id = b.comprobante_id) IS NOT TRUE
