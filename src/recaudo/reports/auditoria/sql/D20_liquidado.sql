-- Every interest ever computed, with the capital that bears it, the rule of its class, the day it starts from (the
-- due date, or until when it was settled), what was already paid of it, and the day it reaches.
WITH regla AS (
    SELECT * FROM unnest(%(clases)s::text[], %(reglas)s::text[]) AS k (clase, regla)
), base AS (
    SELECT 'comprobante' AS que, d.id, d.obligacion_id, d.personal + d.patronal + d.ccc + d.otros AS capital,
           d.interes, d.interes_hasta AS corte,
           (SELECT max(h.id) FROM audit_hecho h
             WHERE h.objeto_tipo = 'comprobante' AND h.objeto_id = d.comprobante_id::text
               AND h.tipo = 'comprobante_generado') AS hecho_id, 0::bigint AS pago_id
      FROM recaudacion_comprobantedetalle d
    UNION ALL
    SELECT 'pago a mano', a.pago_id, a.obligacion_id,
           o.capital_personal + o.capital_patronal + o.capital_ccc + o.capital_otros
             - coalesce((SELECT sum(x.personal + x.patronal + x.ccc + x.otros) FROM recaudacion_aplicacion x
                          WHERE x.obligacion_id = a.obligacion_id AND x.pago_id < a.pago_id), 0)::bigint,
           a.interes_liquidado, a.interes_hasta, p.hecho_id, p.id
      FROM recaudacion_aplicacion a
      JOIN recaudacion_pago p ON p.id = a.pago_id AND p.reversa_id IS NULL
      JOIN obligaciones_obligacion o ON o.id = a.obligacion_id
      LEFT JOIN recaudacion_comprobantedetalle d
             ON d.comprobante_id = p.comprobante_id AND d.obligacion_id = a.obligacion_id
     WHERE (d.interes, d.interes_hasta) IS DISTINCT FROM (a.interes_liquidado, a.interes_hasta)
    UNION ALL
    SELECT 'glosa', g.id, g.obligacion_id, g.capital, g.interes, g.fecha_emision, g.hecho_id, 0
      FROM cartera_glosa g
), previo AS (
    -- What had been paid when it was computed, without what had been undone by then. Payments are numbered in the
    -- order of the decisions.
    SELECT b.que, b.id, b.obligacion_id, a.interes, a.interes_hasta, a.pago_id,
           max(a.pago_id) FILTER (WHERE a.interes = a.interes_liquidado) OVER (PARTITION BY b.que, b.id, b.obligacion_id)
               AS ultimo_completo
      FROM base b
      JOIN recaudacion_aplicacion a ON a.obligacion_id = b.obligacion_id
      JOIN recaudacion_pago p
        ON p.id = a.pago_id AND p.reversa_id IS NULL
       AND CASE WHEN b.pago_id > 0 THEN p.id < b.pago_id ELSE p.hecho_id < b.hecho_id END
     WHERE NOT EXISTS (SELECT 1 FROM recaudacion_pago r
                        WHERE r.reversa_id = p.id
                          AND CASE WHEN b.pago_id > 0 THEN r.id < b.pago_id ELSE r.hecho_id <= b.hecho_id END)
), pagado AS (
    SELECT que, id, obligacion_id, max(interes_hasta) FILTER (WHERE pago_id = ultimo_completo) AS hasta,
           coalesce(sum(interes) FILTER (WHERE ultimo_completo IS NULL OR pago_id > ultimo_completo), 0)::bigint
               AS abonado
      FROM previo GROUP BY que, id, obligacion_id
)
SELECT b.que, b.id, CASE WHEN k.regla = 'NINGUNA' THEN 0 ELSE b.capital END AS capital, k.regla, b.interes, b.corte,
       greatest(o.fecha_vencimiento, g.hasta) AS desde, coalesce(g.abonado, 0) AS abonado
  FROM base b
  JOIN obligaciones_obligacion o ON o.id = b.obligacion_id
  JOIN regla k ON k.clase = o.clase
  LEFT JOIN pagado g ON g.que = b.que AND g.id = b.id AND g.obligacion_id = b.obligacion_id
