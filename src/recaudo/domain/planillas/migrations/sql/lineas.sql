-- Lines of planillas, one partition per mass emission chunk; amounts in cents. Never changed.
CREATE TABLE planillas_planillalinea (
    lote        integer  NOT NULL DEFAULT 0,
    planilla_id bigint   NOT NULL REFERENCES planillas_planilla (obligacion_id),
    relacion_id bigint   NOT NULL,
    persona_id  bigint   NOT NULL REFERENCES afiliacion_persona (id),
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
