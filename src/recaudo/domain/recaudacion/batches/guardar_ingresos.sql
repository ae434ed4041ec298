-- What the payment core decided (aplicar_ingresos.sql), written: payments, credits, queue, debts, comprobantes and
-- the entries of the ledger.

-- paso: pagos
INSERT INTO recaudacion_pago (id, ingreso_id, comprobante_id, empleador_id, persona_id, importe, reversa_id, elegidas,
    fecha_pago, aplicado_por, aplicado_en, hecho_id)
SELECT id, ingreso_id, comprobante_id, empleador_id, persona_id, importe, reversa_id, elegidas, fecha_pago, %(actor)s,
       now(), %(hecho)s
  FROM i_pago;

-- paso: guardar_aplicaciones
INSERT INTO recaudacion_aplicacion (pago_id, obligacion_id, interes, interes_liquidado, interes_hasta, personal,
    patronal, ccc, ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm, otros)
SELECT pago_id, obligacion_id, interes, interes_liquidado, interes_hasta, personal, patronal, ccc,
       ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm, otros
  FROM i_aplicacion WHERE interes + personal + patronal + ccc + otros <> 0;

-- paso: guardar_rubros
INSERT INTO recaudacion_aplicacionrubro (pago_id, obligacion_id, rubro, fondo, importe)
SELECT pago_id, obligacion_id, rubro, fondo, importe FROM i_rubro;

-- paso: creditos
INSERT INTO recaudacion_creditoafavor (pago_id, empleador_id, persona_id, importe, saldo)
SELECT id, empleador_id, persona_id, excedente, excedente FROM i_pago WHERE excedente > 0;

-- paso: valores
INSERT INTO recaudacion_valorporaplicar (ingreso_id, motivo, importe, estado, responsable, recibido_el, razon)
SELECT ingreso_id, motivo, importe, 'abierto', %(responsable)s, %(hoy)s, '' FROM i_valor;

-- paso: cobrar_comprobantes
UPDATE recaudacion_comprobante c SET estado = %(cobrado)s
  FROM i_pago p WHERE c.id = p.comprobante_id AND p.cierra AND c.estado = ANY (%(cobrables)s);

-- paso: abonar_comprobantes
-- What pays only a part leaves the comprobante payable for the rest.
UPDATE recaudacion_comprobante c SET abonado = c.abonado + p.entro
  FROM (SELECT comprobante_id, sum(importe)::bigint AS entro FROM i_pago
         WHERE comprobante_id IS NOT NULL AND NOT cierra GROUP BY comprobante_id) p
 WHERE c.id = p.comprobante_id AND c.estado = ANY (%(cobrables)s) AND c.abonado + p.entro < c.importe;

-- paso: pagos_de_obligaciones
-- What each debt lost, and until when its interest is settled: whoever pays all of it settles it.
SELECT obligacion_id, personal, patronal, ccc, otros,
       CASE WHEN interes = interes_liquidado THEN interes_hasta END AS interes_hasta,
       CASE WHEN interes = interes_liquidado THEN 0 ELSE interes END AS interes_abonado
  FROM i_aplicacion WHERE interes + personal + patronal + ccc + otros > 0;

-- paso: pagos_de_obligaciones_por_turnos
SELECT obligacion_id, sum(personal)::bigint AS personal, sum(patronal)::bigint AS patronal, sum(ccc)::bigint AS ccc,
       sum(otros)::bigint AS otros, max(interes_hasta) FILTER (WHERE turno = completo) AS interes_hasta,
       coalesce(sum(interes) FILTER (WHERE completo IS NULL OR turno > completo), 0)::bigint AS interes_abonado
  FROM (SELECT *, max(turno) FILTER (WHERE interes = interes_liquidado) OVER (PARTITION BY obligacion_id) AS completo
          FROM i_aplicacion WHERE interes + personal + patronal + ccc + otros > 0) a
 GROUP BY obligacion_id;

