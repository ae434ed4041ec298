-- A debt is in arrears from the day after it is due, as the last closed day saw it: neither before nor
-- later. The nightly cross-check of R-PLA-07: a difference is looked at, never corrected in silence.
WITH cierre AS (SELECT max(fecha) AS hasta FROM cartera_diacerrado)
SELECT o.id AS obligacion, o.estado, o.fecha_vencimiento AS vence, c.hasta AS cerrado
  FROM obligaciones_obligacion o, cierre c
 WHERE o.estado = 'emitida' AND o.fecha_vencimiento < c.hasta AND o.fecha_emision < c.hasta
UNION ALL
SELECT o.id, o.estado, o.fecha_vencimiento, c.hasta
  FROM obligaciones_obligacion o, cierre c
 WHERE o.estado IN ('en_mora', 'en_glosa') AND o.fecha_vencimiento >= c.hasta
