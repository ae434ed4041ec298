CREATE TRIGGER glosa_estado AFTER UPDATE ON cartera_glosa
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('glosa');
CREATE TRIGGER glosa_nace AFTER INSERT ON cartera_glosa
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('glosa');
CREATE TRIGGER dia_cerrado_solo_agregar BEFORE UPDATE OR DELETE ON cartera_diacerrado
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER dia_cerrado_sin_vaciar BEFORE TRUNCATE ON cartera_diacerrado
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER glosa_sin_vaciar BEFORE TRUNCATE ON cartera_glosa
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- What was assessed never changes: a wrong glosa is annulled and another one is emitted.
CREATE FUNCTION recaudo_glosa_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'La glosa % no se borra: se anula.', OLD.numero USING ERRCODE = 'RC001';
    END IF;
    IF (NEW.id, NEW.numero, NEW.obligacion_id, NEW.empleador_id, NEW.persona_id, NEW.provincia, NEW.fecha_emision, NEW.capital,
        NEW.interes, NEW.traza_interes, NEW.documento_id, NEW.estado_verificacion, NEW.hecho_id)
       IS DISTINCT FROM
       (OLD.id, OLD.numero, OLD.obligacion_id, OLD.empleador_id, OLD.persona_id, OLD.provincia, OLD.fecha_emision, OLD.capital,
        OLD.interes, OLD.traza_interes, OLD.documento_id, OLD.estado_verificacion, OLD.hecho_id) THEN
        RAISE EXCEPTION 'La glosa % no se edita: se anula y se emite otra.', OLD.numero USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER glosa_fija BEFORE UPDATE OR DELETE ON cartera_glosa
    FOR EACH ROW EXECUTE FUNCTION recaudo_glosa_fija();

-- Closed days form one chain without holes: the first has no previous, each other follows the day before (S14).
ALTER TABLE cartera_diacerrado ADD CONSTRAINT dia_cerrado_contiguo CHECK (anterior IS NULL OR fecha = anterior + 1);
ALTER TABLE cartera_diacerrado ADD CONSTRAINT dia_cerrado_sigue_a_otro
    FOREIGN KEY (anterior) REFERENCES cartera_diacerrado (fecha);
CREATE UNIQUE INDEX dia_cerrado_un_solo_primero ON cartera_diacerrado ((anterior IS NULL)) WHERE anterior IS NULL;

-- A closed day takes no posting (D14). One that was closed on its own date takes what that date still brings, until the
-- next one is closed. Whoever posts on a date holds it, shared, until its transaction ends; whoever closes it waits.
CREATE FUNCTION recaudo_tomar_dia(dia date) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtext('recaudo.dia'), dia - DATE '2000-01-01')
$$;
CREATE FUNCTION recaudo_dia_tomado() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM recaudo_tomar_dia(NEW.fecha);
    RETURN NEW;
END $$;
CREATE TRIGGER dia_tomado BEFORE INSERT ON cartera_diacerrado
    FOR EACH ROW EXECUTE FUNCTION recaudo_dia_tomado();
CREATE OR REPLACE FUNCTION recaudo_exigir_dia_abierto(dia date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    cerrado date;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('recaudo.dia'), dia - DATE '2000-01-01');
    SELECT max(c.fecha) INTO cerrado FROM cartera_diacerrado c
     WHERE c.fecha > dia OR (c.fecha = dia AND c.cerrado_el > c.fecha);
    IF cerrado IS NOT NULL THEN
        RAISE EXCEPTION 'No se asienta con fecha %: ese día ya está cerrado (último cierre: %). Corrija con la fecha de hoy.',
            to_char(dia, 'DD/MM/YYYY'), to_char(cerrado, 'DD/MM/YYYY') USING ERRCODE = 'RC008';
    END IF;
END $$;
CREATE FUNCTION recaudo_dia_abierto() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM recaudo_exigir_dia_abierto(d.fecha) FROM (SELECT DISTINCT fecha FROM nuevos ORDER BY fecha) d;
    RETURN NULL;
END $$;
CREATE TRIGGER asiento_en_dia_abierto AFTER INSERT ON contabilidad_asiento_corriente
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_dia_abierto();
CREATE TRIGGER asiento_en_dia_abierto AFTER INSERT ON contabilidad_asiento
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_dia_abierto();

-- How SQL writes what it does not compute: AAAAMM as a month.
CREATE FUNCTION recaudo_mes(periodo integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (periodo / 100)::text || '-' || lpad((periodo % 100)::text, 2, '0')
$$;
