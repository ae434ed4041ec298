CREATE TRIGGER notificacion_estado AFTER UPDATE ON notificaciones_notificacion
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('notificacion');
CREATE TRIGGER notificacion_nace AFTER INSERT ON notificaciones_notificacion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('notificacion');

-- What was sent, and how it was received, never changes; a notice is not deleted (P23).
CREATE FUNCTION recaudo_notificacion_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'La notificación % no se borra.', OLD.id USING ERRCODE = 'RC001';
    END IF;
    IF (NEW.destinatario_tipo, NEW.destinatario_id, NEW.provincia, NEW.cantones, NEW.materia_tipo, NEW.materia_id, NEW.asunto,
        NEW.documento_id, NEW.canal, NEW.intento, NEW.depositada_el, NEW.depositada_en, NEW.abrir_hasta, NEW.hecho_id)
       IS DISTINCT FROM
       (OLD.destinatario_tipo, OLD.destinatario_id, OLD.provincia, OLD.cantones, OLD.materia_tipo, OLD.materia_id, OLD.asunto,
        OLD.documento_id, OLD.canal, OLD.intento, OLD.depositada_el, OLD.depositada_en, OLD.abrir_hasta, OLD.hecho_id)
       OR (OLD.estado IN ('por_surtir', 'recibida') AND (NEW.surtira_el, NEW.recibida_en, NEW.recibida_por, NEW.prueba)
           IS DISTINCT FROM (OLD.surtira_el, OLD.recibida_en, OLD.recibida_por, OLD.prueba))
       OR (OLD.estado = 'recibida' AND (NEW.recibida_el, NEW.surte_efecto) IS DISTINCT FROM (OLD.recibida_el, OLD.surte_efecto))
       OR (OLD.estado = 'fallida' AND NEW.motivo_fallo <> OLD.motivo_fallo) THEN
        RAISE EXCEPTION 'La notificación % no se edita: su constancia es la que fue.', OLD.id
            USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notificacion_fija BEFORE UPDATE OR DELETE ON notificaciones_notificacion
    FOR EACH ROW EXECUTE FUNCTION recaudo_notificacion_fija();
CREATE TRIGGER notificacion_sin_vaciar BEFORE TRUNCATE ON notificaciones_notificacion
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- A deadline that runs from a notice belongs to one that was received, on its date (P03): no proof, no
-- deadline. One that replaces another keeps where it runs from.
CREATE FUNCTION recaudo_plazo_con_prueba() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM notificaciones_notificacion n
                    WHERE n.id = NEW.origen_id AND n.estado = 'recibida' AND n.surte_efecto
                      AND n.recibida_el = NEW.desde
                      AND (n.materia_tipo, n.materia_id) = (NEW.materia_tipo, NEW.materia_id)) THEN
        RAISE EXCEPTION 'Un plazo que corre desde una notificación necesita su constancia de recepción.'
            USING ERRCODE = 'RC007';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plazo_con_prueba BEFORE INSERT ON plazos_plazo
    FOR EACH ROW WHEN (NEW.origen_tipo = 'notificacion') EXECUTE FUNCTION recaudo_plazo_con_prueba();
