-- Debts of any class, of an employer or of a person, rubro by rubro. Steps in the order they are written.

-- paso: bloquear
-- Every debt of this emission in one ascending order, before those of the mass: who pays some of both never waits in a ring.
SELECT count(*) FROM (
    SELECT 1 FROM obligaciones_obligacion o
      JOIN (SELECT DISTINCT clase, vencimiento FROM glosa_factor) f ON f.clase = o.clase AND f.vencimiento = o.fecha_vencimiento
     WHERE o.estado = 'en_mora' ORDER BY o.id FOR NO KEY UPDATE OF o) b;

-- paso: seleccion
CREATE TEMP TABLE glosa_base ON COMMIT DROP AS
SELECT o.id AS obligacion_id, o.clase, o.empleador_id, o.persona_id, o.sucursal_id, o.provincia, o.periodo,
       o.fecha_emision AS emitida_el, o.fecha_vencimiento AS vencimiento,
       o.saldo_personal + o.saldo_patronal + o.saldo_ccc + o.saldo_otros AS capital, o.interes_abonado AS abonado,
       f.nombre, f.norma, f.desde, f.numerador, f.denominador, f.dias, f.tasa, f.estado, f.nota, f.traza, f.inicio,
       f.final, f.escrita, f.escrito_inicio, f.escrito_final
  FROM obligaciones_obligacion o
  JOIN glosa_factor f ON f.clase = o.clase AND f.vencimiento = o.fecha_vencimiento
                     AND f.desde = greatest(o.fecha_vencimiento, o.interes_hasta)
                     AND f.estado_obligacion = o.estado_verificacion
 WHERE o.estado = 'en_mora' AND NOT {es_masa} AND (o.persona_id IS NOT NULL) = %(de_persona)s
 ORDER BY o.id
   FOR NO KEY UPDATE OF o;

-- paso: rubros
-- What is owed of each rubro, in whichever form it is kept, and whether interest runs on it.
CREATE TEMP TABLE glosa_rubro ON COMMIT DROP AS
SELECT r.obligacion_id, r.rubro, r.saldo, k.causa, k.de_cuenta, k.a_cuenta
  FROM (SELECT b.obligacion_id, b.clase, v.rubro, v.saldo
          FROM glosa_base b
          JOIN obligaciones_obligacion o ON o.id = b.obligacion_id
          CROSS JOIN LATERAL (VALUES {anchos}) v (rubro, saldo)
         UNION ALL
        SELECT b.obligacion_id, b.clase, s.rubro, sum(s.saldo)::bigint
          FROM glosa_base b JOIN obligaciones_saldorubro s ON s.obligacion_id = b.obligacion_id
         GROUP BY b.obligacion_id, b.clase, s.rubro) r
  JOIN glosa_cuenta k ON k.clase = r.clase AND k.rubro = r.rubro
 WHERE r.saldo > 0;

-- paso: fondos
-- To which fund the capital goes, exactly: of columns, only while nothing of them was paid.
CREATE TEMP TABLE glosa_fondo ON COMMIT DROP AS
SELECT b.obligacion_id, s.fondo, sum(s.saldo)::bigint AS saldo
  FROM glosa_base b JOIN obligaciones_saldorubro s ON s.obligacion_id = b.obligacion_id AND s.saldo > 0
 GROUP BY b.obligacion_id, s.fondo
UNION ALL
SELECT b.obligacion_id, v.fondo, v.saldo
  FROM glosa_base b
  JOIN obligaciones_obligacion o ON o.id = b.obligacion_id
  CROSS JOIN LATERAL (VALUES {fondos_anchos}, ('CCC', o.saldo_ccc)) v (fondo, saldo)
 WHERE v.saldo > 0 AND (v.fondo = 'CCC' OR (o.saldo_personal, o.saldo_patronal) = (o.capital_personal, o.capital_patronal));

