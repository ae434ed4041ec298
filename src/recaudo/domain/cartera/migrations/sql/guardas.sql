CREATE TRIGGER glosa_estado AFTER UPDATE ON cartera_glosa
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('glosa');
CREATE TRIGGER glosa_nace AFTER INSERT ON cartera_glosa
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('glosa');
CREATE TRIGGER evento_solo_agregar BEFORE UPDATE OR DELETE ON cartera_eventodeplazo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER dia_cerrado_solo_agregar BEFORE UPDATE OR DELETE ON cartera_diacerrado
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
