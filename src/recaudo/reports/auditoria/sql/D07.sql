-- For each statement: lines that entered = what the bank declared = debits to the bank account.
WITH lineas AS (
    SELECT l.extracto_id, count(*) AS n,
           coalesce(sum(l.importe) FILTER (WHERE l.resultado NOT IN ('DUPLICADA', 'RECHAZADA')), 0) AS entro
      FROM recaudacion_lineaextracto l
     GROUP BY l.extracto_id
), libro AS (
    SELECT a.hecho_id, sum(p.debe) AS banco
      FROM contabilidad_asiento a
      JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
      JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
     WHERE c.codigo = '1101'
     GROUP BY a.hecho_id
)
SELECT e.id AS extracto, e.total, s.entro, b.banco, e.declarado_total, e.lineas, s.n
  FROM recaudacion_extracto e
  LEFT JOIN lineas s ON s.extracto_id = e.id
  LEFT JOIN libro b ON b.hecho_id = e.hecho_id
 WHERE e.hecho_id > %(desde)s
   AND (e.total IS DISTINCT FROM coalesce(s.entro, 0)
     OR e.total IS DISTINCT FROM coalesce(b.banco, 0)
     OR e.lineas IS DISTINCT FROM coalesce(s.n, 0)
     OR e.lineas <> e.aplicadas + e.credito_a_favor + e.por_identificar + e.duplicadas + e.rechazadas
     OR (e.cuadra AND e.declarado_total <> e.total + e.total_duplicado + e.total_rechazado))
