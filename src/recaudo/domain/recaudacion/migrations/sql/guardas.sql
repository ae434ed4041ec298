CREATE TRIGGER comprobante_estado AFTER UPDATE ON recaudacion_comprobante
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('comprobante');
CREATE TRIGGER comprobante_nace AFTER INSERT ON recaudacion_comprobante
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('comprobante');
CREATE TRIGGER valor_estado AFTER UPDATE ON recaudacion_valorporaplicar
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('valor_por_aplicar');
CREATE TRIGGER valor_nace AFTER INSERT ON recaudacion_valorporaplicar
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('valor_por_aplicar');

-- What a comprobante froze never changes: only its state and its document move.
CREATE FUNCTION recaudo_comprobante_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Un comprobante no se borra: se anula.' USING ERRCODE = 'RC001';
    END IF;
    RAISE EXCEPTION 'El comprobante % no se edita: se anula y se genera otro.', OLD.numero USING ERRCODE = 'RC001';
END $$;
CREATE TRIGGER comprobante_fijo BEFORE UPDATE OF id, numero, empleador_id, fecha_emision, valido_hasta, capital,
        interes, importe, generado_por, generado_en ON recaudacion_comprobante
    FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION recaudo_comprobante_fijo();
CREATE TRIGGER comprobante_no_se_borra BEFORE DELETE ON recaudacion_comprobante
    FOR EACH ROW EXECUTE FUNCTION recaudo_comprobante_fijo();
CREATE TRIGGER detalle_fijo BEFORE UPDATE OF id, comprobante_id, obligacion_id, orden, interes, personal, patronal,
        ccc, otros, interes_hasta ON recaudacion_comprobantedetalle
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER detalle_no_se_borra BEFORE DELETE ON recaudacion_comprobantedetalle
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();

-- Of a credit in favour only what is left of it moves; of a value in the queue, its state and who resolved it.
CREATE TRIGGER credito_fijo BEFORE UPDATE OF id, pago_id, empleador_id, persona_id, importe ON recaudacion_creditoafavor
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER credito_no_se_borra BEFORE DELETE ON recaudacion_creditoafavor
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER valor_fijo BEFORE UPDATE OF id, ingreso_id, motivo, importe, responsable, recibido_el
    ON recaudacion_valorporaplicar FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER valor_no_se_borra BEFORE DELETE ON recaudacion_valorporaplicar
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();

-- Keys to append-only parents, checked once per statement instead of once per row. The parents
-- refuse UPDATE, DELETE and TRUNCATE, so checking at INSERT is enough.
-- Children of a stretch of parents without gaps (a statement has one) only need them to be counted.
CREATE FUNCTION recaudo_padre_existe() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    primero bigint;
    ultimo bigint;
    cuantos bigint;
    hay bigint;
    huerfano bigint;
BEGIN
    EXECUTE format('SELECT min(%1$I), max(%1$I), count(*) FROM nuevas', TG_ARGV[0]) INTO primero, ultimo, cuantos;
    IF ultimo - primero < cuantos THEN
        EXECUTE format('SELECT count(*) FROM %I WHERE id BETWEEN $1 AND $2', TG_ARGV[1]) INTO hay USING primero, ultimo;
        IF hay = ultimo - primero + 1 THEN
            RETURN NULL;
        END IF;
    END IF;
    EXECUTE format('SELECT min(n.%1$I) FROM nuevas n LEFT JOIN %2$I p ON p.id = n.%1$I WHERE p.id IS NULL',
                   TG_ARGV[0], TG_ARGV[1]) INTO huerfano;
    IF huerfano IS NOT NULL THEN
        RAISE EXCEPTION '%: no existe % % en %.', TG_TABLE_NAME, TG_ARGV[0], huerfano, TG_ARGV[1]
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
-- The key of a line is told by its statement, which never changes: no line is twice in it.
CREATE FUNCTION recaudo_linea_en_su_lugar() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE malo bigint;
BEGIN
    SELECT min(n.extracto_id) INTO malo
      FROM (SELECT extracto_id, id - numero AS base, min(numero) AS primera, max(numero) AS ultima
              FROM nuevas GROUP BY extracto_id, id - numero) n
      LEFT JOIN recaudacion_extracto e
        ON e.id = n.extracto_id AND e.base_linea = n.base AND n.primera >= 1 AND n.ultima <= e.lineas
     WHERE e.id IS NULL;
    IF malo IS NOT NULL THEN
        RAISE EXCEPTION '%: no existe extracto_id % con lugar para sus líneas.', TG_TABLE_NAME, malo
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER linea_de_su_extracto AFTER INSERT ON recaudacion_lineaextracto
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_linea_en_su_lugar();
-- The money of a payment: a line of a statement, or an ingreso of another kind; one sequence numbers both.
CREATE FUNCTION recaudo_ingreso_existe() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    primero bigint;
    ultimo bigint;
    cuantos bigint;
    huerfano bigint;
