-- Each account of the portfolio, province by province, is what the debts in that state owe there. The province of a leg
-- is that of the debt that it names: one payment may be of debts of several. In cents.
WITH filas AS (
    SELECT * FROM unnest(%(clases)s::text[], %(estados)s::text[], %(rubros)s::text[], %(columnas)s::text[], %(cuentas)s::text[])
        AS f (clase, estado, rubro, columna, cuenta)
), libro AS (
    SELECT coalesce(o.provincia, 'ninguna') AS provincia, c.codigo AS cuenta, sum(p.debe - p.haber) AS saldo
      FROM contabilidad_cuenta c
      JOIN contabilidad_partida p ON p.cuenta_id = c.id
      LEFT JOIN obligaciones_obligacion o ON o.id = p.obligacion_id
     WHERE c.estado_cartera <> ''
     GROUP BY coalesce(o.provincia, 'ninguna'), c.codigo
), deuda AS (
    SELECT o.provincia, o.clase, o.estado, sum(o.saldo_personal) AS personal, sum(o.saldo_patronal) AS patronal,
           sum(o.saldo_ccc) AS ccc
      FROM obligaciones_obligacion o GROUP BY o.provincia, o.clase, o.estado
), debido AS (
    SELECT d.provincia, f.cuenta, v.saldo
      FROM deuda d
      CROSS JOIN LATERAL (VALUES ('personal', d.personal), ('patronal', d.patronal), ('ccc', d.ccc)) v (columna, saldo)
      LEFT JOIN filas f USING (clase, estado, columna)
     WHERE v.saldo <> 0
    UNION ALL
    SELECT o.provincia, f.cuenta, r.saldo
      FROM obligaciones_saldorubro r
      JOIN obligaciones_obligacion o ON o.id = r.obligacion_id
      LEFT JOIN filas f ON (f.clase, f.estado, f.rubro) = (o.clase, o.estado, r.rubro)
     WHERE r.saldo > 0
), deudas AS (
    SELECT provincia, coalesce(cuenta, 'sin cuenta') AS cuenta, sum(saldo) AS saldo FROM debido GROUP BY provincia, coalesce(cuenta, 'sin cuenta')
)
SELECT provincia, cuenta, coalesce(l.saldo, 0) AS libro, coalesce(d.saldo, 0) AS deudas
  FROM libro l FULL JOIN deudas d USING (provincia, cuenta)
 WHERE coalesce(l.saldo, 0) <> coalesce(d.saldo, 0)
 ORDER BY provincia, cuenta
