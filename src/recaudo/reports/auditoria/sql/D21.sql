-- Published rates do not overlap, cite their source, are approved by another person, and cover what was liquidated.
SELECT 'se cruzan' AS que, a.id
  FROM parametros_tasapublicada a
  JOIN parametros_tasapublicada b ON b.id > a.id AND a.desde < b.hasta AND b.desde < a.hasta
UNION ALL
SELECT 'sin fuente', t.id FROM parametros_tasapublicada t WHERE btrim(t.fuente) = ''
UNION ALL
SELECT 'sin tasa', c.id
  FROM recaudacion_comprobante c
 WHERE c.interes > 0
   AND NOT EXISTS (SELECT 1 FROM parametros_tasapublicada t
                    WHERE t.desde <= c.valido_hasta AND c.valido_hasta < t.hasta AND t.aprobada_en IS NOT NULL)
