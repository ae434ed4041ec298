-- The same figures from the ledger alone, by account. Cents.
WITH movimiento AS (
    SELECT c.codigo, a.origen_tipo, p.debe, p.haber
      FROM contabilidad_partida p
      JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id
      JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
)
SELECT coalesce(sum(debe - haber) FILTER (WHERE codigo = '1201' AND origen_tipo = 'planilla'), 0) AS emitido,
       coalesce(sum(haber - debe) FILTER (WHERE codigo IN ('1201', '1202')
                                            AND origen_tipo NOT IN ('planilla', 'glosa')), 0) AS recaudado,
       coalesce(sum(debe - haber) FILTER (WHERE codigo IN ('1201', '1202')), 0) AS por_cobrar,
       coalesce(sum(haber - debe) FILTER (WHERE codigo = '4101'), 0) AS intereses,
       coalesce(sum(haber - debe) FILTER (WHERE codigo = '2302'), 0) AS a_favor,
       coalesce(sum(haber - debe) FILTER (WHERE codigo = '2301'), 0) AS por_identificar,
       coalesce(sum(debe - haber) FILTER (WHERE codigo LIKE '1101%' OR codigo IN ('1109', '3101', '5101')), 0) AS banco
  FROM movimiento
