-- Undo payments whose money the bank took back, or that are later than money that arrives now, and take apart those
-- that came after on the same debts, to be imputed again from the date of each (D13, D19, D20, D31). What is undone is
-- written as a payment of the contrary sign: nothing is deleted, and the sums of a debt are right again. The one way
-- for both: a reversal begins with `pedidos`, older money with `posteriores` (actions/_en_orden.py).

-- paso: limpiar
DROP TABLE IF EXISTS i_citado, i_detalle, i_destino, i_resultado, i_pago, i_valor, i_abonado, i_aplicacion, i_rubro,
    i_orden, i_contable, i_cuenta, r_dinero, r_pedido, r_raiz, r_cadena, r_pago, r_deuda;

-- paso: dinero
-- Where the money is now: a payment imputed again, or waiting in the queue, is still the money of its line.
CREATE TEMP TABLE r_dinero ON COMMIT DROP AS
WITH RECURSIVE dinero (ingreso_id, actual, paso) AS (
    SELECT ingreso_id, ingreso_id, 0 FROM {reversos}
    UNION ALL
    SELECT d.ingreso_id, i.id, d.paso + 1
      FROM dinero d
      JOIN recaudacion_pago p ON p.ingreso_id = d.actual
      JOIN recaudacion_ingreso i ON i.origen_id = p.id AND i.tipo = 'REIMPUTACION' AND i.importe > 0
)
SELECT ingreso_id, actual, paso = max(paso) OVER (PARTITION BY ingreso_id) AS es_el_ultimo FROM dinero;

-- paso: pedidos
-- What became of the money that the bank takes back.
CREATE TEMP TABLE r_pedido ON COMMIT DROP AS
SELECT t.*, p.id AS pago_id, v.id AS valor_id, coalesce(p.importe, v.importe) AS importe,
       CASE WHEN p.id IS NOT NULL AND EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)
                THEN 'YA_REVERSADO'
            WHEN p.id IS NOT NULL THEN 'PAGO'
            WHEN v.estado = 'abierto' THEN 'VALOR'
            ELSE 'SIN_DINERO' END AS resultado
  FROM {reversos} t
  JOIN r_dinero d ON d.ingreso_id = t.ingreso_id AND d.es_el_ultimo
  LEFT JOIN recaudacion_pago p ON p.ingreso_id = d.actual
  LEFT JOIN recaudacion_valorporaplicar v ON v.ingreso_id = d.actual;

-- paso: raices
CREATE TEMP TABLE r_raiz ON COMMIT DROP AS SELECT pago_id AS raiz FROM r_pedido WHERE resultado = 'PAGO';

-- paso: posteriores
-- Payments of those debts that stand and are dated after the money that arrives now, or on its day with money that
-- entered after it: nobody asks them back.
CREATE TEMP TABLE r_raiz ON COMMIT DROP AS
SELECT DISTINCT p.id AS raiz
  FROM recaudacion_aplicacion a
  JOIN recaudacion_pago p
    ON p.id = a.pago_id AND p.reversa_id IS NULL
   AND (p.fecha_pago > %(desde)s
        OR p.fecha_pago = %(desde)s AND recaudo_dinero_raiz(p.ingreso_id) > recaudo_dinero_raiz(%(ingreso)s))
 WHERE a.obligacion_id = ANY (%(deudas)s)
   AND NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id);

-- paso: sin_pedidos
CREATE TEMP TABLE r_pedido (ingreso_id bigint, reverso_id bigint, cuenta bigint, pago_id bigint, valor_id bigint,
    importe bigint, resultado text) ON COMMIT DROP;

-- paso: cadenas
-- Each payment to undo, with those that came after it on the debts it was for, and after those on theirs.
CREATE TEMP TABLE r_cadena ON COMMIT DROP AS
WITH RECURSIVE cadena (raiz, id) AS (
    SELECT raiz, raiz FROM r_raiz
    UNION
    SELECT k.raiz, q.id
      FROM cadena k
      JOIN recaudacion_pago p ON p.id = k.id
      CROSS JOIN LATERAL (SELECT obligacion_id FROM recaudacion_aplicacion WHERE pago_id = p.id
                           UNION SELECT unnest(p.elegidas)
                           UNION SELECT obligacion_id FROM recaudacion_comprobantedetalle
                                  WHERE comprobante_id = p.comprobante_id) a
      JOIN recaudacion_aplicacion b ON b.obligacion_id = a.obligacion_id AND b.pago_id > k.id
      JOIN recaudacion_pago q ON q.id = b.pago_id AND q.reversa_id IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = q.id)
)
SELECT raiz, id FROM cadena;

