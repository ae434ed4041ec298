-- What was applied is what is missing: by rubro kept one by one, by fund, and until when the interest of what is
-- still owed is settled. (The balance of a whole debt is D03.)
SELECT 'fondo' AS que, o.id
  FROM obligaciones_obligacion o
  JOIN (SELECT obligacion_id, sum(ivm) AS ivm, sum(lod) AS lod, sum(salud) AS salud, sum(riesgos) AS riesgos,
               sum(cesantia) AS cesantia, sum(desempleo) AS desempleo, sum(ssc) AS ssc, sum(gastos_adm) AS gastos_adm
          FROM recaudacion_aplicacion GROUP BY obligacion_id) f ON f.obligacion_id = o.id
 WHERE o.estado <> 'cancelada'
   AND (f.ivm > o.ivm OR f.lod > o.lod OR f.salud > o.salud OR f.riesgos > o.riesgos OR f.cesantia > o.cesantia
     OR f.desempleo > o.desempleo OR f.ssc > o.ssc OR f.gastos_adm > o.gastos_adm)
UNION ALL
SELECT 'rubro', r.obligacion_id
  FROM obligaciones_saldorubro r
  LEFT JOIN (SELECT obligacion_id, rubro, fondo, sum(importe) AS importe FROM recaudacion_aplicacionrubro
              GROUP BY obligacion_id, rubro, fondo) a USING (obligacion_id, rubro, fondo)
 WHERE r.capital - r.saldo <> coalesce(a.importe, 0)
UNION ALL
SELECT 'suma de rubros', o.id
  FROM obligaciones_obligacion o
  LEFT JOIN (SELECT obligacion_id, sum(capital) AS capital, sum(saldo) AS saldo FROM obligaciones_saldorubro
              GROUP BY obligacion_id) r ON r.obligacion_id = o.id
 WHERE (o.capital_otros, o.saldo_otros) IS DISTINCT FROM (coalesce(r.capital, 0), coalesce(r.saldo, 0))
UNION ALL
-- Whoever paid all the interest due at its cut-off settled it until then; what was paid after is credited.
SELECT 'interés', o.id
  FROM obligaciones_obligacion o
  LEFT JOIN (SELECT obligacion_id, max(interes_hasta) FILTER (WHERE pago_id = completo) AS hasta,
               coalesce(sum(interes) FILTER (WHERE completo IS NULL OR pago_id > completo), 0) AS abonado
          FROM (SELECT a.*, max(a.pago_id) FILTER (WHERE a.interes = a.interes_liquidado)
                                OVER (PARTITION BY a.obligacion_id) AS completo
                  FROM recaudacion_aplicacion a
                  JOIN recaudacion_pago p ON p.id = a.pago_id AND p.reversa_id IS NULL
                 WHERE NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)) v
         GROUP BY obligacion_id) i ON i.obligacion_id = o.id
 WHERE o.estado <> 'cancelada' AND (o.interes_hasta, o.interes_abonado) IS DISTINCT FROM (i.hasta, coalesce(i.abonado, 0))
