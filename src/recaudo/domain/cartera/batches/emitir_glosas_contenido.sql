-- One row per glosa: its number, its interest, and every value its document has a blank for.
CREATE TEMP TABLE glosa_nueva ON COMMIT DROP AS
WITH numerada AS (
    SELECT b.*, n.primero + row_number() OVER (PARTITION BY b.provincia ORDER BY b.obligacion_id) - 1 AS orden,
           div(b.capital::numeric * b.numerador * 2 + b.denominador, b.denominador * 2)::bigint AS interes
      FROM glosa_base b JOIN glosa_numero n USING (provincia)
), completa AS (
    SELECT m.*, e.ruc, e.razon_social, e.representante, e.direccion, e.canton, s.codigo AS sucursal,
           s.nombre AS sucursal_nombre, p.canton_sede, k.nombre AS lugar,
           m.inicio || jsonb_build_object('valor', recaudo_dolares(m.capital)) AS primer_paso,
           m.final || jsonb_build_object('valor', recaudo_dolares(m.interes)) AS ultimo_paso,
           m.provincia || '-' || %(anio)s || '-' ||
               lpad(m.orden::text, greatest(%(cifras)s, length(m.orden::text)), '0') AS numero
      FROM numerada m
      JOIN afiliacion_empleador e ON e.id = m.empleador_id
      JOIN afiliacion_sucursal s ON s.id = m.sucursal_id
      JOIN organizacion_provincia p ON p.codigo = m.provincia
      JOIN organizacion_canton k ON k.codigo = p.canton_sede
)
SELECT nextval(pg_get_serial_sequence('cartera_glosa', 'id')) AS materia_id,
       row_number() OVER (ORDER BY c.obligacion_id) - 1 AS posicion,
       c.obligacion_id, c.empleador_id, 'EMPLEADOR' AS destinatario_tipo, c.empleador_id AS destinatario_id,
       c.provincia, c.numero, c.capital, c.interes, c.estado,
       %(titulo)s::text AS titulo, c.razon_social AS titular, NULL::date AS valido_hasta,
       %(titulo)s || ' ' || c.numero AS asunto, NULL::bigint AS documento_id,
       CASE WHEN c.canton = c.canton_sede THEN jsonb_build_array(c.canton)
            ELSE jsonb_build_array(least(c.canton, c.canton_sede), greatest(c.canton, c.canton_sede))
       END AS cantones,
       jsonb_build_array(c.primer_paso) || c.traza || jsonb_build_array(c.ultimo_paso) AS traza_interes,
       c.nombre, c.nota, c.lugar, c.ruc, c.razon_social, c.representante, c.representante <> '' AS tiene_representante,
       c.direccion, c.direccion <> '' AS tiene_direccion,
       CASE WHEN c.sucursal_nombre <> '' THEN c.sucursal || ' · ' || c.sucursal_nombre ELSE c.sucursal END AS sucursal,
       recaudo_mes(c.periodo) || '-' || c.obligacion_id AS planilla, c.periodo,
       c.emitida_el AS fecha_emision_planilla, c.vencimiento AS fecha_vencimiento, c.vencimiento + 1 AS interes_desde,
       c.personal, c.patronal, c.ccc, c.ccc <> 0 AS tiene_ccc, c.personal + c.patronal AS aportes,
       c.capital + c.interes AS total, c.tasa, c.dias, c.estado AS estado_verificacion,
       c.intacta AS tiene_fondos, {fondos},
       jsonb_build_array(jsonb_set(c.escrito_inicio, '{{1}}', to_jsonb(recaudo_dolares_escritos(c.capital))))
           || c.escrita
           || jsonb_build_array(jsonb_set(c.escrito_final, '{{1}}', to_jsonb(recaudo_dolares_escritos(c.interes))))
           AS traza
  FROM completa c;
