-- The totals of the book from the tables of each room. Cents.
SELECT (SELECT count(*) FROM afiliacion_empleador) AS empleadores,
       (SELECT count(DISTINCT persona_id) FROM afiliacion_relacionlaboral WHERE upper_inf(vigencia)) AS afiliados,
       (SELECT count(*) FROM planillas_planilla) AS planillas,
       (SELECT coalesce(sum(personal + patronal + ccc), 0) FROM planillas_planilla) AS emitido,
       (SELECT coalesce(sum(personal + patronal + ccc + otros), 0) FROM recaudacion_aplicacion) AS recaudado,
       (SELECT coalesce(sum(saldo_personal + saldo_patronal + saldo_ccc + saldo_otros), 0)
          FROM obligaciones_obligacion) AS por_cobrar,
       (SELECT coalesce(sum(saldo_personal + saldo_patronal + saldo_ccc + saldo_otros), 0)
          FROM obligaciones_obligacion WHERE estado IN ('en_mora', 'en_glosa')) AS en_mora,
       (SELECT count(*) FROM cartera_glosa) AS glosas,
       (SELECT coalesce(sum(interes), 0) FROM recaudacion_aplicacion) AS intereses,
       (SELECT coalesce(sum(saldo), 0) FROM recaudacion_creditoafavor) AS a_favor,
       (SELECT coalesce(sum(importe), 0) FROM recaudacion_valorporaplicar WHERE estado = 'abierto') AS por_identificar,
       (SELECT coalesce(sum(l.importe), 0) FROM recaudacion_lineaextracto l
          LEFT JOIN recaudacion_reversobancario r ON r.credito_id = l.id
         WHERE l.resultado IN ('APLICADA', 'CREDITO_A_FAVOR', 'POR_IDENTIFICAR') AND l.detalla_a IS NULL
           AND r.credito_id IS NULL) AS banco
