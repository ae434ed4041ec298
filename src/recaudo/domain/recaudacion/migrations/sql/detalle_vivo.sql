-- A debt is in one payable comprobante at most (D16), said by a unique index over the debts that are
-- held now. Nothing large changes when a comprobante stops being payable: its rows here go away.
CREATE UNIQUE INDEX detalle_en_un_solo_comprobante_vivo ON recaudacion_detallevivo (obligacion_id);

CREATE FUNCTION recaudo_detalle_ocupa() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO recaudacion_detallevivo (comprobante_id, obligacion_id)
    SELECT n.comprobante_id, n.obligacion_id
      FROM nuevos n JOIN recaudacion_comprobante c ON c.id = n.comprobante_id
     WHERE c.estado = 'generado';
    RETURN NULL;
END $$;
CREATE TRIGGER detalle_ocupa AFTER INSERT ON recaudacion_comprobantedetalle
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_detalle_ocupa();

-- A comprobante that stops being payable frees its obligations.
CREATE FUNCTION recaudo_comprobante_libera() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM recaudacion_detallevivo d USING nuevas n
     WHERE d.comprobante_id = n.id AND n.estado <> 'generado';
    RETURN NULL;
END $$;
CREATE TRIGGER comprobante_libera AFTER UPDATE ON recaudacion_comprobante
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_comprobante_libera();

-- One statement of a bank changes the state of every row of a page: the new versions fit beside the
-- old ones, and as no index watches the state, none of them is touched.
ALTER TABLE recaudacion_comprobante SET (fillfactor = 45); -- not law: room for the updated row in its own page
