-- What the ledger has to collect is what the debts still owe: by account (rubro and accounting state, C.D. 497
-- DG 7.ª) and by fund (issued and not collected yet). The ledger by its kept sums, which D27 proves, and its tail;
-- the debts in one pass. `filas` says in which account each rubro of each class stands in each state. Cents.
WITH filas AS (
    SELECT * FROM unnest(%(clases)s::text[], %(estados)s::text[], %(rubros)s::text[], %(columnas)s::text[], %(cuentas)s::text[])
        AS f (clase, estado, rubro, columna, cuenta)
), libro AS (
    SELECT c.codigo AS cuenta, sum(CASE c.naturaleza WHEN 'DEUDORA' THEN s.debe - s.haber ELSE s.haber - s.debe END) AS saldo
      FROM ({sumas}) s JOIN contabilidad_cuenta c ON c.id = s.cuenta_id
     WHERE c.estado_cartera <> '' OR c.codigo LIKE %(emitido)s
     GROUP BY c.codigo
), deuda AS (
    SELECT o.clase, o.estado, sum(o.saldo_personal) AS personal, sum(o.saldo_patronal) AS patronal, sum(o.saldo_ccc) AS ccc,
           {nacido}
      FROM obligaciones_obligacion o GROUP BY o.clase, o.estado
), ancho AS (
    SELECT d.clase, d.estado, v.columna, v.saldo
      FROM deuda d
      CROSS JOIN LATERAL (VALUES ('personal', d.personal), ('patronal', d.patronal), ('ccc', d.ccc)) v (columna, saldo)
), otro AS (
    SELECT o.clase, o.estado, r.rubro, r.fondo, sum(r.saldo) AS saldo
      FROM obligaciones_saldorubro r JOIN obligaciones_obligacion o ON o.id = r.obligacion_id
     WHERE r.saldo > 0
     GROUP BY o.clase, o.estado, r.rubro, r.fondo
), aplicado AS (
    SELECT {aplicado} FROM recaudacion_aplicacion
), debido AS (
    SELECT f.cuenta, a.saldo FROM ancho a LEFT JOIN filas f USING (clase, estado, columna) WHERE a.saldo <> 0
    UNION ALL
    SELECT f.cuenta, x.saldo FROM otro x LEFT JOIN filas f USING (clase, estado, rubro)
    UNION ALL
    SELECT %(prefijo)s || v.fondo, v.saldo
      FROM (SELECT {suma_nacido}, sum(ccc) AS ccc FROM deuda) n
      CROSS JOIN aplicado p
      CROSS JOIN LATERAL (VALUES {queda}, ('CCC', n.ccc)) v (fondo, saldo)
    UNION ALL
    SELECT %(prefijo)s || fondo, saldo FROM otro
), deudas AS (
    SELECT coalesce(cuenta, 'sin cuenta') AS cuenta, sum(saldo) AS saldo FROM debido GROUP BY 1
)
SELECT cuenta, coalesce(l.saldo, 0) AS libro, coalesce(d.saldo, 0) AS deudas
  FROM libro l FULL JOIN deudas d USING (cuenta)
 WHERE coalesce(l.saldo, 0) <> coalesce(d.saldo, 0)
 ORDER BY cuenta
