-- The payment core: money that entered, each ingreso with one outcome, in the transaction of its act.
-- Steps run in the order they are written. The caller made i_ingreso, and i_elegida when the debts were
-- chosen (see aplicar_ingresos.py). A *destino* is what an ingreso pays: a comprobante, or chosen debts.
-- No rate, threshold or order of the law here: i_orden and i_contable are the small tables of `norma`.

-- paso: limpiar
-- The tables fall at COMMIT; a second use inside a longer transaction finds those of the one before.
DROP TABLE IF EXISTS i_citado, i_detalle, i_destino, i_resultado, i_pago, i_valor, i_abonado, i_aplicacion, i_rubro,
    i_orden, i_contable, i_cuenta;

-- paso: sin_elegidas
CREATE TEMP TABLE IF NOT EXISTS i_elegida (
    destino text, comprobante_id bigint, obligacion_id bigint, orden smallint, interes bigint, personal bigint,
    patronal bigint, ccc bigint, otros bigint, interes_hasta date
) ON COMMIT DROP;

-- paso: citados
-- What the cited comprobantes froze, which never changes: one row for each debt, or one without debt.
-- `varias`: more than one ingreso cites it. `abonado`: part of it entered before.
CREATE TEMP TABLE i_citado ON COMMIT DROP AS
SELECT c.id AS destino_id, c.id AS comprobante_id, l.varias, c.abonado > 0 AS abonado, d.obligacion_id, d.orden,
       d.interes, d.personal, d.patronal, d.ccc, d.otros, d.interes_hasta
  FROM (SELECT comprobante, count(*) > 1 AS varias FROM i_ingreso WHERE comprobante <> '' GROUP BY comprobante) l
  JOIN recaudacion_comprobante c ON c.numero = l.comprobante
  LEFT JOIN recaudacion_comprobantedetalle d
    ON d.comprobante_id = c.id AND c.estado IN ('generado', 'caducado');

-- paso: elegidas_a_mano
-- Chosen debts, as the caller liquidated them: their destino has no number of its own.
INSERT INTO i_citado
SELECT -dense_rank() OVER (ORDER BY destino), comprobante_id, false, false, obligacion_id, orden, interes, personal,
       patronal, ccc, otros, interes_hasta
  FROM i_elegida;

-- paso: restos
-- Of a comprobante paid in part, what is left of what it froze.
UPDATE i_citado x
   SET interes = x.interes - a.interes, personal = x.personal - a.personal, patronal = x.patronal - a.patronal,
       ccc = x.ccc - a.ccc, otros = x.otros - a.otros
  FROM (SELECT c.destino_id, c.obligacion_id, sum(a.interes)::bigint AS interes, sum(a.personal)::bigint AS personal,
               sum(a.patronal)::bigint AS patronal, sum(a.ccc)::bigint AS ccc, sum(a.otros)::bigint AS otros
          FROM i_citado c
          JOIN recaudacion_aplicacion a ON a.obligacion_id = c.obligacion_id
          JOIN recaudacion_pago p ON p.id = a.pago_id AND p.comprobante_id = c.destino_id
         WHERE c.abonado
         GROUP BY c.destino_id, c.obligacion_id) a
 WHERE x.destino_id = a.destino_id AND x.obligacion_id = a.obligacion_id;

-- paso: hay_restos
SELECT EXISTS (SELECT 1 FROM i_citado WHERE abonado);

-- paso: en_orden
-- Debts, comprobantes and what cites them are already almost in one order: to sort them costs less than to hash them,
-- and they are locked in order.
SELECT set_config('enable_hashagg', 'off', true), set_config('enable_hashjoin', 'off', true);

