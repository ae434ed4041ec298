-- A published rate is never edited: it waits for a decision, it is approved or returned once, and that is all.
CREATE FUNCTION recaudo_tasa_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.aprobada_en IS NULL AND OLD.devuelta_en IS NULL THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'Una tasa aprobada no se borra.' USING ERRCODE = 'RC001';
    END IF;
    IF OLD.aprobada_en IS NOT NULL OR OLD.devuelta_en IS NOT NULL
       OR (NEW.id, NEW.desde, NEW.hasta, NEW.tasa, NEW.fuente, NEW.estado_verificacion, NEW.registrada_por,
           NEW.registrada_en)
          IS DISTINCT FROM
          (OLD.id, OLD.desde, OLD.hasta, OLD.tasa, OLD.fuente, OLD.estado_verificacion, OLD.registrada_por,
           OLD.registrada_en) THEN
        RAISE EXCEPTION 'Una tasa publicada no se edita: solo se aprueba o se devuelve, una vez.' USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tasa_fija BEFORE UPDATE OR DELETE ON parametros_tasapublicada
    FOR EACH ROW EXECUTE FUNCTION recaudo_tasa_fija();
CREATE TRIGGER tasa_sin_vaciar BEFORE TRUNCATE ON parametros_tasapublicada
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
