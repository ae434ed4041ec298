-- The lines of one statement of one account, in one transaction, from the stage to the books. Which are money
-- of their own is decided in reconocer_movimientos.sql; what becomes of the money that enters, in
-- aplicar_ingresos.sql.

-- paso: memoria
-- One import at a time: its joins may keep in memory what the stock setting would write to disk.
-- Its tables are joined whole: how many rows they have is all the planner needs to be told.
SELECT set_config('work_mem', '192MB', true), set_config('jit', 'off', true),
       set_config('default_statistics_target', '5', true);

-- paso: memoria_temporal
-- Only a session that has not used a temporary table may say how much of them it keeps in memory.
SELECT set_config('temp_buffers', '128MB', true);

-- paso: limpiar_archivo
-- The tables fall at COMMIT; an import inside a longer transaction finds those of the one before.
DROP TABLE IF EXISTS e_archivo;

-- paso: limpiar
DROP TABLE IF EXISTS e_linea, e_repetida, e_conocida, e_pendiente, e_anterior, e_pieza, e_confirmada, e_detalle,
    e_cargo, e_reverso, i_ingreso;

-- paso: etapa
-- `lugar`: the place of an entry among the equal ones of its statement.
CREATE TEMP TABLE e_archivo (
    numero int, linea_archivo int, parte int, referencia text, fecha_contable date, fecha_valor date,
    fecha_transaccion date, entrada bigint, importe bigint, comision bigint, comprobante text, texto text,
    ordenante text, rechazo text, motivo text, es_reverso boolean, transacciones int, lugar smallint DEFAULT 1
) ON COMMIT DROP;

-- paso: uno_solo
ALTER TABLE e_archivo RENAME TO e_linea;

-- paso: de_un_extracto
CREATE TEMP TABLE e_linea ON COMMIT DROP AS
SELECT numero - %(antes)s AS numero, linea_archivo, parte, referencia, fecha_contable, fecha_valor,
       fecha_transaccion, entrada, importe, comision, comprobante, texto, ordenante, rechazo, motivo, es_reverso,
       transacciones, lugar
  FROM e_archivo WHERE numero > %(antes)s AND numero <= %(antes)s + %(lineas)s;

-- paso: ingresos
-- Credits that enter: neither set aside nor seen before. Those that detail a known entry are paid with
-- its money, which waits in the queue. Their key as ingreso is that of their line.
CREATE TEMP TABLE i_ingreso ON COMMIT DROP AS
SELECT l.numero, %(base_linea)s + l.numero AS ingreso_id, l.importe,
       CASE WHEN d.comision > 0 THEN 0 ELSE l.comision END AS comision,  -- the whole had its fee in the books
       CASE WHEN d.numero IS NULL THEN %(banco)s ELSE %(por_aplicar)s END AS cuenta_debe,
       l.fecha_transaccion AS fecha_pago, l.comprobante, l.motivo
  FROM e_linea l
  LEFT JOIN e_anterior a ON a.numero = l.numero - greatest(l.parte - 1, 0)
  LEFT JOIN e_detalle d ON d.numero = a.numero
 WHERE l.rechazo = '' AND l.entrada > 0 AND (a.numero IS NULL OR d.numero IS NOT NULL);

-- paso: cargos
-- Debits that enter: the books follow the bank, and a person clears up what they were.
CREATE TEMP TABLE e_cargo ON COMMIT DROP AS
SELECT l.numero, %(base_linea)s + l.numero AS linea_id, l.importe, row_number() OVER (ORDER BY l.numero) AS asiento
  FROM e_linea l
  LEFT JOIN e_anterior a ON a.numero = l.numero - greatest(l.parte - 1, 0)
 WHERE l.rechazo = '' AND l.entrada < 0 AND a.numero IS NULL;

-- paso: lineas
-- Each line with its outcome: what the payment core decided, or why it does not enter. A line that opens an entry of
-- the account takes its place among the equal ones of the day. Parts of one entry share its amount: what moved the
-- account is counted once for each entry. `dentro`: new here, and older than the opening balance of the account.
WITH puestas AS (
    INSERT INTO recaudacion_lineaextracto (id, extracto_id, cuenta_id, numero, parte, ocurrencia, fecha_contable,
        fecha_valor, fecha_transaccion, entrada, importe, comision, es_reverso, transacciones, referencia, ordenante,
        linea_archivo, comprobante_numero, texto, resultado, motivo, duplica_a, detalla_a)
    SELECT %(base_linea)s + l.numero, %(extracto)s, %(cuenta)s, l.numero, l.parte,
           CASE WHEN l.rechazo = '' AND l.parte <= 1 AND a.numero IS NULL THEN l.lugar + coalesce(t.sobre, 0) ELSE 0 END,
           l.fecha_contable, l.fecha_valor, l.fecha_transaccion, l.entrada, l.importe, l.comision, l.es_reverso,
           l.transacciones, l.referencia, l.ordenante, l.linea_archivo, l.comprobante, l.texto,
           CASE WHEN l.rechazo <> '' THEN 'RECHAZADA'
                WHEN i.numero IS NOT NULL THEN i.resultado
                WHEN a.numero IS NOT NULL THEN 'YA_VISTA' ELSE 'CARGO' END,
           CASE WHEN l.rechazo <> '' THEN l.rechazo
                WHEN i.numero IS NOT NULL THEN i.motivo
                WHEN a.numero IS NOT NULL THEN a.como
                WHEN l.es_reverso THEN 'REVERSO' ELSE '' END,
           CASE WHEN i.numero IS NULL THEN a.linea_id END, CASE WHEN i.numero IS NOT NULL THEN d.linea_id END
      FROM e_linea l
      LEFT JOIN i_resultado i ON i.numero = l.numero
      LEFT JOIN e_anterior a ON a.numero = l.numero - greatest(l.parte - 1, 0)
      LEFT JOIN e_detalle d ON d.numero = a.numero
      LEFT JOIN (SELECT fecha_contable, referencia, entrada, max(ocurrencia) - count(*) FILTER (WHERE puede) AS sobre
                   FROM e_conocida GROUP BY fecha_contable, referencia, entrada) t
        ON t.fecha_contable = l.fecha_contable AND t.referencia = l.referencia AND t.entrada = l.entrada
    RETURNING parte, ocurrencia, fecha_contable, entrada, importe, resultado, motivo, detalla_a)
