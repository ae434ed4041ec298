-- The emission of one chunk, step by step. Everything that is law arrives as small tables
-- (`ley_de_emision.py`): tariffs, days of the month, share of a salary, residues. Here it is joined,
-- multiplied and added; nothing is rounded. `%(...)s` are values, `{...}` names of our own tables.

-- paso: novedad
-- Days not worked and extras of the month, per relation.
CREATE TEMP TABLE emision_novedad ON COMMIT DROP AS
SELECT n.relacion_id,
       coalesce(sum(n.dias) FILTER (WHERE n.tipo = 'MND'), 0)::integer AS no_laborados,
       coalesce(sum(n.valor) FILTER (WHERE n.tipo = 'INS'), 0)::bigint AS extras
  FROM afiliacion_novedad n
 WHERE n.periodo = %(periodo)s AND n.tipo IN ('MND', 'INS') AND n.estado = 'registrada' AND {de_novedad}
 GROUP BY n.relacion_id

-- paso: cambio
-- The salary that was in force, for relations whose present one started after the period.
CREATE TEMP TABLE emision_cambio ON COMMIT DROP AS
SELECT DISTINCT ON (c.relacion_id) c.relacion_id, c.sueldo_anterior
  FROM afiliacion_cambiosueldo c
 WHERE c.periodo > %(periodo)s AND {de_cambio}
 ORDER BY c.relacion_id, c.periodo, c.id

-- paso: sucursal
-- Who is billed: sucursales of this chunk without a living planilla of the period.
CREATE TEMP TABLE emision_sucursal ON COMMIT DROP AS
SELECT x.*, nextval(pg_get_serial_sequence('obligaciones_obligacion', 'id')) AS planilla_id
  FROM (SELECT s.id AS sucursal_id, s.empleador_id, s.provincia, t.tarifa_id, t.tipo_empleador,
               coalesce(o.version, 0) + 1 AS version
          FROM afiliacion_sucursal s
          JOIN afiliacion_empleador e ON e.id = s.empleador_id
          JOIN emision_tarifa t ON t.tipo_empleador = e.tipo_empleador
          LEFT JOIN LATERAL (
               SELECT max(o.version) AS version, bool_or(o.estado <> 'anulada') AS viva
                 FROM obligaciones_obligacion o
                WHERE o.sucursal_id = s.id AND o.clase = %(clase)s AND o.periodo = %(periodo)s AND o.clave IS NULL) o ON true
         WHERE {de_sucursal} AND o.viva IS NOT TRUE
         ORDER BY s.empleador_id, s.id) x

-- paso: lineas
-- One row per worker. The two small tables of the month are arrays: days by (entry day, exit day), and
-- share by (days, cents under one thirtieth). `base` = whole thirtieths of the salary by the days, plus
-- that share, as the law rounds it, plus extras; every amount = residue + whole ten-thousands by rate.
-- (OFFSET 0 keeps each step apart: it is evaluated once and not once per column.)
INSERT INTO {lineas} (planilla_id, relacion_id, persona_id, dias, sueldo, extras, base,
       personal, total, ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm)
SELECT b.planilla_id, b.relacion_id, b.persona_id, b.dias, b.sueldo, b.extras, b.base,
       b.base / %(unidad)s * t.personal + r.personal,
       b.base / %(unidad)s * t.total + r.total,
       b.base / %(unidad)s * t.ivm + r.ivm,
       b.base / %(unidad)s * t.lod + r.lod,
       b.base / %(unidad)s * t.salud + r.salud,
       b.base / %(unidad)s * t.riesgos + r.riesgos,
       b.base / %(unidad)s * t.cesantia + r.cesantia,
       b.base / %(unidad)s * t.desempleo + r.desempleo,
       b.base / %(unidad)s * t.ssc + r.ssc,
       b.base / %(unidad)s * t.gastos_adm + r.gastos_adm
  FROM (SELECT m.*, m.sueldo / %(mes)s * m.dias + m.extras
               + (%(partes)s::smallint[])[m.dias * %(mes)s + mod(m.sueldo, %(mes)s) + 1] AS base
          FROM (SELECT c.*,
                       greatest((%(dias)s::smallint[])[c.entra * %(ancho)s + c.sale + 1]
                                - c.no_laborados, 0) AS dias
                  FROM (SELECT s.planilla_id, s.tarifa_id, s.tipo_empleador,
                               l.id AS relacion_id, l.persona_id,
                               CASE WHEN lower(l.vigencia) >= %(primero)s
                                    THEN lower(l.vigencia) - %(primero)s + 1 ELSE 0 END AS entra,
                               CASE WHEN upper(l.vigencia) <= %(siguiente)s
                                    THEN upper(l.vigencia) - %(primero)s ELSE 0 END AS sale,
                               CASE WHEN l.sueldo_desde > %(periodo)s
                                    THEN coalesce(c.sueldo_anterior, l.sueldo)
                                    ELSE l.sueldo END AS sueldo,
                               coalesce(n.no_laborados, 0) AS no_laborados,
                               coalesce(n.extras, 0) AS extras
                          FROM afiliacion_relacionlaboral l
                          JOIN emision_sucursal s ON s.sucursal_id = l.sucursal_id
                          LEFT JOIN emision_novedad n ON n.relacion_id = l.id
                          LEFT JOIN emision_cambio c ON c.relacion_id = l.id
                         WHERE {de_relacion}
                           AND l.vigencia && daterange(%(primero)s, %(siguiente)s) OFFSET 0) c OFFSET 0) m OFFSET 0) b
  JOIN planillas_tarifaresiduo r ON r.tarifa_id = b.tarifa_id AND r.residuo = mod(b.base, %(unidad)s)
  JOIN emision_tarifa t ON t.tipo_empleador = b.tipo_empleador
 WHERE b.base > 0

