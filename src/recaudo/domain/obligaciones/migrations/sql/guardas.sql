-- The debtor and its sucursal, in one key; without sucursal, the debtor alone (the mass always has one).
ALTER TABLE obligaciones_obligacion ADD CONSTRAINT obligacion_de_su_sucursal
    FOREIGN KEY (empleador_id, sucursal_id) REFERENCES afiliacion_sucursal (empleador_id, id);
CREATE FUNCTION recaudo_deudor_existe() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.empleador_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM afiliacion_empleador WHERE id = NEW.empleador_id))
       OR (NEW.persona_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM afiliacion_persona WHERE id = NEW.persona_id)) THEN
        RAISE EXCEPTION 'La obligación % nombra un deudor que no existe.', NEW.id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER obligacion_con_deudor AFTER INSERT ON obligaciones_obligacion
    FOR EACH ROW WHEN (NEW.sucursal_id IS NULL) EXECUTE FUNCTION recaudo_deudor_existe();

-- What was emitted never changes and no debt is deleted; state changes follow the table.
CREATE FUNCTION recaudo_obligacion_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Una obligación no se borra: se anula.' USING ERRCODE = 'RC001';
    END IF;
    RAISE EXCEPTION 'La obligación % no se edita: se anula y se emite otra.', OLD.id USING ERRCODE = 'RC001';
END $$;
-- Only an UPDATE that names a fixed column asks: a payment touches none of them.
CREATE TRIGGER obligacion_fija BEFORE UPDATE OF id, empleador_id, persona_id, sucursal_id, clase, naturaleza,
        materia_tipo, materia_id, clave, periodo, version, lote, fecha_emision, fecha_vencimiento, capital_personal,
        capital_patronal, capital_ccc, capital_otros, ivm, lod, salud, riesgos, cesantia, desempleo, ssc, gastos_adm
    ON obligaciones_obligacion
    FOR EACH ROW WHEN ((NEW.id, NEW.empleador_id, NEW.persona_id, NEW.sucursal_id, NEW.clase, NEW.naturaleza,
        NEW.materia_tipo, NEW.materia_id, NEW.clave, NEW.periodo, NEW.version, NEW.lote, NEW.fecha_emision,
        NEW.fecha_vencimiento, NEW.capital_personal, NEW.capital_patronal, NEW.capital_ccc, NEW.capital_otros, NEW.ivm,
        NEW.lod, NEW.salud, NEW.riesgos, NEW.cesantia, NEW.desempleo, NEW.ssc, NEW.gastos_adm)
        IS DISTINCT FROM
        (OLD.id, OLD.empleador_id, OLD.persona_id, OLD.sucursal_id, OLD.clase, OLD.naturaleza,
        OLD.materia_tipo, OLD.materia_id, OLD.clave, OLD.periodo, OLD.version, OLD.lote, OLD.fecha_emision,
        OLD.fecha_vencimiento, OLD.capital_personal, OLD.capital_patronal, OLD.capital_ccc, OLD.capital_otros, OLD.ivm,
        OLD.lod, OLD.salud, OLD.riesgos, OLD.cesantia, OLD.desempleo, OLD.ssc, OLD.gastos_adm))
    EXECUTE FUNCTION recaudo_obligacion_fija();
CREATE TRIGGER obligacion_no_se_borra BEFORE DELETE ON obligaciones_obligacion
    FOR EACH ROW EXECUTE FUNCTION recaudo_obligacion_fija();
CREATE TRIGGER obligacion_sin_vaciar BEFORE TRUNCATE ON obligaciones_obligacion
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER obligacion_estado AFTER UPDATE ON obligaciones_obligacion
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('obligacion');
CREATE TRIGGER obligacion_nace AFTER INSERT ON obligaciones_obligacion
    REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('obligacion');

-- The rubros of a debt: born once, and together they are its column `otros`, at the end of the transaction.
CREATE TRIGGER saldo_rubro_fijo BEFORE UPDATE OF id, obligacion_id, rubro, fondo, capital ON obligaciones_saldorubro
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER saldo_rubro_no_se_borra BEFORE DELETE ON obligaciones_saldorubro
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER saldo_rubro_sin_vaciar BEFORE TRUNCATE ON obligaciones_saldorubro
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE FUNCTION recaudo_rubros_suman() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    deuda bigint := CASE TG_TABLE_NAME WHEN 'obligaciones_saldorubro' THEN (to_jsonb(NEW)->>'obligacion_id')::bigint
                                       ELSE (to_jsonb(NEW)->>'id')::bigint END;
BEGIN
    IF EXISTS (SELECT 1
                 FROM obligaciones_obligacion o
                 LEFT JOIN obligaciones_saldorubro r ON r.obligacion_id = o.id
                WHERE o.id = deuda
                GROUP BY o.id
               HAVING coalesce(sum(r.capital), 0) <> o.capital_otros OR coalesce(sum(r.saldo), 0) <> o.saldo_otros) THEN
        RAISE EXCEPTION 'Los rubros de la obligación % no suman lo que ella dice.', deuda USING ERRCODE = 'RC004';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rubros_suman AFTER INSERT OR UPDATE ON obligaciones_saldorubro
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recaudo_rubros_suman();
CREATE CONSTRAINT TRIGGER obligacion_nace_con_rubros AFTER INSERT ON obligaciones_obligacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.capital_otros > 0) EXECUTE FUNCTION recaudo_rubros_suman();
CREATE CONSTRAINT TRIGGER obligacion_mueve_sus_rubros AFTER UPDATE OF saldo_otros ON obligaciones_obligacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.saldo_otros IS DISTINCT FROM NEW.saldo_otros)
    EXECUTE FUNCTION recaudo_rubros_suman();

-- The payments of one statement change every row of a page: the new versions fit beside the old ones, and no index
-- watches what a payment changes (the nightly close and the emission of glosas read the whole table once a day).
ALTER TABLE obligaciones_obligacion SET (fillfactor = 45); -- not law: room for the updated row in its own page