BEGIN
    SELECT min(ingreso_id), max(ingreso_id), count(*) INTO primero, ultimo, cuantos FROM nuevas;
    IF ultimo - primero < 2 * cuantos AND ultimo - primero + 1 =
       (SELECT count(*) FROM recaudacion_lineaextracto WHERE id BETWEEN primero AND ultimo) THEN
        RETURN NULL;
    END IF;
    SELECT min(n.ingreso_id) INTO huerfano FROM nuevas n
     WHERE NOT EXISTS (SELECT 1 FROM recaudacion_lineaextracto l WHERE l.id = n.ingreso_id)
       AND NOT EXISTS (SELECT 1 FROM recaudacion_ingreso i WHERE i.id = n.ingreso_id);
    IF huerfano IS NOT NULL THEN
        RAISE EXCEPTION '%: no existe el ingreso %.', TG_TABLE_NAME, huerfano USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER pago_de_su_ingreso AFTER INSERT ON recaudacion_pago
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_ingreso_existe();
CREATE TRIGGER valor_de_su_ingreso AFTER INSERT ON recaudacion_valorporaplicar
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_ingreso_existe();
-- One sequence for what is money, whichever its table: the key of a line is the key of its ingreso.
ALTER TABLE recaudacion_lineaextracto ALTER id DROP IDENTITY;
ALTER TABLE recaudacion_lineaextracto
    ALTER id SET DEFAULT nextval(pg_get_serial_sequence('recaudacion_ingreso', 'id'));
