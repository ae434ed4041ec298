-- Which entries of one statement, in `e_linea`, the account knew already, and which detail one that it knew.
-- Leaves e_anterior (numero, linea_id, como), e_pieza, e_confirmada and e_detalle. The rule, in words:
-- docs/algoritmos/recaudacion.md.

-- paso: fechas
SELECT min(fecha_contable), max(fecha_contable) FROM e_linea WHERE rechazo = '';

-- paso: repetidas
-- Equal entries of this statement: each is its own.
CREATE TEMP TABLE e_repetida ON COMMIT DROP AS
SELECT fecha_contable, referencia, entrada FROM e_linea WHERE rechazo = '' AND parte <= 1
 GROUP BY fecha_contable, referencia, entrada HAVING count(*) > 1;

-- paso: lugares
UPDATE e_linea l SET lugar = r.lugar
  FROM (SELECT e.ctid AS fila,
               row_number() OVER (PARTITION BY fecha_contable, referencia, entrada ORDER BY numero) AS lugar
          FROM e_linea e JOIN e_repetida USING (fecha_contable, referencia, entrada)
         WHERE rechazo = '' AND parte <= 1) r
 WHERE l.ctid = r.fila AND r.lugar > 1;

-- paso: conocidas
-- Known entries of the account with the key of some entry of this statement. `puede`: no proof says
-- that the statement that brought it has no entry in common with this one. The proof is for entries
-- without a reference: one that the bank named is the same wherever it comes.
CREATE TEMP TABLE e_conocida ON COMMIT DROP AS
SELECT p.*, row_number() OVER (PARTITION BY p.puede, p.fecha_contable, p.referencia, p.entrada
                               ORDER BY p.ocurrencia)::smallint AS lugar
  FROM (SELECT p.id, p.fecha_contable, p.referencia, p.entrada, p.ocurrencia,
               p.referencia <> '' OR p.extracto_id <> ALL (%(disjuntos)s)
               AND NOT EXISTS (SELECT 1 FROM recaudacion_lineaextracto y
                                WHERE y.duplica_a = p.id AND y.extracto_id = ANY (%(disjuntos)s)) AS puede
          FROM e_linea l
          JOIN recaudacion_lineaextracto p
            ON p.cuenta_id = %(cuenta)s AND p.fecha_contable = l.fecha_contable AND p.referencia = l.referencia
           AND p.entrada = l.entrada AND p.ocurrencia > 0
         WHERE l.rechazo = '' AND l.parte <= 1 AND l.lugar = 1) p;

-- paso: anteriores
-- The n-th of a key in the statement is the n-th known one. `como`: why it is believed the same.
CREATE TEMP TABLE e_anterior ON COMMIT DROP AS
SELECT l.numero, k.id AS linea_id, 'IGUAL' AS como
  FROM e_linea l
  JOIN e_conocida k USING (fecha_contable, referencia, entrada, lugar)
 WHERE l.rechazo = '' AND l.parte <= 1 AND k.puede;

-- paso: hay_contadas
-- Some statement before, of this kind and near these days, told entries that were known already.
SELECT EXISTS (SELECT 1 FROM e_linea l
                WHERE rechazo = '' AND parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero))
   AND EXISTS (SELECT 1 FROM recaudacion_extracto e
                WHERE e.cuenta_id = %(cuenta)s AND e.estado = 'confirmado' AND e.formato = %(formato)s
                  AND (e.duplicadas > 0 OR e.detalladas > 0 OR e.id = ANY (%(con_lotes)s))
                  AND e.ultima_fecha >= %(desde)s AND e.primera_fecha <= %(hasta)s);

