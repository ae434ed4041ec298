-- A booked entry of an account is money once, and no line is believed repeated without saying of what.
SELECT 'movimiento dos veces' AS que, min(id) AS linea
  FROM recaudacion_lineaextracto
 WHERE ocurrencia > 0
 GROUP BY cuenta_id, fecha_contable, referencia, entrada, ocurrencia
HAVING count(*) > 1
UNION ALL
SELECT 'ya vista sin la que repite', l.id
  FROM recaudacion_lineaextracto l
  LEFT JOIN recaudacion_lineaextracto p ON p.id = l.duplica_a AND p.cuenta_id = l.cuenta_id
   AND (p.ocurrencia > 0 OR p.motivo = 'DESMENTIDA'
        OR EXISTS (SELECT 1 FROM recaudacion_declaracionrevertida r WHERE r.declaracion_id = p.id))
 WHERE l.resultado = 'YA_VISTA' AND p.id IS NULL
UNION ALL
SELECT 'detalle sin lo que detalla', l.id
  FROM recaudacion_lineaextracto l
  LEFT JOIN recaudacion_lineaextracto p ON p.id = l.detalla_a AND p.cuenta_id = l.cuenta_id
   AND (p.ocurrencia > 0 OR p.motivo = 'DESMENTIDA' AND l.motivo = 'DESMENTIDA')
 WHERE l.detalla_a IS NOT NULL AND p.id IS NULL
