-- One key, one effect, the same content: statements and batch files against the bytes that were kept.
SELECT 'extracto' AS que, e.id
  FROM recaudacion_extracto e LEFT JOIN files_archivo f ON f.id = e.archivo_id
 WHERE f.id IS NULL OR f.sha256 <> e.sha256
UNION ALL
SELECT 'archivo de novedades', n.id
  FROM afiliacion_archivonovedades n LEFT JOIN files_archivo f ON f.id = n.archivo_id
 WHERE f.id IS NULL OR f.sha256 <> n.sha256
UNION ALL
SELECT 'extracto repetido', min(e.id) FROM recaudacion_extracto e GROUP BY e.sha256, e.orden HAVING count(*) > 1
UNION ALL
SELECT 'pago repetido', min(p.id) FROM recaudacion_pago p GROUP BY p.ingreso_id HAVING count(*) > 1
