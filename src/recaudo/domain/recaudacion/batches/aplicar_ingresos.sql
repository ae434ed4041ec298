-- The payment core: money that entered, each ingreso with one outcome, in the transaction of its act.
-- Steps run in the order they are written. The caller made i_ingreso (see aplicar_ingresos.py).
-- No rate, threshold or order of the law here: i_orden and i_abono are the small tables of `norma`.

-- paso: limpiar
-- The tables fall at COMMIT; a second use inside a longer transaction finds those of the one before.
DROP TABLE IF EXISTS i_citado, i_detalle, i_comprobante, i_resultado, i_pago, i_valor, i_abonado, i_aplicacion,
    i_orden, i_abono, i_cuenta;

-- paso: citados
-- What the cited comprobantes froze, which never changes: one row for each debt, or one without debt.
-- `varias`: more than one ingreso cites it.
CREATE TEMP TABLE i_citado ON COMMIT DROP AS
SELECT c.id AS comprobante_id, l.varias, d.obligacion_id, d.orden, d.interes, d.personal, d.patronal, d.ccc,
       d.interes_hasta
  FROM (SELECT comprobante, count(*) > 1 AS varias FROM i_ingreso WHERE comprobante <> '' GROUP BY comprobante) l
  JOIN recaudacion_comprobante c ON c.numero = l.comprobante
  LEFT JOIN recaudacion_comprobantedetalle d
    ON d.comprobante_id = c.id AND c.estado IN ('generado', 'caducado');

-- paso: detalles
-- The debts, read as they are locked, in ascending order as everywhere.
CREATE TEMP TABLE i_detalle ON COMMIT DROP AS
SELECT x.*, o.estado, o.fecha_vencimiento, o.provincia,
       p.obligacion_id IS NOT NULL AND o.estado = ANY (%(vivas)s) AND x.personal <= o.saldo_personal
           AND x.patronal <= o.saldo_patronal AND x.ccc <= o.saldo_ccc AS cabe,
       p.ivm, p.lod, p.salud, p.riesgos, p.cesantia, p.desempleo, p.ssc, p.gastos_adm,
       p.personal = x.personal AND p.patronal = x.patronal AS entera
  FROM i_citado x
  JOIN obligaciones_obligacion o ON o.id = x.obligacion_id
  LEFT JOIN planillas_planilla p ON p.obligacion_id = x.obligacion_id
 ORDER BY o.id FOR NO KEY UPDATE OF o;

-- paso: agrupar_en_orden
-- The debts are already almost in the order of their comprobantes: sorting them costs half of hashing.
SET LOCAL enable_hashagg = off;

-- paso: agrupar_como_siempre
SET LOCAL enable_hashagg TO DEFAULT;

-- paso: comprobantes
-- The comprobantes, after their debts, read as they are locked.
CREATE TEMP TABLE i_comprobante ON COMMIT DROP AS
SELECT c.id, c.numero, c.empleador_id, c.importe, c.estado, c.valido_hasta, d.cabe, d.varias, d.provincia
  FROM (SELECT comprobante_id, bool_and(cabe) AS cabe, bool_or(varias) AS varias, min(provincia) AS provincia
          FROM i_detalle GROUP BY comprobante_id
         UNION ALL
        SELECT comprobante_id, false, varias, NULL FROM i_citado WHERE obligacion_id IS NULL) d
  JOIN recaudacion_comprobante c ON c.id = d.comprobante_id
 ORDER BY c.id FOR NO KEY UPDATE OF c;

-- paso: hay_caducados
SELECT EXISTS (SELECT 1 FROM i_comprobante WHERE estado = 'caducado');

-- paso: caducados
-- An expired comprobante freed its debts: it is good only while no other one has taken them.
UPDATE i_comprobante c SET cabe = false
  FROM i_detalle d JOIN recaudacion_detallevivo otro USING (obligacion_id)
 WHERE c.estado = 'caducado' AND d.comprobante_id = c.id AND otro.comprobante_id <> c.id;

-- paso: resultados
-- Each ingreso with what it meets, and the outcome it would have if no other were there.
CREATE TEMP TABLE i_resultado ON COMMIT DROP AS
SELECT *, CASE WHEN motivo NOT IN ('', 'ABONO') THEN 'POR_IDENTIFICAR'
               WHEN importe > debido THEN 'CREDITO_A_FAVOR'
               ELSE 'APLICADA' END AS resultado,
       motivo IN ('', 'ABONO') AS paga
  FROM (
    SELECT l.numero, l.ingreso_id, l.fecha_pago, l.importe, l.comision, l.cuenta_debe, c.id AS comprobante_id, c.empleador_id, c.provincia,
           c.importe AS debido, c.varias,
           CASE WHEN l.motivo <> '' THEN l.motivo
                WHEN c.id IS NULL THEN 'COMPROBANTE_INEXISTENTE'
                WHEN c.estado = 'anulado' THEN 'COMPROBANTE_ANULADO'
                WHEN c.estado IN ('pagado', 'depositado', 'reversado') THEN 'COMPROBANTE_YA_PAGADO'
                WHEN l.fecha_pago > c.valido_hasta THEN 'COMPROBANTE_CADUCADO'
                WHEN NOT c.cabe THEN 'OBLIGACION_CAMBIO'
                WHEN l.importe < c.importe THEN 'ABONO'
                ELSE '' END AS motivo
      FROM i_ingreso l
      LEFT JOIN i_comprobante c ON c.numero = l.comprobante
    OFFSET 0) l;

