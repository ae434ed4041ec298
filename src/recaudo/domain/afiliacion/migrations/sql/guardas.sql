-- What an employer sent, what became of it, and which months are closed: only added, never changed.
CREATE TRIGGER archivo_novedades_solo_agregar BEFORE UPDATE OR DELETE ON afiliacion_archivonovedades
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER fila_novedades_solo_agregar BEFORE UPDATE OR DELETE ON afiliacion_filanovedades
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cierre_novedades_solo_agregar BEFORE UPDATE OR DELETE ON afiliacion_cierrenovedades
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cambio_sueldo_solo_agregar BEFORE UPDATE OR DELETE ON afiliacion_cambiosueldo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();

-- Hold an employer until the transaction ends, so that what is done for it goes one after the other.
CREATE FUNCTION recaudo_tomar_empleador(cual bigint) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FROM (SELECT 1 FROM afiliacion_empleador e WHERE e.id = cual FOR NO KEY UPDATE) f
$$;