-- paso: rubros_de_obligaciones
SELECT obligacion_id, rubro, fondo, sum(importe)::bigint AS importe FROM i_rubro GROUP BY obligacion_id, rubro, fondo;

-- paso: asientos
SELECT %(base_asiento)s + asiento, %(concepto)s, 'pago', id, provincia FROM i_pago
UNION ALL
SELECT %(base_asiento)s + asiento, 'por identificar', 'ingreso', ingreso_id, %(nacional)s FROM i_valor
 ORDER BY 1;

-- paso: partidas
-- Each leg with its sign: what is positive goes to the debit. A payment that undoes another has the contrary.
SELECT %(base_asiento)s + asiento, linea, cuenta, greatest(importe, 0), greatest(-importe, 0), obligacion_id FROM (
    SELECT asiento, 1 AS linea, cuenta_debe AS cuenta, importe - comision AS importe, NULL::bigint AS obligacion_id
      FROM i_pago
    UNION ALL
    SELECT a.asiento, 1 + a.orden, q.cuenta_id, -(a.personal + a.patronal + a.ccc), a.obligacion_id
      FROM i_aplicacion a JOIN i_cuenta q ON q.clase = a.clase AND q.estado = a.estado AND q.rubro = 'APORTE_PERSONAL'
    UNION ALL
    SELECT asiento, 32000, %(mora)s, -sum(interes)::bigint, NULL FROM i_aplicacion  -- not law: place of a leg
     WHERE %(hay_interes)s AND interes <> 0 GROUP BY asiento
    UNION ALL
    SELECT asiento, 32001, %(credito)s, -excedente, NULL FROM i_pago  -- not law: place of a leg
     WHERE %(hay_excedente)s AND excedente <> 0
    UNION ALL
    SELECT asiento, v.linea, v.cuenta, v.importe, NULL
      FROM i_valor CROSS JOIN LATERAL (VALUES (1, cuenta_debe, importe - comision), (2, %(por_aplicar)s, -importe))
           v (linea, cuenta, importe)
    UNION ALL
    SELECT asiento, 32002, %(comisiones)s, comision, NULL  -- not law: place of a leg
      FROM (SELECT asiento, comision FROM i_pago WHERE %(hay_comision)s
            UNION ALL SELECT asiento, comision FROM i_valor) c
     WHERE comision > 0
    UNION ALL
    SELECT r.asiento, 10000 + row_number() OVER (PARTITION BY r.asiento ORDER BY r.obligacion_id, r.rubro),  -- not law: place of a leg
           q.cuenta_id, -sum(r.importe)::bigint, r.obligacion_id
      FROM i_rubro r JOIN i_cuenta q ON q.clase = r.clase AND q.estado = r.estado AND q.rubro = r.rubro
     GROUP BY r.asiento, r.obligacion_id, r.rubro, q.cuenta_id) p
 WHERE importe <> 0
 ORDER BY asiento, linea;

-- paso: fondos
SELECT coalesce(sum(ivm), 0)::bigint, coalesce(sum(lod), 0)::bigint, coalesce(sum(salud), 0)::bigint,
       coalesce(sum(riesgos), 0)::bigint, coalesce(sum(cesantia), 0)::bigint, coalesce(sum(desempleo), 0)::bigint,
       coalesce(sum(ssc), 0)::bigint, coalesce(sum(gastos_adm), 0)::bigint, coalesce(sum(ccc), 0)::bigint
  FROM i_aplicacion;

-- paso: fondos_de_rubros
SELECT fondo, sum(importe)::bigint FROM i_rubro GROUP BY fondo;

-- paso: asentado
-- What the ledger took as received, fees included: the debit of its entries.
SELECT coalesce(sum(p.debe), 0)::bigint FROM contabilidad_partida_corriente p
 WHERE p.asiento_id > %(base_asiento)s AND p.asiento_id <= %(base_asiento)s + %(asientos)s AND p.debe > 0;