SELECT count(*) FILTER (WHERE resultado = 'APLICADA'), count(*) FILTER (WHERE resultado = 'CREDITO_A_FAVOR'),
       count(*) FILTER (WHERE resultado = 'POR_IDENTIFICAR'), count(*) FILTER (WHERE resultado = 'YA_VISTA'),
       count(*) FILTER (WHERE resultado = 'CARGO'), count(*) FILTER (WHERE resultado = 'RECHAZADA'),
       count(*) FILTER (WHERE detalla_a IS NOT NULL),
       coalesce(sum(entrada) FILTER (WHERE ocurrencia > 0 AND entrada > 0), 0)::bigint,
       coalesce(sum(entrada) FILTER (WHERE parte <= 1 AND entrada > 0 AND ocurrencia = 0 AND resultado <> 'RECHAZADA'),
                0)::bigint,
       coalesce(sum(entrada) FILTER (WHERE parte <= 1 AND resultado = 'RECHAZADA' AND motivo = 'SIN_FECHA'), 0)::bigint,
       coalesce(sum(entrada) FILTER (WHERE ocurrencia > 0), 0)::bigint,
       coalesce(sum(importe) FILTER (WHERE resultado IN ('APLICADA', 'CREDITO_A_FAVOR', 'POR_IDENTIFICAR')), 0)::bigint,
       coalesce(sum(entrada) FILTER (WHERE ocurrencia > 0 AND fecha_contable < %(inicio)s), 0)::bigint
  FROM puestas;

-- paso: piezas_contadas
INSERT INTO recaudacion_piezacontada (movimiento_id, linea_id)
SELECT linea_id, %(base_linea)s + numero FROM e_pieza
ON CONFLICT (movimiento_id) DO NOTHING;

-- paso: valores_detallados
-- What waited whole is now its payments, or waits part by part.
UPDATE recaudacion_valorporaplicar v SET estado = 'detallado', resuelto_por = %(actor)s, resuelto_en = now(),
       razon = 'El banco dijo de qué pagos se compone'
  FROM (SELECT DISTINCT valor_id FROM e_detalle) d WHERE v.id = d.valor_id;

-- paso: depositar_anteriores
-- A booked statement that tells again what a credit notice told proves its deposit.
UPDATE recaudacion_comprobante c SET estado = 'depositado'
  FROM recaudacion_pago p
  JOIN recaudacion_lineaextracto l ON l.id = p.ingreso_id
  JOIN recaudacion_lineaextracto k
    ON k.extracto_id = l.extracto_id AND k.numero = l.numero - greatest(l.parte - 1, 0)
  JOIN e_confirmada f ON f.linea_id = k.id OR f.linea_id = k.detalla_a
 WHERE c.id = p.comprobante_id AND c.estado = 'pagado';

-- paso: depositar_detalles
-- Payments that detail an entry which a statement had booked are deposited already.
UPDATE recaudacion_comprobante c SET estado = 'depositado'
  FROM recaudacion_pago p
  JOIN recaudacion_lineaextracto l ON l.id = p.ingreso_id AND l.extracto_id = %(extracto)s
  JOIN recaudacion_lineaextracto k ON k.id = l.detalla_a
  JOIN recaudacion_extracto e ON e.id = k.extracto_id AND e.formato = 'camt053'
 WHERE c.id = p.comprobante_id AND c.estado = 'pagado';

-- paso: asientos_de_cargos
SELECT %(base_cargo)s + asiento, 'débito bancario', 'linea_extracto', linea_id, '00' FROM e_cargo ORDER BY 1;

-- paso: partidas_de_cargos
SELECT %(base_cargo)s + asiento, v.linea, v.cuenta, v.debe, v.haber, NULL::bigint
  FROM e_cargo CROSS JOIN LATERAL (VALUES (1, %(debitos)s, importe, 0), (2, %(banco)s, 0, importe))
       v (linea, cuenta, debe, haber)
 ORDER BY 1, 2;