-- paso: otra_vez
-- What a message of this kind told before of an entry known by another key (other day, reference or
-- level of detail), and tells again: the n-th of the key is the n-th that was told so.
INSERT INTO e_anterior
SELECT l.numero, c.linea_id, 'OTRA_VEZ'
  FROM (SELECT numero, fecha_contable, referencia, entrada,
               row_number() OVER (PARTITION BY fecha_contable, referencia, entrada ORDER BY numero) AS n
          FROM e_linea x
         WHERE rechazo = '' AND parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = x.numero)) l
  JOIN (SELECT fecha_contable, referencia, entrada, linea_id,
               row_number() OVER (PARTITION BY fecha_contable, referencia, entrada ORDER BY linea_id, vez) AS n
          FROM (SELECT DISTINCT fecha_contable, referencia, entrada, linea_id, vez
                  FROM (SELECT p.fecha_contable, p.referencia, p.entrada, coalesce(p.duplica_a, p.detalla_a) AS linea_id,
                               row_number() OVER (PARTITION BY p.extracto_id, p.fecha_contable, p.referencia, p.entrada,
                                                               coalesce(p.duplica_a, p.detalla_a) ORDER BY p.id) AS vez
                          FROM recaudacion_extracto e
                          JOIN recaudacion_lineaextracto p ON p.id > e.base_linea AND p.id <= e.base_linea + e.lineas
                         WHERE e.cuenta_id = %(cuenta)s AND e.estado = 'confirmado' AND e.formato = %(formato)s
                           AND (e.duplicadas > 0 OR e.detalladas > 0 OR e.id = ANY (%(con_lotes)s))
                           AND e.ultima_fecha >= %(desde)s AND e.primera_fecha <= %(hasta)s
                           AND p.ocurrencia = 0 AND p.parte <= 1 AND coalesce(p.duplica_a, p.detalla_a) IS NOT NULL
                           AND (p.referencia <> '' OR p.extracto_id <> ALL (%(disjuntos)s))) t
                 WHERE NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = t.linea_id)) d) c
    USING (fecha_contable, referencia, entrada, n);

-- paso: pendientes
-- Entries that only messages of the other kind have told so far, near the days of this statement: a
-- notice waits for its statement, and a statement for its notice. One without balances waits too for the
-- statement that proves its entries with them. And those that a statement with the same balances told.
CREATE TEMP TABLE e_pendiente ON COMMIT DROP AS
WITH dichas AS (
    SELECT y.movimiento_id FROM recaudacion_contado y JOIN recaudacion_lineaextracto t ON t.id = y.linea_id
     WHERE t.extracto_id = ANY (%(mismos)s)
    UNION
    SELECT t.id FROM recaudacion_lineaextracto t WHERE t.extracto_id = ANY (%(mismos)s) AND t.ocurrencia > 0
)
SELECT p.id, p.fecha_contable, p.referencia, p.entrada, p.extracto_id, p.transacciones, p.comprobante_numero,
       d.movimiento_id IS NOT NULL AS es_el_mismo
  FROM recaudacion_extracto e
  JOIN recaudacion_lineaextracto p ON p.id > e.base_linea AND p.id <= e.base_linea + e.lineas
  LEFT JOIN dichas d ON d.movimiento_id = p.id
 WHERE e.cuenta_id = %(cuenta)s AND e.estado = 'confirmado' AND p.ocurrencia > 0
   AND (e.formato <> %(formato)s OR d.movimiento_id IS NOT NULL
        OR %(prueba)s AND (e.saldo_inicial IS NULL OR e.saldo_final IS NULL))
   AND e.ultima_fecha >= %(desde)s::date - %(ventana)s AND e.primera_fecha <= %(hasta)s::date + %(ventana)s
   AND p.fecha_contable BETWEEN %(desde)s::date - %(ventana)s AND %(hasta)s::date + %(ventana)s
   AND (d.movimiento_id IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM recaudacion_contado y WHERE y.movimiento_id = p.id AND y.formato = %(formato)s))
   AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = p.id);

-- paso: sin_referencia
-- The same day and amount, told by the other kind of message, and only one of them brings a reference.
INSERT INTO e_anterior
SELECT l.numero, p.id, 'REFERENCIA'
  FROM (SELECT numero, fecha_contable, entrada, referencia = '' AS sin,
               row_number() OVER (PARTITION BY fecha_contable, entrada, referencia = '' ORDER BY numero) AS n
          FROM e_linea x
         WHERE rechazo = '' AND parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = x.numero)) l
  JOIN (SELECT id, fecha_contable, entrada, referencia = '' AS sin,
               row_number() OVER (PARTITION BY fecha_contable, entrada, referencia = '' ORDER BY id) AS n
          FROM e_pendiente) p
    ON p.fecha_contable = l.fecha_contable AND p.entrada = l.entrada AND p.sin <> l.sin AND p.n = l.n;

-- paso: otra_fecha
-- The same reference of the bank and the same amount, booked some days apart in the other message.
INSERT INTO e_anterior
SELECT l.numero, p.id, 'FECHA'
  FROM (SELECT numero, referencia, entrada, fecha_contable,
               row_number() OVER (PARTITION BY referencia, entrada ORDER BY numero) AS n
          FROM e_linea x
         WHERE rechazo = '' AND parte <= 1 AND referencia <> ''
           AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = x.numero)) l
  JOIN (SELECT id, referencia, entrada, fecha_contable,
               row_number() OVER (PARTITION BY referencia, entrada ORDER BY id) AS n
          FROM e_pendiente x WHERE NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = x.id)) p
    ON p.referencia = l.referencia AND p.entrada = l.entrada AND p.n = l.n
   AND abs(p.fecha_contable - l.fecha_contable) <= %(ventana)s;

