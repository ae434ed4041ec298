-- Planillas of the monthly mass in arrears whose day came, locked in the fixed order of the house, with their factor.
CREATE TEMP TABLE glosa_base ON COMMIT DROP AS
SELECT o.id AS obligacion_id, o.empleador_id, o.sucursal_id, o.provincia, o.periodo,
       o.fecha_emision AS emitida_el, o.fecha_vencimiento AS vencimiento,
       o.saldo_personal AS personal, o.saldo_patronal AS patronal, o.saldo_ccc AS ccc,
       o.saldo_personal + o.saldo_patronal + o.saldo_ccc AS capital,
       o.saldo_personal = o.capital_personal AND o.saldo_patronal = o.capital_patronal AS intacta,
       o.ivm, o.lod, o.salud, o.riesgos, o.cesantia, o.desempleo, o.ssc, o.gastos_adm,
       f.nombre, f.numerador, f.denominador, f.dias, f.tasa, f.estado, f.nota, f.traza, f.inicio, f.final,
       f.escrita, f.escrito_inicio, f.escrito_final
  FROM obligaciones_obligacion o
  JOIN glosa_factor f ON f.clase = o.clase AND f.vencimiento = o.fecha_vencimiento AND f.desde = f.vencimiento
                     AND f.estado_obligacion = o.estado_verificacion
 WHERE o.estado = 'en_mora' AND {es_masa}
 ORDER BY o.id
   FOR NO KEY UPDATE OF o;
