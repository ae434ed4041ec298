-- The lines of a statement, in one transaction: which enter as money, which repeat and which are set
-- aside. What becomes of the money that enters is decided in aplicar_ingresos.sql.

-- paso: memoria
-- One import at a time: its joins may keep in memory what the stock setting would write to disk.
-- Its tables are joined whole: how many rows they have is all the planner needs to be told.
SELECT set_config('work_mem', '192MB', true), set_config('jit', 'off', true),
       set_config('default_statistics_target', '5', true);

-- paso: memoria_temporal
-- Only a session that has not used a temporary table may say how much of them it keeps in memory.
SELECT set_config('temp_buffers', '128MB', true);

-- paso: limpiar
-- The tables fall at COMMIT; an import inside a longer transaction finds those of the one before.
DROP TABLE IF EXISTS e_linea, e_repetida, e_anterior, e_resultado, i_ingreso;

-- paso: etapa
CREATE TEMP TABLE e_linea (
    numero int, linea_archivo int, referencia text, fecha_valor date, fecha_transaccion date,
    importe bigint, comprobante text, texto text, ordenante text, rechazo text, motivo text
) ON COMMIT DROP;

-- paso: repetidas
-- First of each (reference, value date) inside the file, where there is more than one.
CREATE TEMP TABLE e_repetida ON COMMIT DROP AS
SELECT referencia, fecha_valor, min(numero) AS primera FROM e_linea WHERE rechazo = ''
 GROUP BY referencia, fecha_valor HAVING count(*) > 1;

-- paso: anteriores
-- Lines of this file that entered before, in this or in another file of the channel (D11).
CREATE TEMP TABLE e_anterior ON COMMIT DROP AS
SELECT l.numero, p.id AS linea_id, p.importe
  FROM e_linea l
  JOIN recaudacion_lineaextracto p
    ON p.canal = %(canal)s AND p.referencia = l.referencia AND p.fecha_valor = l.fecha_valor
   AND p.resultado NOT IN ('DUPLICADA', 'RECHAZADA')
 WHERE l.rechazo = '';

-- paso: ingresos
-- What enters as money: neither set aside nor seen before. Its key as ingreso is that of its line.
CREATE TEMP TABLE i_ingreso ON COMMIT DROP AS
SELECT l.numero, %(base_linea)s + l.numero AS ingreso_id, l.importe, 0::bigint AS comision, %(bancos)s AS cuenta_debe,
       l.fecha_transaccion AS fecha_pago, l.comprobante, l.motivo
  FROM e_linea l
  LEFT JOIN e_anterior a ON a.numero = l.numero
  LEFT JOIN e_repetida r ON r.referencia = l.referencia AND r.fecha_valor = l.fecha_valor
 WHERE l.rechazo = '' AND a.numero IS NULL AND (r.primera IS NULL OR r.primera = l.numero);

-- paso: resultados
-- Each line with its outcome: what the payment core decided, or why it does not enter.
CREATE TEMP TABLE e_resultado ON COMMIT DROP AS
SELECT l.numero, coalesce(a.linea_id, CASE WHEN r.primera <> l.numero THEN %(base_linea)s + r.primera END) AS duplica_a,
       CASE WHEN l.rechazo <> '' THEN 'RECHAZADA' WHEN i.numero IS NULL THEN 'DUPLICADA' ELSE i.resultado END AS resultado,
       CASE WHEN l.rechazo <> '' THEN l.rechazo
            WHEN i.numero IS NOT NULL THEN i.motivo
            WHEN coalesce(a.importe, r.importe) <> l.importe THEN 'MONTO_DISTINTO' ELSE '' END AS motivo
  FROM e_linea l
  LEFT JOIN i_resultado i ON i.numero = l.numero
  LEFT JOIN e_anterior a ON a.numero = l.numero
  LEFT JOIN (SELECT e_repetida.*, f.importe FROM e_repetida JOIN e_linea f ON f.numero = primera) r
    ON l.rechazo = '' AND r.referencia = l.referencia AND r.fecha_valor = l.fecha_valor;

-- paso: totales
SELECT count(*),
       count(*) FILTER (WHERE resultado = 'APLICADA'), count(*) FILTER (WHERE resultado = 'CREDITO_A_FAVOR'),
       count(*) FILTER (WHERE resultado = 'POR_IDENTIFICAR'), count(*) FILTER (WHERE resultado = 'DUPLICADA'),
       count(*) FILTER (WHERE resultado = 'RECHAZADA'),
       coalesce(sum(importe) FILTER (WHERE resultado NOT IN ('DUPLICADA', 'RECHAZADA')), 0)::bigint,
       coalesce(sum(importe) FILTER (WHERE resultado = 'DUPLICADA'), 0)::bigint,
       coalesce(sum(importe) FILTER (WHERE rechazo = 'SIN_FECHA'), 0)::bigint
  FROM e_linea JOIN e_resultado USING (numero);

-- paso: lineas
INSERT INTO recaudacion_lineaextracto (id, extracto_id, numero, canal, referencia, fecha_valor,
    fecha_transaccion, importe, ordenante, linea_archivo, comprobante_numero, texto, resultado, motivo, duplica_a)
SELECT %(base_linea)s + numero, %(extracto)s, numero, %(canal)s, referencia, fecha_valor, fecha_transaccion, importe,
       ordenante, linea_archivo, comprobante, texto, resultado, r.motivo, duplica_a
  FROM e_linea JOIN e_resultado r USING (numero) ORDER BY numero;

-- paso: depositar_anteriores
-- A booked statement that repeats lines of a credit notice proves their deposit.
UPDATE recaudacion_comprobante c SET estado = 'depositado'
  FROM e_anterior a
  JOIN e_linea l ON l.numero = a.numero AND l.importe = a.importe
  JOIN recaudacion_pago p ON p.ingreso_id = a.linea_id
 WHERE c.id = p.comprobante_id AND c.estado = 'pagado';
