CREATE TRIGGER copia_estado AFTER UPDATE ON copias_pedidodecopias
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('copia');
CREATE TRIGGER copia_nace AFTER INSERT ON copias_pedidodecopias
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_estado_inicial('copia');
CREATE TRIGGER copia_no_se_borra BEFORE DELETE ON copias_pedidodecopias
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER copia_sin_vaciar BEFORE TRUNCATE ON copias_pedidodecopias
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
