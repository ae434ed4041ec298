-- A planilla is born with exactly one receivable entry of its amount, and the entry with its planilla.
WITH asientos AS (
    SELECT a.origen_id, count(DISTINCT a.id) AS n,
           sum(p.debe) FILTER (WHERE p.obligacion_id = a.origen_id) AS por_cobrar,
           min(a.hecho_id) AS hecho
      FROM contabilidad_asiento a
      JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
     WHERE a.origen_tipo = 'planilla' AND a.hecho_id > %(desde)s
     GROUP BY a.origen_id
)
SELECT pl.obligacion_id AS planilla, pl.personal + pl.patronal + pl.ccc AS emitido, s.n, s.por_cobrar, s.origen_id
  FROM planillas_planilla pl
  FULL JOIN asientos s ON s.origen_id = pl.obligacion_id
  LEFT JOIN obligaciones_obligacion o ON o.id = pl.obligacion_id
 WHERE (%(desde)s = 0 OR s.origen_id IS NOT NULL)
   AND (pl.obligacion_id IS NULL OR s.n IS DISTINCT FROM 1
     OR s.por_cobrar IS DISTINCT FROM pl.personal + pl.patronal + pl.ccc
     OR o.capital_personal <> pl.personal OR o.capital_patronal <> pl.patronal OR o.capital_ccc <> pl.ccc)
