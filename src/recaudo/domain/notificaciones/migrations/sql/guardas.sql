CREATE TRIGGER notificacion_estado AFTER UPDATE ON notificaciones_notificacion
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('notificacion');
CREATE TRIGGER notificacion_nace AFTER INSERT ON notificaciones_notificacion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('notificacion');
CREATE TRIGGER termino_solo_agregar BEFORE UPDATE OR DELETE ON notificaciones_termino
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
