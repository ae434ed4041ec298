-- Lines of planillas, one partition per mass emission chunk; amounts in cents. Never changed.
--
-- Three references have no foreign key: a mass partition would need a lock on the tables it names
-- that stops the other chunks and the portal. Instead: a line is born with its planilla and its
-- relation (checked by statement here, by construction in a chunk), and none of them is ever deleted.
CREATE TABLE planillas_planillalinea (
    lote        integer  NOT NULL DEFAULT 0,
    planilla_id bigint   NOT NULL,
    relacion_id bigint   NOT NULL,
    persona_id  bigint   NOT NULL,
    dias        smallint NOT NULL,
    sueldo      bigint   NOT NULL,
    extras      bigint   NOT NULL,
    base        bigint   NOT NULL,
    personal    bigint   NOT NULL,
    total       bigint   NOT NULL,
    ivm         bigint   NOT NULL,
    lod         bigint   NOT NULL,
    salud       bigint   NOT NULL,
    riesgos     bigint   NOT NULL,
    cesantia    bigint   NOT NULL,
    desempleo   bigint   NOT NULL,
    ssc         bigint   NOT NULL,
    gastos_adm  bigint   NOT NULL,
    PRIMARY KEY (lote, planilla_id, relacion_id),
    CONSTRAINT linea_distribuye_todo
        CHECK (total = ivm + lod + salud + riesgos + cesantia + desempleo + ssc + gastos_adm)
) PARTITION BY LIST (lote);
CREATE TABLE planillas_planillalinea_corriente PARTITION OF planillas_planillalinea FOR VALUES IN (0);

CREATE TRIGGER linea_solo_agregar BEFORE UPDATE OR DELETE ON planillas_planillalinea
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER linea_sin_vaciar BEFORE TRUNCATE ON planillas_planillalinea
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER linea_sin_vaciar BEFORE TRUNCATE ON planillas_planillalinea_corriente
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER planilla_solo_agregar BEFORE UPDATE OR DELETE ON planillas_planilla
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER planilla_sin_vaciar BEFORE TRUNCATE ON planillas_planilla
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- Ordinary lines come all in one statement after their planilla: each of a relation of its person,
-- and the planilla equal to the sum of its lines. So a line added later is refused too.
CREATE FUNCTION recaudo_lineas_de_su_planilla() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    mala bigint;
BEGIN
    SELECT n.planilla_id INTO mala FROM nuevas n
     WHERE (SELECT r.persona_id FROM afiliacion_relacionlaboral r WHERE r.id = n.relacion_id)
           IS DISTINCT FROM n.persona_id
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'La planilla % tiene una línea que no es de un trabajador registrado.', mala
            USING ERRCODE = 'RC004';
    END IF;
    SELECT n.planilla_id INTO mala
      FROM (SELECT DISTINCT lote, planilla_id FROM nuevas) n,
           LATERAL (SELECT count(*) AS trabajadores, sum(base) AS base, sum(personal) AS personal,
                           sum(total) AS total
                      FROM planillas_planillalinea_corriente l
                     WHERE l.lote = n.lote AND l.planilla_id = n.planilla_id) s
     WHERE NOT EXISTS (SELECT 1 FROM planillas_planilla p
                        WHERE p.obligacion_id = n.planilla_id AND p.lote = n.lote
                          AND p.trabajadores = s.trabajadores AND p.masa_salarial = s.base
                          AND p.personal = s.personal AND p.personal + p.patronal = s.total)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'La planilla % no existe o no es la suma de sus líneas.', mala
            USING ERRCODE = 'RC004';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER linea_de_su_planilla AFTER INSERT ON planillas_planillalinea
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_lineas_de_su_planilla();
CREATE TRIGGER linea_de_su_planilla AFTER INSERT ON planillas_planillalinea_corriente
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_lineas_de_su_planilla();

-- The lines of a chunk, already closed to their writer, join the rest: its lot is of the act in course. That each
-- planilla is the sum of its lines is by construction, and the audit looks at it (D02).
CREATE FUNCTION recaudo_cerrar_lote_de_lineas(lote_ integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM recaudo_exigir_indexada('planillas_planillalinea', lote_);
    IF NOT EXISTS (SELECT 1 FROM planillas_emisionlote e, unnest(recaudo_actos_abiertos()) a
                    WHERE e.id = lote_ AND e.hecho_id = a.hecho) THEN
        RAISE EXCEPTION 'El lote % de líneas no es de una emisión en curso.', lote_ USING ERRCODE = 'RC003';
    END IF;
    PERFORM recaudo_adjuntar_particion('planillas_planillalinea', lote_);
END $$;

-- What a line names is not deleted (its person is kept by the relation's own foreign key).
CREATE FUNCTION recaudo_relacion_con_planillas() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM planillas_planilla p
                 JOIN planillas_planillalinea l ON l.lote = p.lote AND l.planilla_id = p.obligacion_id
                WHERE p.empleador_id = OLD.empleador_id AND l.relacion_id = OLD.id) THEN
        RAISE EXCEPTION 'La relación laboral % consta en una planilla: no se borra.', OLD.id
            USING ERRCODE = 'RC001';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER relacion_con_planillas BEFORE DELETE ON afiliacion_relacionlaboral
    FOR EACH ROW EXECUTE FUNCTION recaudo_relacion_con_planillas();
