-- The ledger. Rows are only added; corrections are new entries.
CREATE SEQUENCE contabilidad_asiento_id_seq AS bigint;

CREATE TABLE contabilidad_asiento (
    lote        integer     NOT NULL DEFAULT 0,
    id          bigint      NOT NULL DEFAULT nextval('contabilidad_asiento_id_seq'),
    fecha       date        NOT NULL,
    concepto    text        NOT NULL,
    origen_tipo text        NOT NULL,
    origen_id   bigint      NOT NULL,
    provincia   char(2)     NOT NULL,
    hecho_id    bigint      NOT NULL,
    revierte_id bigint,
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (lote, id)
) PARTITION BY LIST (lote);

CREATE TABLE contabilidad_partida (
    lote          integer  NOT NULL DEFAULT 0,
    asiento_id    bigint   NOT NULL,
    linea         smallint NOT NULL,
    cuenta_id     bigint   NOT NULL REFERENCES contabilidad_cuenta (id),
    debe          bigint   NOT NULL DEFAULT 0,
    haber         bigint   NOT NULL DEFAULT 0,
    obligacion_id bigint,
    PRIMARY KEY (lote, asiento_id, linea),
    CONSTRAINT partida_un_solo_lado CHECK (debe >= 0 AND haber >= 0 AND (debe = 0) <> (haber = 0))
) PARTITION BY LIST (lote);

CREATE TABLE contabilidad_asiento_corriente PARTITION OF contabilidad_asiento FOR VALUES IN (0);
CREATE TABLE contabilidad_partida_corriente PARTITION OF contabilidad_partida FOR VALUES IN (0);
CREATE INDEX asiento_por_origen ON contabilidad_asiento (origen_tipo, origen_id);
CREATE INDEX asiento_por_transaccion ON contabilidad_asiento_corriente (xid);
CREATE INDEX partida_por_obligacion ON contabilidad_partida (obligacion_id) WHERE obligacion_id IS NOT NULL;
CREATE UNIQUE INDEX asiento_revierte_una_vez ON contabilidad_asiento_corriente (revierte_id) WHERE revierte_id IS NOT NULL;

-- Never UPDATE, DELETE, TRUNCATE. The row trigger is inherited by every partition; the TRUNCATE
-- trigger is added to each one (recaudo_crear_particion_libro does it for the mass ones).
CREATE TRIGGER asiento_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_asiento
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER partida_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_partida
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER asiento_sin_vaciar BEFORE TRUNCATE ON contabilidad_asiento
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER partida_sin_vaciar BEFORE TRUNCATE ON contabilidad_partida
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER asiento_sin_vaciar BEFORE TRUNCATE ON contabilidad_asiento_corriente
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER partida_sin_vaciar BEFORE TRUNCATE ON contabilidad_partida_corriente
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- A leg may only join an entry born in the same transaction (a lone later line would unbalance it).
-- It also makes the foreign key to `asiento` unnecessary: entries are never deleted.
CREATE FUNCTION recaudo_partidas_de_hoy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('recaudo.libro_revisado', '', true);
    IF EXISTS (SELECT 1 FROM nuevas n
                 LEFT JOIN contabilidad_asiento a ON a.lote = n.lote AND a.id = n.asiento_id
                                                 AND a.xid = pg_current_xact_id()
                WHERE a.id IS NULL) THEN
        RAISE EXCEPTION 'Una partida solo puede nacer con su asiento, en la misma transacción.'
            USING ERRCODE = 'RC004';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER partida_con_su_asiento AFTER INSERT ON contabilidad_partida
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_partidas_de_hoy();
CREATE TRIGGER partida_con_su_asiento AFTER INSERT ON contabilidad_partida_corriente
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_partidas_de_hoy();

CREATE FUNCTION recaudo_asientos_nuevos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('recaudo.libro_revisado', '', true);
    IF EXISTS (SELECT 1 FROM nuevos WHERE xid <> pg_current_xact_id()) THEN
        RAISE EXCEPTION 'Un asiento lleva el número de su propia transacción.' USING ERRCODE = 'RC004';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER asiento_de_esta_transaccion AFTER INSERT ON contabilidad_asiento
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_asientos_nuevos();
CREATE TRIGGER asiento_de_esta_transaccion AFTER INSERT ON contabilidad_asiento_corriente
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_asientos_nuevos();

-- D01, deferred to COMMIT. The first entry to fire checks every entry of the transaction with one
-- statement and remembers it; any later INSERT into the ledger forgets it again.
CREATE FUNCTION recaudo_asiento_cuadra() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    yo text := pg_current_xact_id()::text;
    malo bigint;
BEGIN
    IF current_setting('recaudo.libro_revisado', true) = yo THEN
        RETURN NULL;
    END IF;
    SELECT a.id INTO malo
      FROM contabilidad_asiento_corriente a
      LEFT JOIN contabilidad_partida_corriente p ON p.lote = a.lote AND p.asiento_id = a.id
     WHERE a.xid = pg_current_xact_id()
     GROUP BY a.id
    HAVING count(p.asiento_id) < 2 OR sum(p.debe) IS DISTINCT FROM sum(p.haber)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'El asiento % no cuadra o tiene menos de dos partidas.', malo USING ERRCODE = 'RC005';
    END IF;
    PERFORM set_config('recaudo.libro_revisado', yo, true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER asiento_cuadra AFTER INSERT ON contabilidad_asiento_corriente
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recaudo_asiento_cuadra();

CREATE TRIGGER sello_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_sellolibro
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER sello_sin_vaciar BEFORE TRUNCATE ON contabilidad_sellolibro
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