-- paso: insuficientes
-- They pay less than their comprobante, where some debt takes no partial payment.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'MONTO_INSUFICIENTE'
  FROM (SELECT DISTINCT p.numero
          FROM i_resultado p
          JOIN i_detalle d ON d.comprobante_id = p.comprobante_id
          LEFT JOIN i_abono a ON a.fecha = p.fecha_pago AND a.estado = d.estado
         WHERE p.paga AND p.motivo = 'ABONO' AND a.admite IS NOT TRUE) i
 WHERE r.numero = i.numero;

-- paso: disputadas
-- Two comprobantes paid together may share a debt when one of them had expired: the later
-- comprobante yields, and its money waits for a person.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'OBLIGACION_CAMBIO'
  FROM (SELECT DISTINCT comprobante_id
          FROM (SELECT d.comprobante_id,
                       min(d.comprobante_id) OVER (PARTITION BY d.obligacion_id) AS primero
                  FROM i_detalle d
                 WHERE d.comprobante_id IN (SELECT comprobante_id FROM i_resultado WHERE paga)) d
         WHERE d.comprobante_id <> d.primero) perdida
 WHERE r.paga AND r.comprobante_id = perdida.comprobante_id;

-- paso: segundas
-- One ingreso per comprobante: the first that can pay it.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'COMPROBANTE_YA_PAGADO'
  FROM (SELECT comprobante_id, min(numero) AS primera FROM i_resultado WHERE paga AND varias
         GROUP BY comprobante_id HAVING count(*) > 1) p
 WHERE r.paga AND r.comprobante_id = p.comprobante_id AND r.numero <> p.primera;

-- paso: elegidas
-- In the order the money came, which is that of the numbers given out: what is posted from here goes to
-- the end of each index. Payments and entries are numbered one after the other: what hangs from them
-- is checked by counting. The entries of the payments go first.
CREATE TEMP TABLE i_pago ON COMMIT DROP AS
SELECT numero, %(base_pago)s + row_number() OVER (ORDER BY numero) AS id, ingreso_id,
       row_number() OVER (ORDER BY numero) AS asiento, comprobante_id, empleador_id, provincia, importe,
       comision, cuenta_debe, debido, fecha_pago, importe < debido AS parcial
  FROM i_resultado WHERE paga;

-- paso: por_identificar
-- Money that waits for a person: its entries go after those of the payments.
CREATE TEMP TABLE i_valor ON COMMIT DROP AS
SELECT (SELECT count(*) FROM i_pago) + row_number() OVER (ORDER BY numero) AS asiento,
       ingreso_id, motivo, importe, comision, cuenta_debe
  FROM i_resultado WHERE resultado = 'POR_IDENTIFICAR';

-- paso: cuantos_asientos
SELECT (SELECT count(*) FROM i_pago) + (SELECT count(*) FROM i_valor);

