-- The debtor and its sucursal, in one key.
ALTER TABLE obligaciones_obligacion ADD CONSTRAINT obligacion_de_su_sucursal
    FOREIGN KEY (empleador_id, sucursal_id) REFERENCES afiliacion_sucursal (empleador_id, id);

-- What was emitted never changes and no debt is deleted; state changes follow the table.
CREATE FUNCTION recaudo_obligacion_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Una obligación no se borra: se anula.' USING ERRCODE = 'RC001';
    END IF;
    IF (NEW.id, NEW.empleador_id, NEW.sucursal_id, NEW.clase, NEW.periodo, NEW.version, NEW.lote, NEW.fecha_emision,
        NEW.fecha_vencimiento, NEW.capital_personal, NEW.capital_patronal, NEW.capital_ccc)
       IS DISTINCT FROM
       (OLD.id, OLD.empleador_id, OLD.sucursal_id, OLD.clase, OLD.periodo, OLD.version, OLD.lote, OLD.fecha_emision,
        OLD.fecha_vencimiento, OLD.capital_personal, OLD.capital_patronal, OLD.capital_ccc) THEN
        RAISE EXCEPTION 'La obligación % no se edita: se anula y se emite otra.', OLD.id USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
-- Only an UPDATE that names a fixed column asks: a payment touches none of them.
CREATE TRIGGER obligacion_fija BEFORE DELETE OR UPDATE OF id, empleador_id, sucursal_id, clase, periodo, version,
        lote, fecha_emision, fecha_vencimiento, capital_personal, capital_patronal, capital_ccc
    ON obligaciones_obligacion
    FOR EACH ROW EXECUTE FUNCTION recaudo_obligacion_fija();
CREATE TRIGGER obligacion_sin_vaciar BEFORE TRUNCATE ON obligaciones_obligacion
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER obligacion_estado AFTER UPDATE ON obligaciones_obligacion
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('obligacion');
CREATE TRIGGER obligacion_nace AFTER INSERT ON obligaciones_obligacion
    REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('obligacion');