-- paso: mismo_extracto
-- What this statement tells was told by others with the same balances: only the references changed.
INSERT INTO e_anterior
SELECT l.numero, p.id, 'MISMO_EXTRACTO'
  FROM (SELECT numero, fecha_contable, entrada,
               row_number() OVER (PARTITION BY fecha_contable, entrada ORDER BY numero) AS n
          FROM e_linea x
         WHERE rechazo = '' AND parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = x.numero)) l
  JOIN (SELECT id, fecha_contable, entrada,
               row_number() OVER (PARTITION BY fecha_contable, entrada ORDER BY id) AS n
          FROM e_pendiente x
         WHERE es_el_mismo AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = x.id)) p
    USING (fecha_contable, entrada, n);

-- paso: piezas_de_la_entera
-- The known entries that one entry here tells whole.
CREATE TEMP TABLE e_pieza (numero int, linea_id bigint) ON COMMIT DROP;

-- paso: en_partes
-- One entry here, told as several by the other message under the same reference of the bank.
INSERT INTO e_anterior
SELECT l.numero, p.id, 'EN_PARTES'
  FROM (SELECT referencia, fecha_contable, sum(entrada) AS entrada, min(id) AS id
          FROM e_pendiente x
         WHERE referencia <> '' AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = x.id)
         GROUP BY referencia, fecha_contable HAVING count(*) > 1) p
  JOIN e_linea l USING (referencia, fecha_contable, entrada)
 WHERE l.rechazo = '' AND l.parte <= 1 AND l.lugar = 1
   AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero);

-- paso: sus_piezas
INSERT INTO e_pieza
SELECT a.numero, o.id
  FROM e_anterior a
  JOIN e_pendiente p ON p.id = a.linea_id
  JOIN e_pendiente o ON o.referencia = p.referencia AND o.fecha_contable = p.fecha_contable
 WHERE a.como = 'EN_PARTES' AND NOT EXISTS (SELECT 1 FROM e_anterior b WHERE b.linea_id = o.id AND b.numero <> a.numero);

-- paso: piezas
-- Several entries here that are one of the other message, under the same reference of the bank.
INSERT INTO e_anterior
SELECT l.numero, p.id, 'PIEZA'
  FROM (SELECT referencia, fecha_contable, sum(entrada) AS entrada
          FROM e_linea x
         WHERE rechazo = '' AND parte <= 1 AND referencia <> ''
           AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = x.numero)
         GROUP BY referencia, fecha_contable HAVING count(*) > 1) s
  JOIN (SELECT DISTINCT ON (referencia, fecha_contable, entrada) * FROM e_pendiente x
         WHERE NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = x.id)
         ORDER BY referencia, fecha_contable, entrada, id) p USING (referencia, fecha_contable, entrada)
  JOIN e_linea l ON l.referencia = s.referencia AND l.fecha_contable = s.fecha_contable
 WHERE l.rechazo = '' AND l.parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero);

-- paso: sueltas
-- What no rule matched, here and in the other message, of days and signs that have both.
WITH aqui AS (
    SELECT l.numero::bigint AS id, l.fecha_contable AS dia, l.entrada, l.transacciones, 0::bigint AS mensaje, l.comprobante
      FROM e_linea l
     WHERE l.rechazo = '' AND l.parte <= 1 AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero)
), alla AS (
    SELECT p.id, p.fecha_contable AS dia, p.entrada, p.transacciones, p.extracto_id AS mensaje,
           p.comprobante_numero AS comprobante
      FROM e_pendiente p
     WHERE NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.linea_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM e_pieza z WHERE z.linea_id = p.id)
), dias AS (SELECT dia, entrada > 0 AS credito FROM aqui INTERSECT SELECT dia, entrada > 0 FROM alla)
SELECT x.* FROM (SELECT true AS de_aqui, * FROM aqui UNION ALL SELECT false, * FROM alla) x
  JOIN dias d ON d.dia = x.dia AND d.credito = (x.entrada > 0)
 ORDER BY x.dia, d.credito, x.de_aqui, x.id;