-- paso: conocido_entre
-- What the books had of some days: from `inicio` to the eve of `fin`.
SELECT coalesce(sum(p.entrada), 0)::bigint FROM recaudacion_lineaextracto p
 WHERE p.cuenta_id = %(cuenta)s AND p.ocurrencia > 0 AND p.fecha_contable >= %(inicio)s
   AND p.fecha_contable < %(fin)s AND p.extracto_id <> %(extracto)s;

-- paso: hay_reversos
SELECT EXISTS (SELECT 1 FROM recaudacion_lineaextracto c
                WHERE c.cuenta_id = %(cuenta)s AND c.resultado = 'CARGO' AND c.es_reverso
                  AND NOT EXISTS (SELECT 1 FROM recaudacion_reversobancario r WHERE r.cargo_id = c.id));

-- paso: reversos
-- Each debit that takes back something, of this statement or of one before, with the one credit that it
-- can be: the same account and money, and the comprobante it names or the bank's reference. The money
-- leaves the account of debits to clear up, where the debit was posted.
CREATE TEMP TABLE e_reverso ON COMMIT DROP AS
SELECT ingreso_id, reverso_id, cuenta, 0::bigint AS comision
  FROM (SELECT k.id AS ingreso_id, c.id AS reverso_id, %(debitos)s::bigint AS cuenta,
               count(*) OVER (PARTITION BY c.id) AS creditos, count(*) OVER (PARTITION BY k.id) AS cargos
          FROM recaudacion_lineaextracto c
          JOIN recaudacion_lineaextracto k
            ON k.cuenta_id = c.cuenta_id AND k.entrada > 0
           AND k.resultado IN ('APLICADA', 'CREDITO_A_FAVOR', 'POR_IDENTIFICAR') AND c.importe = k.importe
           AND (c.comprobante_numero <> '' AND k.comprobante_numero = c.comprobante_numero
                OR (c.comprobante_numero = '' OR k.comprobante_numero = '')
                   AND c.referencia <> '' AND k.referencia = c.referencia)
         WHERE c.cuenta_id = %(cuenta)s AND c.resultado = 'CARGO' AND c.es_reverso
           AND NOT EXISTS (SELECT 1 FROM recaudacion_reversobancario r WHERE r.cargo_id = c.id OR r.credito_id = k.id)
       ) x
 WHERE creditos = 1 AND cargos = 1;

-- paso: hay_reversos_netos
-- Something that this statement brings may be a credit with a fee, or the debit that takes one back without it.
SELECT EXISTS (SELECT 1 FROM e_cargo g JOIN e_linea l USING (numero) WHERE l.es_reverso
                  AND NOT EXISTS (SELECT 1 FROM e_reverso r WHERE r.reverso_id = g.linea_id))
    OR EXISTS (SELECT 1 FROM e_linea WHERE comision > 0);

-- paso: reversos_netos
-- The bank takes back what it had booked, and so gives its fee back: the debit is the entry as it was booked.
INSERT INTO e_reverso
SELECT ingreso_id, reverso_id, cuenta, comision
  FROM (SELECT k.id AS ingreso_id, c.id AS reverso_id, %(debitos)s::bigint AS cuenta, k.comision,
               count(*) OVER (PARTITION BY c.id) AS creditos, count(*) OVER (PARTITION BY k.id) AS cargos
          FROM recaudacion_lineaextracto c
          JOIN recaudacion_lineaextracto k
            ON k.cuenta_id = c.cuenta_id AND k.entrada = -c.entrada AND k.comision > 0 AND k.parte = 0
           AND k.resultado IN ('APLICADA', 'CREDITO_A_FAVOR', 'POR_IDENTIFICAR')
           AND (c.comprobante_numero <> '' AND k.comprobante_numero = c.comprobante_numero
                OR (c.comprobante_numero = '' OR k.comprobante_numero = '')
                   AND c.referencia <> '' AND k.referencia = c.referencia)
         WHERE c.cuenta_id = %(cuenta)s AND c.resultado = 'CARGO' AND c.es_reverso
           AND NOT EXISTS (SELECT 1 FROM e_reverso e WHERE e.reverso_id = c.id OR e.ingreso_id = k.id)
           AND NOT EXISTS (SELECT 1 FROM recaudacion_reversobancario r WHERE r.cargo_id = c.id OR r.credito_id = k.id)
       ) x
 WHERE creditos = 1 AND cargos = 1;

-- paso: guardar_reversos
INSERT INTO recaudacion_reversobancario (cargo_id, credito_id, importe, fecha, hecho_id)
SELECT reverso_id, ingreso_id, importe - comision, %(hoy)s, %(hecho)s
  FROM r_pedido WHERE resultado IN ('PAGO', 'VALOR');

-- paso: comisiones_devueltas
SELECT reverso_id, comision FROM r_pedido WHERE resultado IN ('PAGO', 'VALOR') AND comision > 0 ORDER BY reverso_id;