-- paso: detalles
-- The debts, read as they are locked, in ascending order as everywhere. `entera`: nothing of it was paid
-- before, so that its split by fund is that of its birth.
CREATE TEMP TABLE i_detalle ON COMMIT DROP AS
SELECT x.*, o.clase, o.estado, o.fecha_vencimiento, o.provincia, o.empleador_id, o.persona_id,
       (o.estado = ANY (%(vivas)s) OR x.abonado AND x.interes + x.personal + x.patronal + x.ccc + x.otros = 0)
           AND x.personal <= o.saldo_personal AND x.patronal <= o.saldo_patronal AND x.ccc <= o.saldo_ccc
           AND x.otros = o.saldo_otros AND least(x.interes, x.personal, x.patronal, x.ccc) >= 0 AS cabe,
       o.estado = 'cancelada' OR o.interes_hasta IS NOT NULL OR o.interes_abonado > 0 OR o.saldo_personal < o.capital_personal
           OR o.saldo_patronal < o.capital_patronal OR o.saldo_ccc < o.capital_ccc OR o.saldo_otros < o.capital_otros AS tocada,
       o.ivm, o.lod, o.salud, o.riesgos, o.cesantia, o.desempleo, o.ssc, o.gastos_adm,
       o.capital_personal = x.personal AND o.capital_patronal = x.patronal AS entera
  FROM i_citado x
  JOIN obligaciones_obligacion o ON o.id = x.obligacion_id
 ORDER BY o.id FOR NO KEY UPDATE OF o;

-- paso: destinos
-- The comprobantes, after their debts, read as they are locked.
CREATE TEMP TABLE i_destino ON COMMIT DROP AS
SELECT c.id, c.id AS comprobante_id, c.numero::text AS numero, c.empleador_id, NULL::bigint AS persona_id,
       c.importe - c.abonado AS debido, c.estado::text AS estado, c.valido_hasta, d.cabe, d.tocada, d.varias, d.provincia,
       c.fecha_emision AS emitido
  FROM (SELECT destino_id, bool_and(cabe) AS cabe, bool_or(tocada) AS tocada, bool_or(varias) AS varias,
               min(provincia) AS provincia
          FROM i_detalle WHERE destino_id > 0 GROUP BY destino_id
         UNION ALL
        SELECT destino_id, false, false, varias, NULL FROM i_citado WHERE obligacion_id IS NULL) d
  JOIN recaudacion_comprobante c ON c.id = d.destino_id
 ORDER BY c.id FOR NO KEY UPDATE OF c;

-- paso: como_siempre
SET LOCAL enable_hashagg TO DEFAULT;
SET LOCAL enable_hashjoin TO DEFAULT;

-- paso: destinos_a_mano
INSERT INTO i_destino
SELECT d.destino_id, min(d.comprobante_id), e.destino, min(d.empleador_id), min(d.persona_id),
       sum(d.interes + d.personal + d.patronal + d.ccc + d.otros)::bigint, 'generado', 'infinity', bool_and(d.cabe),
       bool_or(d.tocada), false, min(d.provincia), '-infinity'
  FROM i_detalle d
  JOIN (SELECT DISTINCT destino, -dense_rank() OVER (ORDER BY destino) AS destino_id FROM i_elegida) e USING (destino_id)
 GROUP BY d.destino_id, e.destino;

-- paso: que_destinos
-- Is there an expired one? And one with a debt that had a payment before: only then may one be dated after the
-- money that comes now.
SELECT coalesce(bool_or(estado = 'caducado'), false), coalesce(bool_or(tocada), false) FROM i_destino;

-- paso: caducados
-- An expired comprobante freed its debts: it is good only while no other one has taken them.
UPDATE i_destino c SET cabe = false
  FROM i_detalle d JOIN recaudacion_detallevivo otro USING (obligacion_id)
 WHERE c.estado = 'caducado' AND d.destino_id = c.id AND otro.comprobante_id <> c.id;

-- paso: resultados
-- Each ingreso with what it meets, and the outcome it would have if no other were there.
CREATE TEMP TABLE i_resultado ON COMMIT DROP AS
SELECT *, CASE WHEN motivo NOT IN ('', 'ABONO') THEN 'POR_IDENTIFICAR'
               WHEN importe > debido THEN 'CREDITO_A_FAVOR'
               ELSE 'APLICADA' END AS resultado,
       motivo IN ('', 'ABONO') AS paga, 0::bigint AS antes, 1 AS turno
  FROM (
    SELECT l.numero, l.ingreso_id, l.fecha_pago, l.importe, l.comision, l.cuenta_debe, c.id AS destino_id,
           c.comprobante_id, c.empleador_id, c.persona_id, c.provincia, c.debido, c.varias,
           CASE WHEN l.motivo <> '' THEN l.motivo
                WHEN c.id IS NULL THEN 'COMPROBANTE_INEXISTENTE'
                WHEN c.estado = 'anulado' THEN 'COMPROBANTE_ANULADO'
                WHEN c.estado IN ('pagado', 'depositado') THEN 'COMPROBANTE_YA_PAGADO'
                WHEN c.estado = 'reversado' THEN 'COMPROBANTE_REVERSADO'
                WHEN l.fecha_pago < c.emitido THEN 'ANTES_DEL_COMPROBANTE'
                WHEN l.fecha_pago > c.valido_hasta THEN 'COMPROBANTE_CADUCADO'
                WHEN NOT c.cabe THEN 'OBLIGACION_CAMBIO'
                WHEN l.importe < c.debido THEN 'ABONO'
                ELSE '' END AS motivo
      FROM i_ingreso l
      LEFT JOIN i_destino c ON c.numero = l.comprobante
    OFFSET 0) l;

