-- Each line that entered has one destination and the destinations sum its amount; the others have none.
WITH pagado AS (
    SELECT p.ingreso_id, p.importe,
           coalesce((SELECT sum(a.interes + a.personal + a.patronal + a.ccc + a.otros)
                       FROM recaudacion_aplicacion a WHERE a.pago_id = p.id), 0)
         + coalesce((SELECT sum(c.importe) FROM recaudacion_creditoafavor c WHERE c.pago_id = p.id), 0)
         - coalesce((SELECT sum(c.importe) FROM recaudacion_creditoafavor c WHERE c.pago_id = p.reversa_id), 0) AS destino
      FROM recaudacion_pago p
     WHERE p.hecho_id > %(desde)s
)
SELECT l.id AS linea, l.resultado, l.importe, g.importe AS pago, g.destino, v.importe AS por_aplicar
  FROM recaudacion_lineaextracto l
  JOIN recaudacion_extracto e ON e.id = l.extracto_id
  LEFT JOIN pagado g ON g.ingreso_id = l.id
  LEFT JOIN recaudacion_valorporaplicar v ON v.ingreso_id = l.id
 WHERE e.hecho_id > %(desde)s
   AND CASE
       WHEN l.resultado IN ('APLICADA', 'CREDITO_A_FAVOR')
           THEN g.ingreso_id IS NULL OR g.importe <> l.importe OR g.destino <> l.importe OR v.id IS NOT NULL
       WHEN l.resultado = 'POR_IDENTIFICAR'
           THEN v.id IS NULL OR v.importe <> l.importe
             OR (v.estado = 'detallado') <> EXISTS (SELECT 1 FROM recaudacion_lineaextracto h WHERE h.detalla_a = l.id)
             OR v.estado <> 'reversado' AND (v.estado = 'aplicado') <> (g.ingreso_id IS NOT NULL) OR coalesce(g.destino, l.importe) <> l.importe
       WHEN EXISTS (SELECT 1 FROM recaudacion_declaracionrevertida r
                     WHERE r.declaracion_id = l.id - greatest(l.parte - 1, 0))
           THEN v.estado NOT IN ('reversado', 'aplicado')
             OR v.estado = 'aplicado' AND NOT EXISTS (
                    SELECT 1 FROM recaudacion_pago o JOIN recaudacion_pago c ON c.reversa_id = o.id
                     WHERE o.ingreso_id = l.id)
       WHEN l.resultado = 'YA_VISTA'  -- told whole and in pieces, as a person said: the money is where it is said
            AND EXISTS (SELECT 1 FROM recaudacion_lotereconocido t WHERE l.id = ANY (t.lineas))
           THEN v.estado NOT IN ('reversado', 'aplicado')
             OR EXISTS (SELECT 1 FROM recaudacion_pago o
                         WHERE o.ingreso_id = l.id
                           AND NOT EXISTS (SELECT 1 FROM recaudacion_pago c WHERE c.reversa_id = o.id))
       WHEN l.motivo = 'DESMENTIDA'  -- what a notice told and the bank has not: its money was undone
           THEN l.entrada > 0 AND v.estado NOT IN ('reversado', 'aplicado', 'detallado')
             OR EXISTS (SELECT 1 FROM recaudacion_pago o
                         WHERE o.ingreso_id = l.id
                           AND NOT EXISTS (SELECT 1 FROM recaudacion_pago c WHERE c.reversa_id = o.id))
       ELSE g.importe > 0 OR v.id IS NOT NULL
       END
UNION ALL
-- Money of another kind is in one payment, or waits, whole.
SELECT i.id, i.tipo, i.importe, g.importe, g.destino, v.importe
  FROM recaudacion_ingreso i
  LEFT JOIN pagado g ON g.ingreso_id = i.id
  LEFT JOIN recaudacion_valorporaplicar v ON v.ingreso_id = i.id
 WHERE i.hecho_id > %(desde)s AND (i.importe > 0 OR i.tipo = 'REIMPUTACION')
   AND (coalesce(g.importe, v.importe) IS DISTINCT FROM i.importe OR coalesce(g.destino, i.importe) <> i.importe
     OR (g.ingreso_id IS NOT NULL AND v.id IS NOT NULL AND v.estado NOT IN ('aplicado', 'reversado')))
