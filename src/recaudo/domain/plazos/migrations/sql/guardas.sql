CREATE TRIGGER plazo_solo_agregar BEFORE UPDATE OR DELETE ON plazos_plazo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER plazo_sin_vaciar BEFORE TRUNCATE ON plazos_plazo
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER evento_solo_agregar BEFORE UPDATE OR DELETE ON plazos_eventodeplazo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER evento_sin_vaciar BEFORE TRUNCATE ON plazos_eventodeplazo
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- A deadline that replaces another is of the same matter, rule and party, and comes while the other is still
-- running: a term is extended before it ends, never afterwards (COA 161). It does not end before the other
-- (P17) unless a suspension ended earlier than it was said, and never before the first of the chain.
CREATE FUNCTION recaudo_plazo_reemplaza() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE malo bigint;
BEGIN
    SELECT n.id INTO malo FROM nuevos n JOIN plazos_plazo v ON v.id = n.reemplaza_a_id
     WHERE (v.materia_tipo, v.materia_id, v.regla, v.parte_tipo, v.parte_id)
           <> (n.materia_tipo, n.materia_id, n.regla, n.parte_tipo, n.parte_id)
        OR (n.vence_max < v.vence_max AND n.suspensiones = v.suspensiones)
        OR n.vence_max < (SELECT min(o.vence_max) FROM plazos_plazo o
                           WHERE (o.materia_tipo, o.materia_id, o.regla, o.parte_tipo, o.parte_id)
                               = (v.materia_tipo, v.materia_id, v.regla, v.parte_tipo, v.parte_id)
                             AND o.reemplaza_a_id IS NULL)
        OR NOT EXISTS (SELECT 1 FROM plazos_plazopendiente p WHERE p.plazo_id = v.id)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'El plazo % no puede reemplazar a otro: es de otra materia, lo acorta o llega cuando ya terminó.', malo
            USING ERRCODE = 'RC007';
    END IF;
    DELETE FROM plazos_plazopendiente p USING nuevos n WHERE p.plazo_id = n.reemplaza_a_id;
    INSERT INTO plazos_plazopendiente (plazo_id, vence) SELECT id, vence FROM nuevos;
    RETURN NULL;
END $$;
CREATE TRIGGER plazo_corre AFTER INSERT ON plazos_plazo
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_plazo_reemplaza();

-- An end is of a deadline that runs, with its own last day, and then it runs no more.
CREATE FUNCTION recaudo_plazo_termina() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    malo bigint;
BEGIN
    SELECT n.plazo_id INTO malo FROM nuevos n LEFT JOIN plazos_plazopendiente p ON p.plazo_id = n.plazo_id
     WHERE p.plazo_id IS NULL OR p.vence IS DISTINCT FROM n.vence LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'El plazo % no está corriendo, o no vence ese día.', malo USING ERRCODE = 'RC007';
    END IF;
    DELETE FROM plazos_plazopendiente p USING nuevos n WHERE p.plazo_id = n.plazo_id;
    RETURN NULL;
END $$;
CREATE TRIGGER plazo_termina AFTER INSERT ON plazos_eventodeplazo
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_plazo_termina();

-- Hold deadlines that run, in one order, until the transaction ends; who may only read them asks for it.
CREATE FUNCTION recaudo_tomar_plazos(cuales bigint[]) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FROM (SELECT 1 FROM plazos_plazopendiente p WHERE p.plazo_id = ANY (cuales)
                           ORDER BY p.plazo_id FOR UPDATE) f
$$;
