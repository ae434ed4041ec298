-- For each statement in the books: its figures are those of its lines, and what it moved is what the
-- ledger account of its bank account moved in the same act.
WITH lineas AS (
    SELECT l.extracto_id, count(*) AS n,
           coalesce(sum(l.entrada) FILTER (WHERE (l.ocurrencia > 0 OR m.id IS NOT NULL OR t.id IS NOT NULL) AND l.entrada > 0 AND d.linea_id IS NULL), 0) AS entro,
           coalesce(sum(l.entrada) FILTER (WHERE (l.ocurrencia > 0 OR m.id IS NOT NULL OR t.id IS NOT NULL) AND d.linea_id IS NULL), 0) AS movio
      FROM recaudacion_lineaextracto l
      LEFT JOIN recaudacion_dinerodeclarado d ON d.linea_id = l.id
      LEFT JOIN recaudacion_desmentidodeaviso m ON m.linea_id = l.id AND m.estado = 'aprobada'
      LEFT JOIN recaudacion_lotereconocido t ON t.salio_id = l.id AND t.revertido_en IS NULL
     GROUP BY l.extracto_id
), del_acto AS (
    SELECT e.hecho_id, c.cuenta_contable_id, sum(e.movido + e.apertura) AS movio
      FROM recaudacion_extracto e JOIN recaudacion_cuentabancaria c ON c.id = e.cuenta_id
     WHERE e.estado = 'confirmado' AND e.hecho_id > %(desde)s
     GROUP BY e.hecho_id, c.cuenta_contable_id
), libro AS (
    SELECT a.hecho_id, p.cuenta_id, sum(p.debe - p.haber) AS movio
      FROM contabilidad_asiento a
      JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
     WHERE a.hecho_id > %(desde)s AND p.cuenta_id IN (SELECT cuenta_contable_id FROM recaudacion_cuentabancaria)
     GROUP BY a.hecho_id, p.cuenta_id
)
SELECT 'extracto ' || e.id AS que, e.total, s.entro, e.movido, s.movio
  FROM recaudacion_extracto e
  LEFT JOIN lineas s ON s.extracto_id = e.id
 WHERE e.estado = 'confirmado' AND e.hecho_id > %(desde)s
   AND (e.total IS DISTINCT FROM coalesce(s.entro, 0) OR e.movido IS DISTINCT FROM coalesce(s.movio, 0)
     OR e.lineas IS DISTINCT FROM coalesce(s.n, 0)
     OR e.lineas <> e.aplicadas + e.credito_a_favor + e.por_identificar + e.duplicadas + e.cargos + e.rechazadas
     OR (e.cuadra AND (e.declarado_total <> e.total_creditos
                       OR e.total_creditos <> e.total + e.total_duplicado + e.total_rechazado)))
UNION ALL
SELECT 'acto ' || d.hecho_id, d.movio, b.movio, NULL, NULL
  FROM del_acto d LEFT JOIN libro b ON b.hecho_id = d.hecho_id AND b.cuenta_id = d.cuenta_contable_id
 WHERE d.movio <> coalesce(b.movio, 0)
