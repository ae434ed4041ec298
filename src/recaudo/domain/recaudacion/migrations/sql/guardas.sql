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

-- A comprobante that stops being payable frees its obligations (D16).
CREATE FUNCTION recaudo_detalle_vivo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE recaudacion_comprobantedetalle d SET vivo = false
      FROM nuevas n JOIN viejas v USING (id)
     WHERE d.comprobante_id = n.id AND v.estado = 'generado' AND n.estado <> 'generado' AND d.vivo;
    RETURN NULL;
END $$;
CREATE TRIGGER comprobante_libera AFTER UPDATE ON recaudacion_comprobante
    REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_detalle_vivo();

-- What entered never changes.
CREATE TRIGGER extracto_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_extracto
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER linea_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_lineaextracto
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER pago_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_pago
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER aplicacion_solo_agregar BEFORE UPDATE OR DELETE ON recaudacion_aplicacion
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