-- paso: en_juego
-- The debts that the chains are for.
SELECT coalesce(array_agg(obligacion_id ORDER BY obligacion_id), '{{}}') FROM (
    SELECT a.obligacion_id FROM r_cadena k JOIN recaudacion_aplicacion a ON a.pago_id = k.id
     UNION SELECT unnest(p.elegidas) FROM r_cadena k JOIN recaudacion_pago p ON p.id = k.id
     UNION SELECT d.obligacion_id FROM r_cadena k JOIN recaudacion_pago p ON p.id = k.id
             JOIN recaudacion_comprobantedetalle d ON d.comprobante_id = p.comprobante_id) d;

-- paso: bloquear_deudas
SELECT count(*) FROM (
    SELECT 1 FROM obligaciones_obligacion o WHERE o.id = ANY (%(en_juego)s) ORDER BY o.id FOR NO KEY UPDATE) f;

-- paso: valores_en_juego
-- What waits in the queue: whoever is placing it ends first, and then it is a payment.
SELECT coalesce(array_agg(valor_id ORDER BY valor_id), '{{}}') FROM r_pedido WHERE resultado = 'VALOR';

-- paso: bloquear_valores
SELECT count(*) FROM (
    SELECT 1 FROM recaudacion_valorporaplicar v WHERE v.id = ANY (%(valores)s) ORDER BY v.id FOR NO KEY UPDATE) f;

-- paso: bloquear_creditos
-- After their debts, as whoever uses one does: it waits, and then finds what is left of it.
SELECT count(*) FROM (
    SELECT 1 FROM recaudacion_creditoafavor c WHERE c.pago_id IN (SELECT id FROM r_cadena) ORDER BY c.id FOR NO KEY UPDATE) f;

-- paso: usados
-- A credit of theirs was used: a person decides.
UPDATE r_pedido t SET resultado = 'CREDITO_USADO'
 WHERE t.resultado = 'PAGO'
   AND EXISTS (SELECT 1 FROM r_cadena k JOIN recaudacion_creditoafavor c ON c.pago_id = k.id
                WHERE k.raiz = t.pago_id AND c.saldo < c.importe);

-- paso: descartar_usados
DELETE FROM r_raiz WHERE raiz IN (SELECT pago_id FROM r_pedido WHERE resultado = 'CREDITO_USADO');

-- paso: elegidos
CREATE TEMP TABLE r_pago ON COMMIT DROP AS
SELECT p.id, p.ingreso_id, p.comprobante_id, p.empleador_id, p.persona_id, p.importe, p.fecha_pago, p.elegidas,
       t.reverso_id, t.cuenta,
       t.pago_id IS NOT NULL AS pedido, coalesce(c.importe, 0) AS credito, coalesce(c.importe - c.saldo, 0) AS usado
  FROM (SELECT DISTINCT k.id FROM r_cadena k JOIN r_raiz z ON z.raiz = k.raiz) k
  JOIN recaudacion_pago p ON p.id = k.id
  LEFT JOIN r_pedido t ON t.pago_id = p.id AND t.resultado = 'PAGO'
  LEFT JOIN recaudacion_creditoafavor c ON c.pago_id = p.id;

-- paso: cuantos
SELECT (SELECT count(*) FROM r_pago), (SELECT count(*) FROM r_pago WHERE NOT pedido),
       (SELECT count(*) FROM r_pedido WHERE resultado = 'VALOR'),
       (SELECT coalesce(sum(importe), 0)::bigint FROM r_pago WHERE NOT pedido);

