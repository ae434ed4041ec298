-- Published rates do not overlap (one that was returned rules nothing), cite their source, are approved by another person, and cover what was liquidated.
SELECT 'se cruzan' AS que, a.id
  FROM parametros_tasapublicada a
  JOIN parametros_tasapublicada b ON b.id > a.id AND a.desde < b.hasta AND b.desde < a.hasta
 WHERE a.devuelta_en IS NULL AND b.devuelta_en IS NULL
UNION ALL
SELECT 'sin fuente', t.id FROM parametros_tasapublicada t WHERE btrim(t.fuente) = ''
UNION ALL
SELECT 'aprobada por quien la registró', t.id
  FROM parametros_tasapublicada t WHERE t.aprobada_por = t.registrada_por
UNION ALL
SELECT 'comprobante sin tasa', c.id
  FROM recaudacion_comprobante c
 WHERE c.interes > 0
   AND NOT EXISTS (SELECT FROM parametros_tasapublicada t
                    WHERE t.desde <= c.valido_hasta AND c.valido_hasta < t.hasta AND t.aprobada_en IS NOT NULL)
UNION ALL
SELECT 'glosa sin tasa', g.id
  FROM cartera_glosa g
 WHERE g.interes > 0
   AND NOT EXISTS (SELECT FROM parametros_tasapublicada t
                    WHERE t.desde <= g.fecha_emision AND g.fecha_emision < t.hasta AND t.aprobada_en IS NOT NULL)