-- paso: confirmadas
-- The known entries that this statement tells again: all those of one told in several. A doubt tells nothing.
CREATE TEMP TABLE e_confirmada ON COMMIT DROP AS
SELECT linea_id FROM e_anterior WHERE como NOT IN ('EN_PARTES', 'AGRUPADA_DUDOSA')
 UNION
SELECT linea_id FROM e_pieza;

-- paso: detalles
-- Entries seen whole whose money still waits, and of which this statement says the payments.
CREATE TEMP TABLE e_detalle ON COMMIT DROP AS
SELECT l.numero, a.linea_id, v.id AS valor_id, p.comision
  FROM e_anterior a
  JOIN e_linea l ON l.numero = a.numero
  JOIN recaudacion_lineaextracto p ON p.id = a.linea_id AND p.parte = 0 AND p.entrada > 0
  JOIN recaudacion_valorporaplicar v ON v.ingreso_id = p.id AND v.estado = 'abierto'
 WHERE a.como NOT IN ('EN_PARTES', 'OTRA_VEZ', 'AGRUPADA_DUDOSA') AND NOT l.es_reverso
   AND (a.como = 'PIEZA' OR l.parte = 1 OR (l.comprobante <> '' AND p.comprobante_numero = ''));

-- paso: en_dias_cerrados
-- New entries of days of which the last balance of the bank speaks, and the first statement that closed them.
SELECT x.cuantas, x.suma, (SELECT e.id FROM recaudacion_extracto e
                            WHERE e.cuenta_id = %(cuenta)s AND e.estado = 'confirmado' AND e.formato = 'camt053'
                              AND e.saldo_final IS NOT NULL AND e.fecha_saldo >= x.primera
                            ORDER BY e.fecha_saldo, e.id DESC LIMIT 1)
  FROM (SELECT count(*) AS cuantas, coalesce(sum(l.entrada), 0)::bigint AS suma, min(l.fecha_contable) AS primera
          FROM recaudacion_ultimo_saldo u
          JOIN e_linea l ON l.fecha_contable < u.fecha_saldo OR u.cierra_el_dia AND l.fecha_contable = u.fecha_saldo
          LEFT JOIN recaudacion_extracto o ON o.cuenta_id = u.cuenta_id AND o.es_apertura
         WHERE u.cuenta_id = %(cuenta)s AND l.rechazo = '' AND l.parte <= 1
           AND (o.id IS NULL OR l.fecha_contable >= least(o.desde, coalesce(o.primera_fecha, o.fecha_saldo)))
           AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero)) x;

-- paso: de_antes_de_la_apertura
-- New credits older than the opening balance of the account: by how much they, and what is known of before, exceed it.
SELECT x.cuantas, x.suma - o.saldo_inicial
       + (SELECT coalesce(sum(p.entrada), 0)::bigint FROM recaudacion_lineaextracto p
           WHERE p.cuenta_id = o.cuenta_id AND p.ocurrencia > 0 AND p.fecha_contable < o.primer_dia), o.id
  FROM (SELECT e.id, e.cuenta_id, e.saldo_inicial, least(e.desde, coalesce(e.primera_fecha, e.fecha_saldo)) AS primer_dia
          FROM recaudacion_extracto e WHERE e.cuenta_id = %(cuenta)s AND e.es_apertura) o
 CROSS JOIN LATERAL
       (SELECT count(*) FILTER (WHERE l.entrada > 0) AS cuantas, coalesce(sum(l.entrada), 0)::bigint AS suma
          FROM e_linea l
         WHERE l.fecha_contable < o.primer_dia AND l.rechazo = '' AND l.parte <= 1
           AND NOT EXISTS (SELECT 1 FROM e_anterior a WHERE a.numero = l.numero)) x
 WHERE x.cuantas > 0
UNION ALL SELECT 0, 0, NULL
 ORDER BY 1 DESC LIMIT 1;

-- paso: avisado
-- What notices told of the account and no statement has told yet.
SELECT coalesce(sum(p.entrada), 0)::bigint
  FROM recaudacion_extracto e
  JOIN recaudacion_lineaextracto p ON p.id > e.base_linea AND p.id <= e.base_linea + e.lineas
 WHERE e.cuenta_id = %(cuenta)s AND e.estado = 'confirmado' AND e.formato = 'camt054' AND p.ocurrencia > 0
   AND NOT EXISTS (SELECT 1 FROM recaudacion_contado y WHERE y.movimiento_id = p.id AND y.formato = 'camt053');
