-- A payable comprobante holds debts that are owed and that no other payable comprobante holds.
SELECT 'en dos comprobantes' AS que, d.obligacion_id AS id
  FROM recaudacion_comprobantedetalle d
  JOIN recaudacion_comprobante c ON c.id = d.comprobante_id AND c.estado = 'generado'
 GROUP BY d.obligacion_id
HAVING count(*) > 1
UNION ALL
SELECT 'vivo sin serlo', coalesce(d.obligacion_id, v.obligacion_id)
  FROM (SELECT d.comprobante_id, d.obligacion_id
          FROM recaudacion_comprobantedetalle d
          JOIN recaudacion_comprobante c ON c.id = d.comprobante_id AND c.estado = 'generado') d
  FULL JOIN recaudacion_detallevivo v USING (comprobante_id, obligacion_id)
 WHERE d.comprobante_id IS NULL OR v.comprobante_id IS NULL
UNION ALL
SELECT 'deuda ya pagada', d.id
  FROM recaudacion_comprobantedetalle d
  JOIN recaudacion_comprobante c ON c.id = d.comprobante_id AND c.estado = 'generado'
  JOIN obligaciones_obligacion o ON o.id = d.obligacion_id
 WHERE o.estado = 'cancelada'
   AND NOT EXISTS (SELECT 1 FROM recaudacion_aplicacion a  -- an abono of its own may have paid it whole
                     JOIN recaudacion_pago p ON p.id = a.pago_id AND p.comprobante_id = c.id
                    WHERE a.obligacion_id = o.id)
UNION ALL
SELECT 'vencido y vigente', c.id
  FROM recaudacion_comprobante c
 WHERE c.estado = 'generado' AND c.valido_hasta < (SELECT max(fecha) FROM cartera_diacerrado)
