-- A debt is born with exactly one receivable entry of its amount, and the entry with its debt; a planilla asks
-- what its debt says.
WITH asientos AS (
    SELECT a.origen_id, min(a.id) AS primero, max(a.id) AS ultimo,
           sum(p.debe) FILTER (WHERE p.obligacion_id = a.origen_id) AS por_cobrar,
           min(a.hecho_id) AS hecho
      FROM contabilidad_asiento a
      JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
     WHERE a.origen_tipo IN ('planilla', 'obligacion') AND a.hecho_id > %(desde)s
     GROUP BY a.origen_id
)
SELECT o.id AS obligacion, o.capital_personal + o.capital_patronal + o.capital_ccc + o.capital_otros AS emitido,
       s.primero AS asiento, s.ultimo AS otro_asiento, s.por_cobrar, s.origen_id
  FROM obligaciones_obligacion o
  FULL JOIN asientos s ON s.origen_id = o.id
  LEFT JOIN planillas_planilla pl ON pl.obligacion_id = o.id
 WHERE (%(desde)s = 0 OR s.origen_id IS NOT NULL)
   AND (o.id IS NULL OR s.primero IS NULL OR s.primero <> s.ultimo
     OR s.por_cobrar IS DISTINCT FROM o.capital_personal + o.capital_patronal + o.capital_ccc + o.capital_otros
     OR (pl.obligacion_id IS NULL) <> (o.materia_tipo <> '')
     OR o.capital_personal <> pl.personal OR o.capital_patronal <> pl.patronal OR o.capital_ccc <> pl.ccc)