-- paso: contenido
-- One row per glosa: its number, its interest, and every value its document has a blank for.
CREATE TEMP TABLE glosa_nueva ON COMMIT DROP AS
WITH por_rubro AS (
    SELECT obligacion_id, coalesce(sum(saldo) FILTER (WHERE causa), 0)::bigint AS causa, {rubros}
      FROM glosa_rubro GROUP BY obligacion_id
), por_fondo AS (
    SELECT obligacion_id, sum(saldo) AS fondos, {fondos} FROM glosa_fondo GROUP BY obligacion_id
), calculada AS (
    SELECT b.*, r.causa, {nombres_de_rubros}, coalesce(d.fondos, 0) = b.capital AS tiene_fondos, {nombres_de_fondos},
           n.primero + row_number() OVER (PARTITION BY b.provincia ORDER BY b.obligacion_id) - 1 AS orden,
           div(r.causa::numeric * b.numerador * 2 + b.denominador, b.denominador * 2)::bigint AS corrido
      FROM glosa_base b
      JOIN por_rubro r USING (obligacion_id)
      LEFT JOIN por_fondo d USING (obligacion_id)
      JOIN glosa_numero n USING (provincia)
), completa AS (
    SELECT m.*, greatest(m.corrido - m.abonado, 0) AS interes, coalesce(e.ruc, q.identificacion) AS identificacion,
           coalesce(e.razon_social, nullif(q.nombre, ''), q.identificacion) AS nombre_del_deudor,
           coalesce(e.representante, '') AS representante, coalesce(e.direccion, '') AS direccion, e.canton,
           s.codigo AS sucursal, p.canton_sede, k.nombre AS lugar,
           jsonb_build_array(m.inicio || jsonb_build_object('valor', recaudo_dolares(m.causa))) || m.traza
               || jsonb_build_array(m.final || jsonb_build_object('valor', recaudo_dolares(m.corrido))) AS pasos,
           jsonb_build_array(jsonb_set(m.escrito_inicio, '{{1}}', to_jsonb(recaudo_dolares_escritos(m.causa))))
               || m.escrita
               || jsonb_build_array(jsonb_set(m.escrito_final, '{{1}}', to_jsonb(recaudo_dolares_escritos(m.corrido))))
               AS pasos_escritos,
           m.provincia || '-' || %(anio)s || '-' ||
               lpad(m.orden::text, greatest(%(cifras)s, length(m.orden::text)), '0') AS numero
      FROM calculada m
      LEFT JOIN afiliacion_empleador e ON e.id = m.empleador_id
      LEFT JOIN afiliacion_persona q ON q.id = m.persona_id
      LEFT JOIN afiliacion_sucursal s ON s.id = m.sucursal_id
      JOIN organizacion_provincia p ON p.codigo = m.provincia
      JOIN organizacion_canton k ON k.codigo = p.canton_sede
)
SELECT nextval(pg_get_serial_sequence('cartera_glosa', 'id')) AS materia_id,
       row_number() OVER (ORDER BY c.obligacion_id) - 1 AS posicion,
       c.obligacion_id, c.clase, c.empleador_id, c.persona_id, %(destinatario)s AS destinatario_tipo,
       coalesce(c.empleador_id, c.persona_id) AS destinatario_id, c.provincia, c.numero, c.capital, c.interes, c.estado,
       %(titulo)s::text AS titulo, c.nombre_del_deudor AS titular, NULL::date AS valido_hasta,
       %(titulo)s || ' ' || c.numero AS asunto, NULL::bigint AS documento_id,
       CASE WHEN coalesce(c.canton, c.canton_sede) = c.canton_sede THEN jsonb_build_array(c.canton_sede)
            ELSE jsonb_build_array(least(c.canton, c.canton_sede), greatest(c.canton, c.canton_sede))
       END AS cantones,
       CASE WHEN c.abonado = 0 THEN c.pasos
            ELSE c.pasos || jsonb_build_array(
                     jsonb_build_object('paso', 'Interés ya abonado', 'valor', recaudo_dolares(c.abonado), 'norma', 'Código Civil art. 1611'),
                     jsonb_build_object('paso', 'Interés que falta', 'valor', recaudo_dolares(c.interes), 'norma', 'LSS art. 89'))
       END AS traza_interes,
       c.nota, c.lugar, c.identificacion, c.nombre_del_deudor, c.representante, c.representante <> '' AS tiene_representante,
       c.direccion, c.direccion <> '' AS tiene_direccion, coalesce(c.sucursal, '') AS sucursal,
       c.sucursal IS NOT NULL AS tiene_sucursal, c.nombre, c.norma, c.obligacion_id AS deuda, c.periodo,
       c.periodo IS NOT NULL AS tiene_periodo, c.emitida_el AS fecha_emision_deuda, c.vencimiento AS fecha_vencimiento,
       c.desde + 1 AS interes_desde, c.capital + c.interes AS total, c.tasa, c.dias, c.causa > 0 AND c.dias > 0 AS tiene_interes,
       c.estado AS estado_verificacion, c.tiene_fondos, {de_rubros}, {de_fondos},
       CASE WHEN c.abonado = 0 THEN c.pasos_escritos
            ELSE c.pasos_escritos || jsonb_build_array(
                     jsonb_build_array('Interés ya abonado', recaudo_dolares_escritos(c.abonado), 'Código Civil art. 1611'),
                     jsonb_build_array('Interés que falta', recaudo_dolares_escritos(c.interes), 'LSS art. 89'))
       END AS traza
  FROM completa c;

-- paso: partidas
-- Each capital from the account of its rubro in planilla to that of its rubro in glosa (C.D. 497 DG 7.ª).
SELECT {primero} + n.posicion, row_number() OVER (PARTITION BY n.posicion ORDER BY l.lado, l.cuenta), l.cuenta,
       CASE l.lado WHEN 1 THEN sum(r.saldo) ELSE 0 END, CASE l.lado WHEN 2 THEN sum(r.saldo) ELSE 0 END, n.obligacion_id
  FROM glosa_nueva n
  JOIN glosa_rubro r USING (obligacion_id)
  CROSS JOIN LATERAL (VALUES (1, r.a_cuenta), (2, r.de_cuenta)) l (lado, cuenta)
 GROUP BY n.posicion, n.obligacion_id, l.lado, l.cuenta