-- paso: cabecera
-- Sums of the lines, and the contribution CCC once on the sum of bases.
CREATE TEMP TABLE emision_cabecera ON COMMIT DROP AS
SELECT s.planilla_id, s.empleador_id, s.sucursal_id, s.provincia, s.version,
       s.tarifa_id, v.vence, v.estado_verificacion,
       row_number() OVER () - 1 AS orden,
       l.trabajadores, l.base, l.personal, l.total - l.personal AS patronal,
       l.base / %(unidad)s * t.ccc + r.ccc AS ccc,
       l.ivm, l.lod, l.salud, l.riesgos, l.cesantia, l.desempleo, l.ssc, l.gastos_adm
  FROM (SELECT planilla_id, count(*)::integer AS trabajadores, sum(base)::bigint AS base,
               sum(personal)::bigint AS personal, sum(total)::bigint AS total,
               sum(ivm)::bigint AS ivm, sum(lod)::bigint AS lod, sum(salud)::bigint AS salud,
               sum(riesgos)::bigint AS riesgos, sum(cesantia)::bigint AS cesantia,
               sum(desempleo)::bigint AS desempleo, sum(ssc)::bigint AS ssc,
               sum(gastos_adm)::bigint AS gastos_adm
          FROM {lineas} GROUP BY planilla_id) l
  JOIN emision_sucursal s USING (planilla_id)
  JOIN emision_tarifa t ON t.tipo_empleador = s.tipo_empleador
  JOIN unnest(%(v_provincia)s::text[], %(v_tipo)s::text[], %(v_vence)s::date[], %(v_estado)s::text[])
       AS v (provincia, tipo_empleador, vence, estado_verificacion)
    ON v.provincia = s.provincia AND v.tipo_empleador = s.tipo_empleador
  JOIN planillas_tarifaresiduo r ON r.tarifa_id = s.tarifa_id AND r.residuo = mod(l.base, %(unidad)s)
 WHERE l.total + l.base / %(unidad)s * t.ccc + r.ccc > 0

-- paso: totales
SELECT count(*), coalesce(sum(trabajadores), 0)::bigint,
       coalesce(sum(personal + patronal + ccc), 0)::bigint,
       coalesce(sum(trabajadores), 0) <> (SELECT count(*) FROM {lineas})
  FROM emision_cabecera

-- paso: lineas_de_nadie
-- Bases of so few cents that nothing is owed make no planilla.
DELETE FROM {lineas} l
 WHERE NOT EXISTS (SELECT 1 FROM emision_cabecera c WHERE c.planilla_id = l.planilla_id)

-- paso: planilla
INSERT INTO planillas_planilla (obligacion_id, empleador_id, sucursal_id, periodo, lote, tarifa_id,
       trabajadores, masa_salarial, personal, patronal, ccc)
SELECT planilla_id, empleador_id, sucursal_id, %(periodo)s, %(lote)s, tarifa_id,
       trabajadores, base, personal, patronal, ccc
  FROM emision_cabecera

-- paso: lineas_corrientes
INSERT INTO planillas_planillalinea_corriente SELECT * FROM emision_linea