-- The number with which money entered, whatever was imputed again since: the order among payments of one day.
CREATE FUNCTION recaudo_dinero_raiz(numero bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE antes (id) AS (
        SELECT numero
         UNION ALL
        SELECT p.ingreso_id
          FROM antes a
          JOIN recaudacion_ingreso i ON i.id = a.id AND i.tipo = 'REIMPUTACION' AND i.importe > 0
          JOIN recaudacion_pago p ON p.id = i.origen_id
    )
    SELECT min(id) FROM antes
$$;
CREATE TRIGGER ingreso_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_ingreso
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER ingreso_sin_vaciar BEFORE TRUNCATE ON recaudacion_ingreso
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_de_su_pago AFTER INSERT ON recaudacion_aplicacion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT
    EXECUTE FUNCTION recaudo_padre_existe('pago_id', 'recaudacion_pago');

-- What entered never changes.
CREATE TRIGGER cuenta_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_cuentabancaria
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER declarado_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_dinerodeclarado
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER revertida_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_declaracionrevertida
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER reverso_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_reversobancario
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();

-- What the bank said in a statement never changes; what became of it is written once, as it enters. One that is
-- held may be read again: what is read of it then, and not whose file it is, may be other.
CREATE FUNCTION recaudo_extracto_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.estado = 'retenido' AND NEW.estado = 'por_confirmar'
       AND (NEW.id, NEW.archivo_id, NEW.nombre, NEW.sha256, NEW.orden, NEW.formato, NEW.recibido_el, NEW.recibido_por_id)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.archivo_id, OLD.nombre, OLD.sha256, OLD.orden, OLD.formato, OLD.recibido_el, OLD.recibido_por_id)
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.es_apertura AND NOT NEW.es_apertura
       AND to_jsonb(NEW) - 'es_apertura' = to_jsonb(OLD) - 'es_apertura' THEN
        RETURN NEW;  -- a statement of earlier days opens the account
    END IF;
    IF TG_OP = 'DELETE' OR OLD.estado IN ('confirmado', 'rechazado')
       OR (NEW.id, NEW.archivo_id, NEW.nombre, NEW.sha256, NEW.orden, NEW.formato, NEW.cuenta_numero, NEW.identificacion,
           NEW.numero, NEW.secuencia, NEW.desde, NEW.hasta, NEW.desde_instante, NEW.hasta_instante,
           NEW.declarado_lineas, NEW.declarado_total, NEW.declarado_debitos, NEW.saldo_inicial, NEW.saldo_final,
           NEW.fecha_saldo, NEW.total_creditos, NEW.total_debitos, NEW.ilegibles, NEW.lineas, NEW.recibido_el,
           NEW.recibido_por, NEW.recibido_por_id, NEW.totales_cuadran, NEW.saldos_cuadran, NEW.cierra_el_dia)
          IS DISTINCT FROM
          (OLD.id, OLD.archivo_id, OLD.nombre, OLD.sha256, OLD.orden, OLD.formato, OLD.cuenta_numero, OLD.identificacion,
           OLD.numero, OLD.secuencia, OLD.desde, OLD.hasta, OLD.desde_instante, OLD.hasta_instante,
           OLD.declarado_lineas, OLD.declarado_total, OLD.declarado_debitos, OLD.saldo_inicial, OLD.saldo_final,
           OLD.fecha_saldo, OLD.total_creditos, OLD.total_debitos, OLD.ilegibles, OLD.lineas, OLD.recibido_el,
           OLD.recibido_por, OLD.recibido_por_id, OLD.totales_cuadran, OLD.saldos_cuadran, OLD.cierra_el_dia) THEN
        RAISE EXCEPTION 'El extracto % no se edita ni se borra.', OLD.id USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER extracto_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_extracto
    FOR EACH ROW EXECUTE FUNCTION recaudo_extracto_fijo();
CREATE TRIGGER extracto_estado AFTER UPDATE ON recaudacion_extracto
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('extracto');
CREATE TRIGGER extracto_nace AFTER INSERT ON recaudacion_extracto
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('extracto');

-- What was affirmed of a batch never changes; once, another person reverts it.
CREATE FUNCTION recaudo_lote_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.revertido_en IS NOT NULL OR NEW.revertido_en IS NULL
       OR NEW.revertido_por_id IS NOT DISTINCT FROM OLD.reconocido_por_id
       OR (NEW.id, NEW.entera_id, NEW.salio_id, NEW.piezas, NEW.lineas, NEW.importe, NEW.razon, NEW.reconocido_por_id)
          IS DISTINCT FROM
          (OLD.id, OLD.entera_id, OLD.salio_id, OLD.piezas, OLD.lineas, OLD.importe, OLD.razon, OLD.reconocido_por_id)
    THEN
        RAISE EXCEPTION 'Un lote reconocido no se edita ni se borra.' USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lote_fijo BEFORE UPDATE OR DELETE ON recaudacion_lotereconocido
    FOR EACH ROW EXECUTE FUNCTION recaudo_lote_fijo();
-- It is being affirmed, or reverted, by the act in course: `hecho_id` is that of the last of both.
CREATE FUNCTION recaudo_es_el_lote_del_acto(d recaudacion_lotereconocido) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(d.hecho_id = (recaudo_en_curso()).hecho, false)
$$;

