-- Payments that paid a later item while an earlier one was still owed, by the order that the norm
-- gives for the state of the debt on the date of the payment.
WITH orden AS (
    SELECT * FROM unnest(%(fechas)s::date[], %(estados)s::text[], %(rubros)s::text[], %(ordinales)s::int[])
        AS o (fecha, estado, rubro, ordinal)
), vigente AS (
    -- A payment that was undone, and the one that undid it, say nothing.
    SELECT p.id FROM recaudacion_pago p
      LEFT JOIN recaudacion_pago r ON r.reversa_id = p.id
     WHERE p.reversa_id IS NULL AND r.id IS NULL
), alcance AS (
    SELECT p.id AS pago, d.obligacion_id, d.interes AS interes_congelado
      FROM recaudacion_pago p
      JOIN recaudacion_comprobantedetalle d ON d.comprobante_id = p.comprobante_id
     WHERE p.hecho_id > %(desde)s AND p.id IN (SELECT id FROM vigente)
    UNION
    SELECT p.id, a.obligacion_id, d.interes
      FROM recaudacion_pago p
      JOIN recaudacion_aplicacion a ON a.pago_id = p.id
      LEFT JOIN recaudacion_comprobantedetalle d
             ON d.comprobante_id = p.comprobante_id AND d.obligacion_id = a.obligacion_id
     WHERE p.hecho_id > %(desde)s AND p.id IN (SELECT id FROM vigente)
), antes AS (
    SELECT s.pago, s.obligacion_id, coalesce(sum(x.personal), 0) AS personal,
           coalesce(sum(x.patronal), 0) AS patronal, coalesce(sum(x.ccc), 0) AS ccc,
           coalesce(sum(x.interes) FILTER (WHERE z.comprobante_id = p.comprobante_id), 0) AS del_mismo
      FROM alcance s
      JOIN recaudacion_pago p ON p.id = s.pago
      LEFT JOIN recaudacion_aplicacion x ON x.obligacion_id = s.obligacion_id AND x.pago_id < s.pago
      LEFT JOIN recaudacion_pago z ON z.id = x.pago_id
     GROUP BY s.pago, s.obligacion_id
), item AS (
    SELECT s.pago, s.obligacion_id, o.fecha_vencimiento, r.rubro, r.debido, coalesce(r.pagado, 0) AS pagado,
           k.ordinal
      FROM alcance s
      JOIN recaudacion_pago p ON p.id = s.pago
      JOIN antes n ON n.pago = s.pago AND n.obligacion_id = s.obligacion_id
      JOIN obligaciones_obligacion o ON o.id = s.obligacion_id
      LEFT JOIN recaudacion_aplicacion a ON a.pago_id = s.pago AND a.obligacion_id = s.obligacion_id
      CROSS JOIN LATERAL (VALUES
          ('INTERES', coalesce(a.interes_liquidado, s.interes_congelado - n.del_mismo, 0), a.interes),
          ('APORTE_PERSONAL', o.capital_personal - n.personal, a.personal),
          ('APORTE_PATRONAL', o.capital_patronal - n.patronal, a.patronal),
          ('CCC', o.capital_ccc - n.ccc, a.ccc)) AS r (rubro, debido, pagado)
      JOIN orden k ON k.fecha = p.fecha_pago AND k.rubro = r.rubro
       AND k.estado = CASE WHEN EXISTS (SELECT FROM cartera_glosa g
                                         WHERE g.obligacion_id = o.id AND g.hecho_id < p.hecho_id)
                           THEN 'GLOSA' ELSE 'PLANILLA' END
)
SELECT DISTINCT primero.pago, primero.obligacion_id AS obligacion, primero.rubro AS sin_pagar,
       despues.rubro AS pagado_antes
  FROM item primero
  JOIN item despues ON despues.pago = primero.pago
   AND (despues.ordinal, despues.fecha_vencimiento, despues.obligacion_id)
     > (primero.ordinal, primero.fecha_vencimiento, primero.obligacion_id)
 WHERE primero.pagado < primero.debido AND despues.pagado > 0
