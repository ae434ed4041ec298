-- Every deadline of a glosa counts the holidays of the debtor's canton and of the office's (COA 159). Of a person no
-- canton is kept: that of the office.
SELECT t.id AS plazo, t.cantones, e.canton AS del_deudor, pr.canton_sede AS de_la_oficina
  FROM plazos_plazo t
  JOIN cartera_glosa g ON t.materia_tipo = 'glosa' AND g.id = t.materia_id
  LEFT JOIN afiliacion_empleador e ON e.id = g.empleador_id
  JOIN organizacion_provincia pr ON pr.codigo = g.provincia
 WHERE NOT (t.cantones ? coalesce(e.canton, pr.canton_sede) AND t.cantones ? pr.canton_sede)