-- A line never changes, but one believed seen that a person declared money of its own: it takes its
-- place among the entries of the account, and leaves it once if another person reverts that. One that a notice
-- told and the statement of its day does not have leaves its place when two people say so.
CREATE FUNCTION recaudo_linea_fija() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.resultado = 'YA_VISTA' AND NEW.resultado IN ('POR_IDENTIFICAR', 'CARGO')
       AND to_jsonb(NEW) - '{resultado,motivo,ocurrencia}'::text[] = to_jsonb(OLD) - '{resultado,motivo,ocurrencia}'::text[]
       AND EXISTS (SELECT 1 FROM recaudacion_dinerodeclarado d WHERE d.linea_id = OLD.id - greatest(OLD.parte - 1, 0)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.motivo = 'DECLARADO_PROPIO' AND NEW.resultado = 'YA_VISTA' AND NEW.ocurrencia = 0
       AND to_jsonb(NEW) - '{resultado,motivo,ocurrencia}'::text[] = to_jsonb(OLD) - '{resultado,motivo,ocurrencia}'::text[]
       AND EXISTS (SELECT 1 FROM recaudacion_declaracionrevertida d
                    WHERE d.declaracion_id = OLD.id - greatest(OLD.parte - 1, 0)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{resultado,motivo,ocurrencia,duplica_a,detalla_a}'::text[]
           = to_jsonb(OLD) - '{resultado,motivo,ocurrencia,duplica_a,detalla_a}'::text[]
       AND EXISTS (SELECT 1 FROM recaudacion_lotereconocido d
                    WHERE OLD.id = ANY (d.lineas) AND recaudo_es_el_lote_del_acto(d)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.resultado = 'RECHAZADA' AND NEW.motivo = 'DESMENTIDA' AND NEW.ocurrencia = 0
       AND to_jsonb(NEW) - '{resultado,motivo,ocurrencia}'::text[] = to_jsonb(OLD) - '{resultado,motivo,ocurrencia}'::text[]
       AND EXISTS (SELECT 1 FROM recaudacion_desmentidodeaviso d
                    WHERE d.linea_id IN (OLD.id - greatest(OLD.parte - 1, 0), OLD.detalla_a) AND d.estado = 'aprobada') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Una línea de extracto no se edita ni se borra.' USING ERRCODE = 'RC001';
END $$;
CREATE TRIGGER linea_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_lineaextracto
    FOR EACH ROW EXECUTE FUNCTION recaudo_linea_fija();
CREATE TRIGGER pago_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_pago
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_aplicacion
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER extracto_sin_vaciar BEFORE TRUNCATE ON recaudacion_extracto
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER linea_sin_vaciar BEFORE TRUNCATE ON recaudacion_lineaextracto
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER pago_sin_vaciar BEFORE TRUNCATE ON recaudacion_pago
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_rubro_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_aplicacionrubro
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_rubro_sin_vaciar BEFORE TRUNCATE ON recaudacion_aplicacionrubro
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_sin_vaciar BEFORE TRUNCATE ON recaudacion_aplicacion
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER comprobante_sin_vaciar BEFORE TRUNCATE ON recaudacion_comprobante
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER detalle_sin_vaciar BEFORE TRUNCATE ON recaudacion_comprobantedetalle
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER credito_sin_vaciar BEFORE TRUNCATE ON recaudacion_creditoafavor
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER valor_sin_vaciar BEFORE TRUNCATE ON recaudacion_valorporaplicar
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cuenta_sin_vaciar BEFORE TRUNCATE ON recaudacion_cuentabancaria
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER pieza_sin_vaciar BEFORE TRUNCATE ON recaudacion_piezacontada
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER declarado_sin_vaciar BEFORE TRUNCATE ON recaudacion_dinerodeclarado
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER revertida_sin_vaciar BEFORE TRUNCATE ON recaudacion_declaracionrevertida
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER reverso_sin_vaciar BEFORE TRUNCATE ON recaudacion_reversobancario
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aclaracion_sin_vaciar BEFORE TRUNCATE ON recaudacion_aclaraciondecargo
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER desmentido_sin_vaciar BEFORE TRUNCATE ON recaudacion_desmentidodeaviso
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER lote_sin_vaciar BEFORE TRUNCATE ON recaudacion_lotereconocido
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- Which messages told an entry of an account besides the one that opened it: repeating it, detailing it, or whole.
CREATE VIEW recaudacion_contado AS
SELECT l.duplica_a AS movimiento_id, l.id AS linea_id, e.formato
  FROM recaudacion_lineaextracto l JOIN recaudacion_extracto e ON e.id = l.extracto_id
 WHERE l.duplica_a IS NOT NULL AND l.motivo <> 'AGRUPADA_DUDOSA'
UNION ALL
SELECT l.detalla_a, l.id, e.formato
  FROM recaudacion_lineaextracto l JOIN recaudacion_extracto e ON e.id = l.extracto_id
 WHERE l.detalla_a IS NOT NULL
UNION ALL
SELECT p.movimiento_id, p.linea_id, e.formato
  FROM recaudacion_piezacontada p
  JOIN recaudacion_lineaextracto l ON l.id = p.linea_id
  JOIN recaudacion_extracto e ON e.id = l.extracto_id;
-- A piece stays counted, but when who affirmed it is reverted.
CREATE FUNCTION recaudo_pieza_fija() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM recaudacion_lotereconocido d
                                     WHERE OLD.movimiento_id = ANY (d.piezas) AND d.revertido_en IS NOT NULL
                                       AND recaudo_es_el_lote_del_acto(d)) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Una pieza contada no se edita ni se borra.' USING ERRCODE = 'RC001';
END $$;
CREATE TRIGGER pieza_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_piezacontada
    FOR EACH ROW EXECUTE FUNCTION recaudo_pieza_fija();

-- What was proposed about a debit never changes but in how it ended; then nothing of it does.
CREATE FUNCTION recaudo_aclaracion_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.estado <> 'propuesta'
       OR (NEW.id, NEW.cargo_id, NEW.destino, NEW.contra_id, NEW.razon, NEW.propuesta_por, NEW.propuesta_el)
          IS DISTINCT FROM
          (OLD.id, OLD.cargo_id, OLD.destino, OLD.contra_id, OLD.razon, OLD.propuesta_por, OLD.propuesta_el) THEN
        RAISE EXCEPTION 'Una aclaración no se edita ni se borra.' USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aclaracion_fija BEFORE UPDATE OR DELETE ON recaudacion_aclaraciondecargo
    FOR EACH ROW EXECUTE FUNCTION recaudo_aclaracion_fija();
CREATE TRIGGER aclaracion_estado AFTER UPDATE ON recaudacion_aclaraciondecargo
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('aclaracion_de_cargo');
CREATE TRIGGER aclaracion_nace AFTER INSERT ON recaudacion_aclaraciondecargo
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('aclaracion_de_cargo');

-- What was proposed about a notice never changes but in how it ended; then nothing of it does.
CREATE FUNCTION recaudo_desmentido_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.estado <> 'propuesta'
       OR (NEW.id, NEW.linea_id, NEW.importe, NEW.razon, NEW.propuesta_por, NEW.propuesta_el)
          IS DISTINCT FROM
          (OLD.id, OLD.linea_id, OLD.importe, OLD.razon, OLD.propuesta_por, OLD.propuesta_el) THEN
        RAISE EXCEPTION 'Un desmentido no se edita ni se borra.' USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER desmentido_fijo BEFORE UPDATE OR DELETE ON recaudacion_desmentidodeaviso
    FOR EACH ROW EXECUTE FUNCTION recaudo_desmentido_fijo();
CREATE TRIGGER desmentido_estado AFTER UPDATE ON recaudacion_desmentidodeaviso
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('desmentido_de_aviso');
CREATE TRIGGER desmentido_nace AFTER INSERT ON recaudacion_desmentidodeaviso
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('desmentido_de_aviso');

-- What the bank said last of each account: the closing balance that no other statement of that day continues.
CREATE VIEW recaudacion_ultimo_saldo AS
SELECT DISTINCT ON (e.cuenta_id) e.cuenta_id, e.id AS extracto_id, e.fecha_saldo, e.saldo_final, e.cierra_el_dia
  FROM recaudacion_extracto e
 WHERE e.estado = 'confirmado' AND e.formato = 'camt053' AND e.saldo_final IS NOT NULL AND e.fecha_saldo IS NOT NULL
 ORDER BY e.cuenta_id, e.fecha_saldo DESC,
          EXISTS (SELECT 1 FROM recaudacion_extracto s
                   WHERE s.cuenta_id = e.cuenta_id AND s.estado = 'confirmado' AND s.formato = 'camt053' AND s.id <> e.id
                     AND s.fecha_saldo = e.fecha_saldo AND s.saldo_inicial = e.saldo_final
                     AND s.saldo_final <> s.saldo_inicial),
          e.hasta_instante DESC NULLS LAST, e.id DESC;

-- Entries in our books that the last balance of the bank does not say anything of: booked after its day (or on it,
-- if the balance is of some hour of that day and only a notice told the entry), and told by no statement that it closes.
-- Whatever else is in the books is in that balance, or is a difference.
CREATE VIEW recaudacion_por_venir AS
SELECT l.cuenta_id, l.id AS linea_id, l.entrada
  FROM recaudacion_ultimo_saldo u
  JOIN recaudacion_extracto e ON e.cuenta_id = u.cuenta_id AND e.estado = 'confirmado' AND e.ultima_fecha >= u.fecha_saldo
   AND (e.ultima_fecha > u.fecha_saldo OR NOT u.cierra_el_dia AND e.formato = 'camt054') -- others: not one line is read
  JOIN recaudacion_lineaextracto l ON l.id > e.base_linea AND l.id <= e.base_linea + e.lineas
 WHERE l.ocurrencia > 0 AND l.fecha_contable >= u.fecha_saldo
   AND (l.fecha_contable > u.fecha_saldo OR NOT u.cierra_el_dia AND e.formato = 'camt054')
   AND NOT EXISTS (SELECT 1 FROM recaudacion_contado y
                     JOIN recaudacion_lineaextracto t ON t.id = y.linea_id
                     JOIN recaudacion_extracto x ON x.id = t.extracto_id
                    WHERE y.movimiento_id = l.id AND y.formato = 'camt053' AND x.fecha_saldo <= u.fecha_saldo);

-- Of each own account: what the bank says last, its day, and what our books say to that day, by the sums kept of the
-- ledger and its tail. `desde`: the first day after the opening balance of the account.
CREATE VIEW recaudacion_saldodecuenta AS
SELECT c.id AS cuenta_id, u.extracto_id, u.fecha_saldo AS fecha, coalesce(u.cierra_el_dia, false) AS cierra_el_dia,
       u.saldo_final AS banco, least(a.desde, coalesce(a.primera_fecha, a.fecha_saldo)) AS desde,
       (coalesce((SELECT sum(s.debe - s.haber) FROM contabilidad_sumadetramo s
                   WHERE s.cuenta_id = c.cuenta_contable_id), 0)
      + coalesce((SELECT sum(p.debe - p.haber) FROM contabilidad_partida p
                   WHERE p.cuenta_id = c.cuenta_contable_id AND p.lote = 0
                     AND p.asiento_id > coalesce((SELECT max(t.hasta_id) FROM contabilidad_tramosumado t
                                                   WHERE t.lote = 0), 0)), 0)
      - coalesce((SELECT sum(v.entrada) FROM recaudacion_por_venir v WHERE v.cuenta_id = c.id), 0))::bigint AS libro
  FROM recaudacion_cuentabancaria c
  LEFT JOIN recaudacion_ultimo_saldo u ON u.cuenta_id = c.id
  LEFT JOIN recaudacion_extracto a ON a.cuenta_id = c.id AND a.es_apertura;