-- paso: insuficientes
-- They pay less than their destino, where some debt takes no partial payment.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'MONTO_INSUFICIENTE'
  FROM (SELECT DISTINCT p.numero
          FROM i_resultado p
          JOIN i_detalle d ON d.destino_id = p.destino_id
          LEFT JOIN i_contable a ON a.fecha = p.fecha_pago AND a.clase = d.clase AND a.estado = d.estado
         WHERE p.paga AND p.motivo = 'ABONO' AND a.admite IS NOT TRUE) i
 WHERE r.numero = i.numero;

-- paso: posteriores
-- A payment dated after this money, or of its day with money that entered after it, was applied before it: they are put in order once the rest is in the books.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'PAGO_POSTERIOR'
  FROM (SELECT DISTINCT x.numero
          FROM i_resultado x
          JOIN i_detalle d ON d.destino_id = x.destino_id AND d.tocada
          JOIN recaudacion_aplicacion a ON a.obligacion_id = d.obligacion_id
          JOIN recaudacion_pago p
            ON p.id = a.pago_id AND p.reversa_id IS NULL
           AND (p.fecha_pago > x.fecha_pago
                OR p.fecha_pago = x.fecha_pago AND p.ingreso_id > x.ingreso_id
                   AND recaudo_dinero_raiz(p.ingreso_id) > x.ingreso_id)
         WHERE x.destino_id > 0 AND (x.paga OR x.motivo IN ('OBLIGACION_CAMBIO', 'MONTO_INSUFICIENTE'))
           AND p.comprobante_id IS DISTINCT FROM x.comprobante_id
           AND NOT EXISTS (SELECT 1 FROM recaudacion_pago c WHERE c.reversa_id = p.id)) t
 WHERE r.numero = t.numero;

-- paso: disputadas
-- Two comprobantes paid together may share a debt when one of them had expired: the later
-- comprobante yields, and its money waits for a person.
UPDATE i_resultado r SET paga = false, resultado = 'POR_IDENTIFICAR', motivo = 'OBLIGACION_CAMBIO'
  FROM (SELECT DISTINCT destino_id
          FROM (SELECT d.destino_id,
                       min(d.destino_id) OVER (PARTITION BY d.obligacion_id) AS primero
                  FROM i_detalle d
                 WHERE d.destino_id IN (SELECT destino_id FROM i_resultado WHERE paga)) d
         WHERE d.destino_id <> d.primero) perdida
 WHERE r.paga AND r.destino_id = perdida.destino_id;