-- paso: abonos
-- Partial payments: item by item in the order of the norm, within an item the oldest debt first.
CREATE TEMP TABLE i_abonado ON COMMIT DROP AS
WITH rubros AS (
    SELECT p.numero, p.importe, d.obligacion_id, d.orden, d.fecha_vencimiento, o.rubro, o.ordinal, v.debe
      FROM i_pago p
      JOIN i_detalle d ON d.comprobante_id = p.comprobante_id
      CROSS JOIN LATERAL (VALUES ('INTERES', d.interes), ('APORTE_PERSONAL', d.personal),
                                 ('APORTE_PATRONAL', d.patronal), ('CCC', d.ccc)) v (rubro, debe)
      JOIN i_orden o ON o.fecha = p.fecha_pago AND o.estado = d.estado AND o.rubro = v.rubro
     WHERE p.parcial
), cola AS (
    SELECT *, coalesce(sum(debe) OVER (PARTITION BY numero ORDER BY ordinal, fecha_vencimiento, orden
                                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS antes
      FROM rubros
), aplicado AS (
    SELECT numero, obligacion_id, rubro, greatest(least(debe, importe - antes), 0)::bigint AS centavos FROM cola
)
SELECT numero, obligacion_id,
       coalesce(sum(centavos) FILTER (WHERE rubro = 'INTERES'), 0)::bigint AS interes,
       coalesce(sum(centavos) FILTER (WHERE rubro = 'APORTE_PERSONAL'), 0)::bigint AS personal,
       coalesce(sum(centavos) FILTER (WHERE rubro = 'APORTE_PATRONAL'), 0)::bigint AS patronal,
       coalesce(sum(centavos) FILTER (WHERE rubro = 'CCC'), 0)::bigint AS ccc
  FROM aplicado GROUP BY numero, obligacion_id;

-- paso: aplicaciones
-- Full payments take the debt as frozen; its funds are the planilla's when nothing was paid before.
-- In the order of the payments.
CREATE TEMP TABLE i_aplicacion ON COMMIT DROP AS
SELECT p.id AS pago_id, p.asiento, d.obligacion_id, d.orden, d.estado,
       CASE WHEN p.parcial THEN b.interes ELSE d.interes END AS interes,
       d.interes AS interes_liquidado, d.interes_hasta,
       CASE WHEN p.parcial THEN b.personal ELSE d.personal END AS personal,
       CASE WHEN p.parcial THEN b.patronal ELSE d.patronal END AS patronal,
       CASE WHEN p.parcial THEN b.ccc ELSE d.ccc END AS ccc,
       d.ivm, d.lod, d.salud, d.riesgos, d.cesantia, d.desempleo, d.ssc, d.gastos_adm,
       d.entera AND NOT p.parcial AS entera
  FROM i_pago p
  JOIN i_detalle d ON d.comprobante_id = p.comprobante_id
  LEFT JOIN i_abonado b ON p.parcial AND b.numero = p.numero AND b.obligacion_id = d.obligacion_id
 ORDER BY p.id, d.orden;

-- paso: distribucion_parcial
-- What is not the whole planilla goes to the funds in proportion to what remains of each, by the
-- largest remainder (ties: the earlier fund), so that the last payment closes every fund at zero.
WITH parte AS (
    SELECT a.obligacion_id, a.personal + a.patronal AS pagado, f.orden,
           f.emitido - coalesce(f.aplicado, 0) AS queda
      FROM i_aplicacion a
      LEFT JOIN LATERAL (
            SELECT sum(x.ivm) AS ivm, sum(x.lod) AS lod, sum(x.salud) AS salud, sum(x.riesgos) AS riesgos,
                   sum(x.cesantia) AS cesantia, sum(x.desempleo) AS desempleo, sum(x.ssc) AS ssc,
                   sum(x.gastos_adm) AS gastos_adm
              FROM recaudacion_aplicacion x WHERE x.obligacion_id = a.obligacion_id) y ON true
      CROSS JOIN LATERAL (VALUES (1, a.ivm, y.ivm), (2, a.lod, y.lod), (3, a.salud, y.salud),  -- not law: place of a fund
            (4, a.riesgos, y.riesgos), (5, a.cesantia, y.cesantia), (6, a.desempleo, y.desempleo),  -- not law: place of a fund
            (7, a.ssc, y.ssc), (8, a.gastos_adm, y.gastos_adm)) f (orden, emitido, aplicado)  -- not law: place of a fund
     WHERE NOT a.entera
), entero AS (
    SELECT obligacion_id, orden, pagado,
           CASE WHEN pagado = 0 THEN 0 ELSE div(pagado::numeric * queda, sum(queda) OVER w) END AS piso,
           CASE WHEN pagado = 0 THEN 0 ELSE mod(pagado::numeric * queda, sum(queda) OVER w) END AS resto
      FROM parte WINDOW w AS (PARTITION BY obligacion_id)
), repartido AS (
    SELECT obligacion_id, orden,
           (piso + CASE WHEN row_number() OVER (PARTITION BY obligacion_id ORDER BY resto DESC, orden)
                             <= pagado - sum(piso) OVER (PARTITION BY obligacion_id) THEN 1 ELSE 0 END)::bigint AS c
      FROM entero
), columnas AS (
    SELECT obligacion_id,
           sum(c) FILTER (WHERE orden = 1) AS ivm, sum(c) FILTER (WHERE orden = 2) AS lod,
           sum(c) FILTER (WHERE orden = 3) AS salud, sum(c) FILTER (WHERE orden = 4) AS riesgos,  -- not law: place of a fund
           sum(c) FILTER (WHERE orden = 5) AS cesantia, sum(c) FILTER (WHERE orden = 6) AS desempleo,  -- not law: place of a fund
           sum(c) FILTER (WHERE orden = 7) AS ssc, sum(c) FILTER (WHERE orden = 8) AS gastos_adm  -- not law: place of a fund
      FROM repartido GROUP BY obligacion_id
)
UPDATE i_aplicacion a
   SET ivm = c.ivm, lod = c.lod, salud = c.salud, riesgos = c.riesgos, cesantia = c.cesantia,
       desempleo = c.desempleo, ssc = c.ssc, gastos_adm = c.gastos_adm
  FROM columnas c WHERE c.obligacion_id = a.obligacion_id;

-- paso: pagos
INSERT INTO recaudacion_pago (id, ingreso_id, comprobante_id, empleador_id, importe, fecha_pago, aplicado_por,
    aplicado_en, hecho_id)
SELECT id, ingreso_id, comprobante_id, empleador_id, importe, fecha_pago, %(actor)s, now(), %(hecho)s
  FROM i_pago;

-- paso: guardar_aplicaciones
INSERT INTO recaudacion_aplicacion (pago_id, obligacion_id, interes, interes_liquidado, interes_hasta, personal,
    patronal, ccc, ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm)
SELECT pago_id, obligacion_id, interes, interes_liquidado, interes_hasta, personal, patronal, ccc,
       ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm
  FROM i_aplicacion WHERE interes + personal + patronal + ccc > 0;

-- paso: creditos
INSERT INTO recaudacion_creditoafavor (pago_id, empleador_id, importe, saldo)
SELECT id, empleador_id, importe - debido, importe - debido FROM i_pago WHERE importe > debido;

-- paso: valores
INSERT INTO recaudacion_valorporaplicar (ingreso_id, motivo, importe, estado, responsable, recibido_el, razon)
SELECT ingreso_id, motivo, importe, 'abierto', %(responsable)s, %(hoy)s, '' FROM i_valor;

-- paso: cobrar_comprobantes
UPDATE recaudacion_comprobante c SET estado = %(cobrado)s FROM i_pago p WHERE c.id = p.comprobante_id;

-- paso: pagos_de_obligaciones
SELECT obligacion_id, personal, patronal, ccc FROM i_aplicacion WHERE personal + patronal + ccc > 0;

-- paso: asientos
SELECT %(base_asiento)s + asiento, 'pago', 'pago', id, provincia FROM i_pago
UNION ALL
SELECT %(base_asiento)s + asiento, 'por identificar', 'linea_extracto', ingreso_id, %(nacional)s FROM i_valor
 ORDER BY 1;

-- paso: partidas
SELECT %(base_asiento)s + asiento, linea, cuenta, debe, haber, obligacion_id FROM (
    SELECT asiento, 1 AS linea, cuenta_debe AS cuenta, importe - comision AS debe, 0 AS haber,
           NULL::bigint AS obligacion_id FROM i_pago
    UNION ALL
    SELECT a.asiento, 1 + a.orden, q.cuenta_id, 0, a.personal + a.patronal + a.ccc, a.obligacion_id
      FROM i_aplicacion a JOIN i_cuenta q ON q.estado = a.estado WHERE a.personal + a.patronal + a.ccc > 0
    UNION ALL
    SELECT asiento, 32000, %(mora)s, 0, sum(interes)::bigint, NULL FROM i_aplicacion WHERE interes > 0 GROUP BY asiento  -- not law: place of a leg
    UNION ALL
    SELECT asiento, 32001, %(credito)s, 0, importe - debido, NULL FROM i_pago WHERE importe > debido  -- not law: place of a leg
    UNION ALL
    SELECT asiento, v.linea, v.cuenta, v.debe, v.haber, NULL
      FROM i_valor CROSS JOIN LATERAL (VALUES (1, cuenta_debe, importe - comision, 0), (2, %(por_aplicar)s, 0, importe))
           v (linea, cuenta, debe, haber)
    UNION ALL
    SELECT asiento, 32002, %(comisiones)s, comision, 0, NULL  -- not law: place of a leg
      FROM (SELECT asiento, comision FROM i_pago UNION ALL SELECT asiento, comision FROM i_valor) c WHERE comision > 0) p
 ORDER BY asiento, linea;

-- paso: fondos
SELECT coalesce(sum(ivm), 0)::bigint, coalesce(sum(lod), 0)::bigint, coalesce(sum(salud), 0)::bigint,
       coalesce(sum(riesgos), 0)::bigint, coalesce(sum(cesantia), 0)::bigint, coalesce(sum(desempleo), 0)::bigint,
       coalesce(sum(ssc), 0)::bigint, coalesce(sum(gastos_adm), 0)::bigint, coalesce(sum(ccc), 0)::bigint
  FROM i_aplicacion;

-- paso: asentado
-- What the ledger took as received, fees included: the debit of its entries.
SELECT coalesce(sum(p.debe), 0)::bigint FROM contabilidad_partida_corriente p
 WHERE p.asiento_id > %(base_asiento)s AND p.asiento_id <= %(base_asiento)s + %(asientos)s AND p.debe > 0;