-- paso: deudas
-- The state in which each debt lives again: a debt paid off returns to the one it came from.
CREATE TEMP TABLE r_deuda ON COMMIT DROP AS
SELECT o.id AS obligacion_id, o.clase, o.provincia,
       CASE WHEN o.estado = 'cancelada' THEN recaudo_estado_previo('obligacion', o.id, o.estado) ELSE o.estado END
           AS estado
  FROM obligaciones_obligacion o
 WHERE o.id IN (SELECT a.obligacion_id FROM r_pago p JOIN recaudacion_aplicacion a ON a.pago_id = p.id);

-- paso: contrarios
-- The payments of the contrary sign. Money of those to be imputed again stays in values to apply meanwhile.
CREATE TEMP TABLE i_pago ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY p.id) AS numero, %(base_pago)s + row_number() OVER (ORDER BY p.id) AS id,
       coalesce(p.reverso_id, %(base_ingreso)s + row_number() OVER (PARTITION BY p.pedido ORDER BY p.id)) AS ingreso_id,
       row_number() OVER (ORDER BY p.id) AS asiento, p.comprobante_id, p.empleador_id, p.persona_id,
       coalesce((SELECT min(d.provincia) FROM recaudacion_aplicacion a JOIN r_deuda d USING (obligacion_id)
                  WHERE a.pago_id = p.id), %(nacional)s) AS provincia,
       -p.importe AS importe, 0::bigint AS comision, coalesce(p.cuenta, %(por_aplicar)s) AS cuenta_debe,
       %(hoy)s::date AS fecha_pago, p.id AS reversa_id, p.elegidas, 1 AS turno, false AS parcial, false AS cierra,
       -p.credito AS excedente
  FROM r_pago p;

-- paso: ingresos_contrarios
INSERT INTO recaudacion_ingreso (id, tipo, importe, fecha, referencia, origen_tipo, origen_id, hecho_id)
SELECT i.ingreso_id, 'REIMPUTACION', i.importe, %(hoy)s, '', 'pago', i.reversa_id, %(hecho)s
  FROM i_pago i JOIN r_pago p ON p.id = i.reversa_id WHERE NOT p.pedido;

-- paso: valores_contrarios
CREATE TEMP TABLE i_valor ON COMMIT DROP AS
SELECT (SELECT count(*) FROM i_pago) + row_number() OVER (ORDER BY valor_id) AS asiento, reverso_id AS ingreso_id,
       ''::text AS motivo, -importe AS importe, 0::bigint AS comision, cuenta AS cuenta_debe
  FROM r_pedido WHERE resultado = 'VALOR';

-- paso: aplicaciones_contrarias
CREATE TEMP TABLE i_aplicacion ON COMMIT DROP AS
SELECT i.id AS pago_id, i.asiento, 1 AS turno, a.obligacion_id,
       row_number() OVER (PARTITION BY i.id ORDER BY a.obligacion_id) AS orden, d.clase, d.estado,
       -a.interes AS interes, -a.interes_liquidado AS interes_liquidado, a.interes_hasta, -a.personal AS personal,
       -a.patronal AS patronal, -a.ccc AS ccc, -a.otros AS otros, -a.ivm AS ivm, -a.lod AS lod, -a.salud AS salud,
       -a.riesgos AS riesgos, -a.cesantia AS cesantia, -a.desempleo AS desempleo, -a.ssc AS ssc,
       -a.gastos_adm AS gastos_adm
  FROM i_pago i
  JOIN recaudacion_aplicacion a ON a.pago_id = i.reversa_id
  JOIN r_deuda d ON d.obligacion_id = a.obligacion_id;

-- paso: rubros_contrarios
CREATE TEMP TABLE i_rubro ON COMMIT DROP AS
SELECT i.id AS pago_id, i.asiento, 1 AS turno, a.obligacion_id, d.clase, d.estado, a.rubro, a.fondo,
       -a.importe AS importe
  FROM i_pago i
  JOIN recaudacion_aplicacionrubro a ON a.pago_id = i.reversa_id
  JOIN r_deuda d ON d.obligacion_id = a.obligacion_id;