-- paso: turnos
-- Several ingresos of one comprobante take turns, in their order: each pays what those before it left. A low
-- amount never uses it up; what comes after it is paid waits for a person.
UPDATE i_resultado r
   SET antes = x.antes, turno = x.turno, paga = x.antes < r.debido,
       resultado = CASE WHEN x.antes >= r.debido THEN 'POR_IDENTIFICAR'
                        WHEN x.antes + r.importe > r.debido THEN 'CREDITO_A_FAVOR' ELSE 'APLICADA' END,
       motivo = CASE WHEN x.antes >= r.debido THEN 'COMPROBANTE_YA_PAGADO'
                     WHEN x.antes + r.importe < r.debido THEN 'ABONO' ELSE '' END
  FROM (SELECT numero, row_number() OVER w AS turno,
               coalesce(sum(importe) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS antes
          FROM i_resultado WHERE paga AND varias WINDOW w AS (PARTITION BY destino_id ORDER BY numero)) x
 WHERE r.numero = x.numero AND x.turno > 1;

-- paso: elegidas
-- In the order the money came, which is that of the numbers given out: what is posted from here goes to
-- the end of each index. Payments and entries are numbered one after the other: what hangs from them
-- is checked by counting. The entries of the payments go first.
CREATE TEMP TABLE i_pago ON COMMIT DROP AS
SELECT numero, %(base_pago)s + row_number() OVER (ORDER BY numero) AS id, ingreso_id,
       row_number() OVER (ORDER BY numero) AS asiento, destino_id, comprobante_id, empleador_id, persona_id, provincia,
       importe, comision, cuenta_debe, debido, fecha_pago, antes, turno, NULL::bigint AS reversa_id,
       NULL::bigint[] AS elegidas,
       antes > 0 OR importe < debido AS parcial, antes + importe >= debido AS cierra,
       greatest(antes + importe - debido, 0) AS excedente
  FROM i_resultado WHERE paga;

-- paso: por_identificar
-- Money that waits for a person: its entries go after those of the payments.
CREATE TEMP TABLE i_valor ON COMMIT DROP AS
SELECT (SELECT count(*) FROM i_pago) + row_number() OVER (ORDER BY numero) AS asiento,
       ingreso_id, motivo, importe, comision, cuenta_debe
  FROM i_resultado WHERE resultado = 'POR_IDENTIFICAR';

-- paso: cuantos_asientos
SELECT (SELECT count(*) FROM i_pago) + (SELECT count(*) FROM i_valor);

-- paso: que_pagos
-- What there is in them, asked once: what there is not is not looked for later.
SELECT coalesce(max(turno) FILTER (WHERE parcial), 0), coalesce(bool_or(comision <> 0), false),
       coalesce(bool_or(excedente <> 0), false)
  FROM i_pago;

-- paso: abonos
-- Partial payments: item by item in the order of the norm, within an item the oldest debt first. The items of a
-- destino are one queue of cents and its payments another: what they share is what each pays. `ya`: what the
-- payments before it took of the item.
CREATE TEMP TABLE i_abonado ON COMMIT DROP AS
WITH parcial AS (
    SELECT destino_id, min(fecha_pago) AS fecha FROM i_pago WHERE parcial GROUP BY destino_id
), rubros AS (
    SELECT p.destino_id, p.fecha, d.obligacion_id, d.orden, d.fecha_vencimiento, d.clase, d.estado, v.rubro, v.debe
      FROM parcial p
      JOIN i_detalle d ON d.destino_id = p.destino_id
      CROSS JOIN LATERAL (VALUES ('INTERES', d.interes), ('APORTE_PERSONAL', d.personal),
                                 ('APORTE_PATRONAL', d.patronal), ('CCC', d.ccc)) v (rubro, debe)
    UNION ALL
    SELECT p.destino_id, p.fecha, d.obligacion_id, d.orden, d.fecha_vencimiento, d.clase, d.estado, s.rubro,
           sum(s.saldo)::bigint
      FROM parcial p
      JOIN i_detalle d ON d.destino_id = p.destino_id AND d.otros > 0
      JOIN obligaciones_saldorubro s ON s.obligacion_id = d.obligacion_id
     GROUP BY p.destino_id, p.fecha, d.obligacion_id, d.orden, d.fecha_vencimiento, d.clase, d.estado, s.rubro
), cola AS (
    SELECT r.*, coalesce(sum(debe) OVER (PARTITION BY r.destino_id
                                         ORDER BY o.ordinal, r.fecha_vencimiento, r.orden, r.rubro
                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS desde
      FROM rubros r
      JOIN i_contable k ON k.fecha = r.fecha AND k.clase = r.clase AND k.estado = r.estado
      LEFT JOIN i_orden o ON o.fecha = r.fecha AND o.estado = k.contable AND o.rubro = r.rubro
)
SELECT p.numero, c.obligacion_id, c.rubro,
       greatest(least(p.antes + p.importe, c.desde + c.debe) - greatest(p.antes, c.desde), 0)::bigint AS centavos,
       greatest(least(p.antes, c.desde + c.debe) - c.desde, 0)::bigint AS ya
  FROM i_pago p JOIN cola c ON c.destino_id = p.destino_id
 WHERE p.parcial;

-- paso: aplicaciones
-- Full payments take the debt as frozen; its funds are those of its birth when nothing was paid before.
-- In the order of the payments.
CREATE TEMP TABLE i_aplicacion ON COMMIT DROP AS
SELECT p.id AS pago_id, p.asiento, p.turno, d.obligacion_id, d.orden, d.clase, d.estado,
       CASE WHEN p.parcial THEN b.interes ELSE d.interes END AS interes,
       CASE WHEN p.parcial THEN d.interes - b.ya ELSE d.interes END AS interes_liquidado, d.interes_hasta,
       CASE WHEN p.parcial THEN b.personal ELSE d.personal END AS personal,
       CASE WHEN p.parcial THEN b.patronal ELSE d.patronal END AS patronal,
       CASE WHEN p.parcial THEN b.ccc ELSE d.ccc END AS ccc,
       CASE WHEN p.parcial THEN b.otros ELSE d.otros END AS otros,
       d.ivm, d.lod, d.salud, d.riesgos, d.cesantia, d.desempleo, d.ssc, d.gastos_adm,
       d.entera AND NOT p.parcial AS entera
  FROM i_pago p
  JOIN i_detalle d ON d.destino_id = p.destino_id
  LEFT JOIN (
       SELECT numero, obligacion_id, coalesce(sum(centavos) FILTER (WHERE rubro = 'INTERES'), 0)::bigint AS interes,
              coalesce(sum(ya) FILTER (WHERE rubro = 'INTERES'), 0)::bigint AS ya,
              coalesce(sum(centavos) FILTER (WHERE rubro = 'APORTE_PERSONAL'), 0)::bigint AS personal,
              coalesce(sum(centavos) FILTER (WHERE rubro = 'APORTE_PATRONAL'), 0)::bigint AS patronal,
              coalesce(sum(centavos) FILTER (WHERE rubro = 'CCC'), 0)::bigint AS ccc,
              coalesce(sum(centavos) FILTER (WHERE rubro NOT IN ('INTERES', 'APORTE_PERSONAL', 'APORTE_PATRONAL',
                                                                 'CCC')), 0)::bigint AS otros
         FROM i_abonado GROUP BY numero, obligacion_id) b
    ON p.parcial AND b.numero = p.numero AND b.obligacion_id = d.obligacion_id
 ORDER BY p.id, d.orden;

-- paso: distribucion_parcial
-- What is not the whole debt goes to the funds in proportion to what remains of each, by the
-- largest remainder (ties: the earlier fund), so that the last payment closes every fund at zero.
WITH parte AS (
    SELECT a.pago_id, a.obligacion_id, a.personal + a.patronal AS pagado, f.orden,
           f.emitido - coalesce(f.aplicado, 0) AS queda
      FROM i_aplicacion a
      LEFT JOIN LATERAL (
            SELECT sum(x.ivm) AS ivm, sum(x.lod) AS lod, sum(x.salud) AS salud, sum(x.riesgos) AS riesgos,
                   sum(x.cesantia) AS cesantia, sum(x.desempleo) AS desempleo, sum(x.ssc) AS ssc,
                   sum(x.gastos_adm) AS gastos_adm
              FROM (SELECT ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm
                      FROM recaudacion_aplicacion WHERE obligacion_id = a.obligacion_id
                    UNION ALL
                    SELECT ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm
                      FROM i_aplicacion WHERE obligacion_id = a.obligacion_id AND turno < a.turno) x) y ON true
      JOIN obligaciones_obligacion o ON o.id = a.obligacion_id
      CROSS JOIN LATERAL (VALUES (1, o.ivm, y.ivm), (2, o.lod, y.lod), (3, o.salud, y.salud),  -- not law: place of a fund
            (4, o.riesgos, y.riesgos), (5, o.cesantia, y.cesantia), (6, o.desempleo, y.desempleo),  -- not law: place of a fund
            (7, o.ssc, y.ssc), (8, o.gastos_adm, y.gastos_adm)) f (orden, emitido, aplicado)  -- not law: place of a fund
     WHERE NOT a.entera AND a.turno = %(turno)s
), entero AS (
    SELECT pago_id, obligacion_id, orden, pagado,
           CASE WHEN pagado = 0 THEN 0 ELSE div(pagado::numeric * queda, sum(queda) OVER w) END AS piso,
           CASE WHEN pagado = 0 THEN 0 ELSE mod(pagado::numeric * queda, sum(queda) OVER w) END AS resto
      FROM parte WINDOW w AS (PARTITION BY pago_id, obligacion_id)
), repartido AS (
    SELECT pago_id, obligacion_id, orden,
           (piso + CASE WHEN row_number() OVER (PARTITION BY pago_id, obligacion_id ORDER BY resto DESC, orden)
                             <= pagado - sum(piso) OVER (PARTITION BY pago_id, obligacion_id)
                        THEN 1 ELSE 0 END)::bigint AS c
      FROM entero
), columnas AS (
    SELECT pago_id, obligacion_id,
           sum(c) FILTER (WHERE orden = 1) AS ivm, sum(c) FILTER (WHERE orden = 2) AS lod,
           sum(c) FILTER (WHERE orden = 3) AS salud, sum(c) FILTER (WHERE orden = 4) AS riesgos,  -- not law: place of a fund
           sum(c) FILTER (WHERE orden = 5) AS cesantia, sum(c) FILTER (WHERE orden = 6) AS desempleo,  -- not law: place of a fund
           sum(c) FILTER (WHERE orden = 7) AS ssc, sum(c) FILTER (WHERE orden = 8) AS gastos_adm  -- not law: place of a fund
      FROM repartido GROUP BY pago_id, obligacion_id
)
UPDATE i_aplicacion a
   SET ivm = c.ivm, lod = c.lod, salud = c.salud, riesgos = c.riesgos, cesantia = c.cesantia,
       desempleo = c.desempleo, ssc = c.ssc, gastos_adm = c.gastos_adm
  FROM columnas c WHERE c.pago_id = a.pago_id AND c.obligacion_id = a.obligacion_id;

-- paso: que_aplicaciones
SELECT coalesce(bool_or(otros <> 0), false), coalesce(bool_or(NOT entera), false), coalesce(bool_or(interes <> 0), false)
  FROM i_aplicacion;

-- paso: crear_rubros
CREATE TEMP TABLE i_rubro (
    pago_id bigint, asiento bigint, turno bigint, obligacion_id bigint, clase text, estado text, rubro text, fondo text,
    importe bigint
) ON COMMIT DROP;

-- paso: rubros
-- The rubros kept one by one: the whole of what is left, or a part in proportion to what each fund has left.
INSERT INTO i_rubro
WITH pedido AS (
    SELECT a.pago_id, a.asiento, a.turno, a.obligacion_id, a.clase, a.estado, s.rubro, s.fondo,
           s.saldo - coalesce((SELECT sum(r.importe) FROM i_rubro r
                                WHERE r.obligacion_id = a.obligacion_id AND r.rubro = s.rubro AND r.fondo = s.fondo
                                  AND r.turno < a.turno), 0) AS queda,
           CASE WHEN p.parcial THEN b.centavos END AS pagado
      FROM i_aplicacion a
      JOIN i_pago p ON p.id = a.pago_id
      JOIN obligaciones_saldorubro s ON s.obligacion_id = a.obligacion_id
      LEFT JOIN i_abonado b ON p.parcial AND b.numero = p.numero AND b.obligacion_id = a.obligacion_id
                           AND b.rubro = s.rubro
     WHERE a.otros > 0 AND a.turno = %(turno)s
), entero AS (
    SELECT *, coalesce(pagado, sum(queda) OVER w) AS total,
           CASE WHEN pagado IS NULL THEN queda WHEN sum(queda) OVER w = 0 THEN 0
                ELSE div(pagado::numeric * queda, sum(queda) OVER w) END AS piso,
           CASE WHEN pagado IS NULL OR sum(queda) OVER w = 0 THEN 0
                ELSE mod(pagado::numeric * queda, sum(queda) OVER w) END AS resto
      FROM pedido WINDOW w AS (PARTITION BY pago_id, obligacion_id, rubro)
), repartido AS (
    SELECT *, (piso + CASE WHEN row_number() OVER (w ORDER BY resto DESC, fondo) <= total - sum(piso) OVER w
                           THEN 1 ELSE 0 END)::bigint AS importe
      FROM entero WINDOW w AS (PARTITION BY pago_id, obligacion_id, rubro)
)
SELECT pago_id, asiento, turno, obligacion_id, clase, estado, rubro, fondo, importe FROM repartido WHERE importe > 0;