-- paso: devoluciones
-- What each debt gets back, and what is left paid of its interest by the payments that stand.
SELECT s.obligacion_id, s.personal, s.patronal, s.ccc, s.otros, v.hasta AS interes_hasta,
       coalesce(v.abonado, 0)::bigint AS interes_abonado
  FROM (SELECT obligacion_id, -sum(personal)::bigint AS personal, -sum(patronal)::bigint AS patronal,
               -sum(ccc)::bigint AS ccc, -sum(otros)::bigint AS otros
          FROM i_aplicacion GROUP BY obligacion_id) s
  LEFT JOIN (SELECT obligacion_id, max(interes_hasta) FILTER (WHERE pago_id = completo) AS hasta,
                    sum(interes) FILTER (WHERE completo IS NULL OR pago_id > completo) AS abonado
               FROM (SELECT a.*, max(a.pago_id) FILTER (WHERE a.interes = a.interes_liquidado)
                                     OVER (PARTITION BY a.obligacion_id) AS completo
                       FROM recaudacion_aplicacion a
                       JOIN r_deuda d ON d.obligacion_id = a.obligacion_id
                       JOIN recaudacion_pago p ON p.id = a.pago_id AND p.reversa_id IS NULL
                      WHERE NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)) q
              GROUP BY obligacion_id) v ON v.obligacion_id = s.obligacion_id;

-- paso: deshacer_creditos
UPDATE recaudacion_creditoafavor c SET saldo = 0 FROM r_pago p WHERE c.pago_id = p.id;

-- paso: deshacer_comprobantes
-- One that the rest of its money pays whole stays paid: what came after is imputed again.
UPDATE recaudacion_comprobante c SET estado = 'reversado'
  FROM r_pago p
 WHERE p.pedido AND c.id = p.comprobante_id AND c.estado IN ('pagado', 'depositado')
   AND c.importe > coalesce((SELECT sum(o.importe) FROM recaudacion_pago o
                              WHERE o.comprobante_id = c.id AND o.reversa_id IS NULL
                                AND NOT EXISTS (SELECT 1 FROM r_pago q WHERE q.pedido AND q.id = o.id)
                                AND (NOT EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = o.id)
                                     OR EXISTS (SELECT 1 FROM r_pago q WHERE NOT q.pedido AND q.id = o.id))), 0);

-- paso: deshacer_abonos
UPDATE recaudacion_comprobante c SET abonado = c.abonado - p.importe
  FROM (SELECT comprobante_id, sum(importe)::bigint AS importe FROM r_pago
         WHERE pedido AND comprobante_id IS NOT NULL GROUP BY comprobante_id) p
 WHERE c.id = p.comprobante_id AND c.estado IN ('generado', 'caducado') AND c.abonado >= p.importe;

-- paso: deshacer_valores
UPDATE recaudacion_valorporaplicar v
   SET estado = 'reversado', resuelto_por = coalesce(%(actor)s, 0), resuelto_en = now(), razon = 'El banco lo reversó'
  FROM r_pedido t WHERE t.resultado = 'VALOR' AND v.id = t.valor_id;

-- paso: deshacer_aplicados
-- The values that a person had applied with that money: who decided, and why, stays written.
UPDATE recaudacion_valorporaplicar v SET estado = 'reversado'
  FROM r_pedido t JOIN r_dinero d ON d.ingreso_id = t.ingreso_id
 WHERE t.resultado IN ('PAGO', 'VALOR') AND v.ingreso_id = d.actual AND v.estado = 'aplicado';

-- paso: por_imputar
-- The payments to be imputed again, from the date of each, with the debts they were for and whose they are.
SELECT p.id, p.importe, p.fecha_pago, p.comprobante_id, p.empleador_id, p.persona_id, p.usado,
       coalesce(p.elegidas,
                (SELECT array_agg(d.obligacion_id ORDER BY d.obligacion_id) FROM recaudacion_comprobantedetalle d
                  WHERE d.comprobante_id = p.comprobante_id),
                (SELECT array_agg(a.obligacion_id ORDER BY a.obligacion_id) FROM recaudacion_aplicacion a
                  WHERE a.pago_id = p.id)),
       recaudo_dinero_raiz(p.ingreso_id) AS raiz
  FROM r_pago p WHERE NOT p.pedido ORDER BY p.fecha_pago, raiz, p.id;
