-- The ledger. Rows are only added; corrections are new entries.
CREATE SEQUENCE contabilidad_asiento_id_seq AS bigint;

-- The only giver of entry numbers: `cuantos` numbers in a row, the first is returned. Two that ask
-- at once wait for each other for microseconds. Taking many also announces the writing to whoever
-- seals, who waits for it (sealing must never pass over a number that will still appear).
CREATE FUNCTION recaudo_reservar_asientos(cuantos bigint) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    primero bigint;
BEGIN
    IF cuantos < 1 THEN
        RAISE EXCEPTION 'Se reserva al menos un asiento, no %.', cuantos USING ERRCODE = 'RC006';
    END IF;
    LOCK TABLE contabilidad_asiento_corriente IN ROW EXCLUSIVE MODE;
    PERFORM pg_advisory_lock(hashtext('recaudo.asientos'));
    primero := nextval('contabilidad_asiento_id_seq');
    IF cuantos > 1 THEN
        PERFORM setval('contabilidad_asiento_id_seq', primero + cuantos - 1);
    END IF;
    PERFORM pg_advisory_unlock(hashtext('recaudo.asientos'));
    RETURN primero;
END $$;

CREATE TABLE contabilidad_asiento (
    lote        integer     NOT NULL DEFAULT 0,
    id          bigint      NOT NULL DEFAULT recaudo_reservar_asientos(1),
    fecha       date        NOT NULL,
    concepto    text        NOT NULL,
    origen_tipo text        NOT NULL,
    origen_id   bigint      NOT NULL,
    provincia   char(2)     NOT NULL,
    hecho_id    bigint      NOT NULL,
    revierte_id bigint,
    operacion   bigint      NOT NULL DEFAULT recaudo_operacion(),
    PRIMARY KEY (id, lote) -- in this order the journal is read by it, and no other index has to give the number
) PARTITION BY LIST (lote);

CREATE TABLE contabilidad_partida (
    lote          integer  NOT NULL DEFAULT 0,
    asiento_id    bigint   NOT NULL,
    linea         smallint NOT NULL,
    cuenta_id     bigint   NOT NULL, -- exists: checked by statement below; accounts are never deleted
    debe          bigint   NOT NULL DEFAULT 0,
    haber         bigint   NOT NULL DEFAULT 0,
    obligacion_id bigint,
    PRIMARY KEY (lote, asiento_id, linea),
    CONSTRAINT partida_un_solo_lado CHECK (debe >= 0 AND haber >= 0 AND (debe = 0) <> (haber = 0))
) PARTITION BY LIST (lote);

CREATE TABLE contabilidad_asiento_corriente PARTITION OF contabilidad_asiento FOR VALUES IN (0);
CREATE TABLE contabilidad_partida_corriente PARTITION OF contabilidad_partida FOR VALUES IN (0);
CREATE INDEX asiento_por_operacion ON contabilidad_asiento_corriente (operacion);
CREATE INDEX partida_por_obligacion ON contabilidad_partida (obligacion_id) WHERE obligacion_id IS NOT NULL;
CREATE UNIQUE INDEX asiento_revierte_una_vez ON contabilidad_asiento_corriente (revierte_id) WHERE revierte_id IS NOT NULL;

-- Never UPDATE, DELETE, TRUNCATE. The row trigger is inherited by every partition; the TRUNCATE
-- trigger is added to each one (`recaudo_adjuntar_particion` does it for the mass ones).
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
CREATE TRIGGER cuenta_no_se_borra BEFORE DELETE ON contabilidad_cuenta
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cuenta_sin_vaciar BEFORE TRUNCATE ON contabilidad_cuenta
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- A mass partition is born full and takes no more rows, by no road.
CREATE FUNCTION recaudo_particion_cerrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'El lote % está cerrado: asiente en el tráfico corriente.', NEW.lote
        USING ERRCODE = 'RC001';
END $$;

-- Who closes days says which still take postings, and who posts holds its date: `cartera` puts its rule here.
CREATE FUNCTION recaudo_exigir_dia_abierto(dia date) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT $$;

-- A mass lot comes in by tables of its own: born bare, filled, given their keys, and joined whole. Whoever emits owns
-- no table: these functions of the owner make one for a lot of the act in course, take it from who wrote in it before
-- anything is verified, and join it. They work for any table partitioned by `lote`.
CREATE FUNCTION recaudo_particion_de(madre regclass, lote integer) RETURNS text LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT format('public.%I', c.relname || '_' || lote)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_partitioned_table t ON t.partrelid = c.oid AND t.partstrat = 'l' AND t.partnatts = 1
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = t.partattrs[0] AND a.attname = 'lote'
     WHERE c.oid = madre AND lote > 0
$$;
-- Of whoever calls it: the functions of the owner do.
CREATE FUNCTION recaudo_conceder_particion(tabla text, orden text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'recaudo_lotes') THEN
        EXECUTE format(orden, tabla, 'recaudo_lotes');
    END IF;
END $$;
CREATE FUNCTION recaudo_abrir_particion(madre regclass, lote integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tabla text := recaudo_particion_de(madre, lote);
    este recaudo_acto := recaudo_en_curso();
BEGIN
    IF tabla IS NULL OR este.hecho IS NULL THEN
        RAISE EXCEPTION 'Un lote se abre dentro de un acto, en una tabla que se divide por lotes: % %.', madre, lote
            USING ERRCODE = 'RC009';
    END IF;
    PERFORM recaudo_exigir_dia_abierto(este.fecha);
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS, CHECK (lote = %s))',
                   tabla, madre, lote);
    EXECUTE format('ALTER TABLE %s ALTER COLUMN lote SET DEFAULT %s', tabla, lote);
    PERFORM recaudo_conceder_particion(tabla, 'GRANT SELECT, INSERT, DELETE ON %s TO %I');
END $$;
-- A lot in which nothing came is not left behind.
CREATE FUNCTION recaudo_dejar_particion(madre regclass, lote integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tabla text := recaudo_particion_de(madre, lote);
    con_filas boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', tabla) INTO con_filas;
    IF con_filas OR EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = tabla::regclass) THEN
        RAISE EXCEPTION 'El lote % tiene filas o está en el libro: no se deja.', lote USING ERRCODE = 'RC009';
    END IF;
    EXECUTE format('DROP TABLE %s', tabla);
END $$;
-- Nobody writes in it any more; then the keys and indexes of its parent, so that joining it makes none.
CREATE FUNCTION recaudo_indexar_particion(madre regclass, lote integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tabla text := recaudo_particion_de(madre, lote);
    indice record;
BEGIN
    PERFORM recaudo_conceder_particion(tabla, 'REVOKE INSERT, DELETE ON %s FROM %I');
    FOR indice IN
        SELECT x.indisprimary, pg_get_indexdef(x.indexrelid) AS texto,
               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.orden)
                  FROM unnest(x.indkey::smallint[]) WITH ORDINALITY k (numero, orden)
                  JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.numero) AS columnas
          FROM pg_index x WHERE x.indrelid = madre ORDER BY x.indisprimary DESC, x.indexrelid
    LOOP
        EXECUTE CASE WHEN indice.indisprimary THEN format('ALTER TABLE %s ADD PRIMARY KEY (%s)', tabla, indice.columnas)
                     ELSE regexp_replace(indice.texto, '^CREATE (UNIQUE )?INDEX \S+ ON (ONLY )?\S+ ',
                                         'CREATE \1INDEX ON ' || tabla || ' ') END;
    END LOOP;
END $$;
-- For the functions of each room, that verify the rows first: nobody else calls it, and who did would not be the owner.
CREATE FUNCTION recaudo_adjuntar_particion(madre regclass, lote integer) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tabla text := recaudo_particion_de(madre, lote);
BEGIN
    EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%s)', madre, tabla, lote);
    EXECUTE format('CREATE TRIGGER sin_vaciar BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
                   'EXECUTE FUNCTION recaudo_solo_agregar()', tabla);
    EXECUTE format('CREATE TRIGGER particion_cerrada BEFORE INSERT ON %s FOR EACH ROW '
                   'EXECUTE FUNCTION recaudo_particion_cerrada()', tabla);
    PERFORM recaudo_conceder_particion(tabla, 'REVOKE ALL ON %s FROM %I');
END $$;
-- Nobody but the owner writes in it, and it has its key: what is verified now stays so.
CREATE FUNCTION recaudo_exigir_indexada(madre regclass, lote integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tabla regclass := recaudo_particion_de(madre, lote)::regclass;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_index x WHERE x.indrelid = tabla AND x.indisprimary)
       OR EXISTS (SELECT 1 FROM pg_class c, aclexplode(c.relacl) p
                   WHERE c.oid = tabla AND p.grantee <> c.relowner AND p.privilege_type <> 'SELECT')
       OR NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_class m ON m.oid = madre AND m.relowner = c.relowner
                       WHERE c.oid = tabla AND NOT c.relispartition) THEN
        RAISE EXCEPTION 'El lote % no está listo: falta su clave o alguien aún escribe en él.', lote
            USING ERRCODE = 'RC009';
    END IF;
END $$;

-- The ledger's lot: D01, D13 and the accounts over all its entries, each of the act in course; its sums; then joined.
-- Joining comes last: lots wait there for each other.
CREATE FUNCTION recaudo_cerrar_lote_del_libro(lote_ integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asiento text := recaudo_particion_de('contabilidad_asiento', lote_);
    partida text := recaudo_particion_de('contabilidad_partida', lote_);
    actos recaudo_acto[] := recaudo_actos_abiertos();
    esta bigint := recaudo_operacion();
    malo bigint;
    cuantos bigint;
    dia date;
    tramo_ bigint;
BEGIN
    PERFORM recaudo_exigir_indexada('contabilidad_asiento', lote_);
    PERFORM recaudo_exigir_indexada('contabilidad_partida', lote_);
    EXECUTE format('SELECT coalesce(a.id, p.asiento_id) FROM %s a FULL JOIN '
                   '(SELECT asiento_id, count(*) AS patas, sum(debe) AS debe, sum(haber) AS haber '
                   'FROM %s GROUP BY asiento_id) p ON p.asiento_id = a.id '
                   'WHERE a.id IS NULL OR p.patas IS NULL OR p.patas < 2 OR p.debe <> p.haber '
                   'OR a.operacion <> $1 OR a.revierte_id IS NOT NULL LIMIT 1', asiento, partida) INTO malo USING esta;
    IF malo IS NOT NULL THEN
        RAISE EXCEPTION 'El lote % no entra en el libro: el asiento % no cuadra, está incompleto o es de otra operación.',
            lote_, malo USING ERRCODE = 'RC005';
    END IF;
    EXECUTE format('SELECT count(*) - count(*) FILTER (WHERE EXISTS (SELECT 1 FROM unnest($1) a '
                   'WHERE (a.hecho, a.fecha) = (n.hecho_id, n.fecha))), min(n.fecha), count(*) '
                   'FROM (SELECT DISTINCT hecho_id, fecha FROM %s) n', asiento) INTO malo, dia, cuantos USING actos;
    IF malo > 0 OR cuantos > 1 THEN
        RAISE EXCEPTION 'El lote % tiene un asiento que no es del acto en curso, con su fecha.', lote_
            USING ERRCODE = 'RC003';
    END IF;
    IF cuantos = 1 THEN
        EXECUTE format('INSERT INTO contabilidad_tramosumado (lote, desde_id, hasta_id, asientos, conceptos, hecho_id) '
                       'SELECT $1, min(id), max(id), count(*), to_jsonb(array_agg(DISTINCT concepto)), min(hecho_id) '
                       'FROM %s RETURNING id', asiento) INTO tramo_ USING lote_;
        EXECUTE format('INSERT INTO contabilidad_sumadetramo (tramo_id, cuenta_id, fecha, debe, haber) '
                       'SELECT $1, cuenta_id, $2, sum(debe), sum(haber) FROM %s GROUP BY cuenta_id', partida)
          USING tramo_, dia;
        IF EXISTS (SELECT 1 FROM contabilidad_sumadetramo s WHERE s.tramo_id = tramo_
                    AND NOT EXISTS (SELECT 1 FROM contabilidad_cuenta c WHERE c.id = s.cuenta_id)) THEN
            RAISE EXCEPTION 'El lote % nombra una cuenta que no está en el plan.', lote_ USING ERRCODE = 'RC004';
        END IF;
    END IF;
    PERFORM recaudo_adjuntar_particion('contabilidad_asiento', lote_);
    PERFORM recaudo_adjuntar_particion('contabilidad_partida', lote_);
END $$;

-- Whoever seals waits for who is posting and for who seals; nobody posts nor seals until it ends.
-- SHARE would let two seal the same stretch at once: the chain would fork, or the second would fail.
CREATE FUNCTION recaudo_esperar_a_quien_asienta() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE contabilidad_asiento_corriente IN SHARE ROW EXCLUSIVE MODE;
END $$;

-- What has to be looked at when this transaction ends: the guards of the ledger leave the note, nobody else may.
CREATE UNLOGGED TABLE contabilidad_porrevisar (operacion bigint PRIMARY KEY);

-- A leg may only join an entry born in the same transaction (a lone later line would unbalance it)
-- and an account of the chart. It also makes those two foreign keys unnecessary: neither entries
-- nor accounts are ever deleted. Few legs look for their entry one by one, so that a plan kept from
-- an empty table still goes by the index when the table is full; many, against all of today's at once.
CREATE FUNCTION recaudo_partidas_de_hoy() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_nestloop = off AS $$
DECLARE
    esta bigint := recaudo_operacion();
    cuantas bigint;
    primero bigint;
    ultimo bigint;
    corrientes boolean;
    sin_cuenta boolean;
    ajena boolean;
BEGIN
    SELECT sum(n.cuantas), min(n.primero), max(n.ultimo), bool_and(n.corrientes), bool_or(c.id IS NULL)
      INTO cuantas, primero, ultimo, corrientes, sin_cuenta
      FROM (SELECT cuenta_id, count(*) AS cuantas, min(asiento_id) AS primero, max(asiento_id) AS ultimo,
                   bool_and(lote = 0) AS corrientes
              FROM nuevas GROUP BY cuenta_id) n
      LEFT JOIN contabilidad_cuenta c ON c.id = n.cuenta_id;
    IF cuantas < 1000 THEN  -- not law: size of a batch
        ajena := EXISTS (SELECT 1 FROM nuevas n
                          WHERE (SELECT a.operacion FROM contabilidad_asiento_corriente a
                                  WHERE a.lote = n.lote AND a.id = n.asiento_id) IS DISTINCT FROM esta);
    ELSIF corrientes AND ultimo - primero < cuantas
          AND (SELECT count(*) FROM contabilidad_asiento_corriente
                WHERE lote = 0 AND id BETWEEN primero AND ultimo AND operacion = esta)
              = ultimo - primero + 1 THEN
        ajena := false;  -- every number of that stretch is an entry of this transaction
    ELSE
        ajena := EXISTS (SELECT 1
                           FROM nuevas n
                           LEFT JOIN (SELECT lote, id FROM contabilidad_asiento_corriente
                                       WHERE operacion = esta) a
                             ON a.lote = n.lote AND a.id = n.asiento_id
                          WHERE a.id IS NULL);
    END IF;
    IF ajena THEN
        RAISE EXCEPTION 'Una partida solo puede nacer con su asiento, en la misma transacción.'
            USING ERRCODE = 'RC004';
    END IF;
    IF sin_cuenta THEN
        RAISE EXCEPTION 'Una partida nombra una cuenta que no está en el plan.' USING ERRCODE = 'RC004';
    END IF;
    INSERT INTO contabilidad_porrevisar (operacion) VALUES (esta) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER partida_con_su_asiento AFTER INSERT ON contabilidad_partida
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_partidas_de_hoy();
CREATE TRIGGER partida_con_su_asiento AFTER INSERT ON contabilidad_partida_corriente
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION recaudo_partidas_de_hoy();

CREATE FUNCTION recaudo_asientos_nuevos() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    esta bigint := recaudo_operacion();
    actos recaudo_acto[] := recaudo_actos_abiertos();
BEGIN
    IF EXISTS (SELECT 1 FROM nuevos WHERE operacion <> esta) THEN
        RAISE EXCEPTION 'Un asiento lleva el número de su propia operación.' USING ERRCODE = 'RC004';
    END IF;
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT hecho_id, fecha FROM nuevos) n
                WHERE NOT EXISTS (SELECT 1 FROM unnest(actos) a
                                   WHERE a.hecho = 0 OR (a.hecho, a.fecha) = (n.hecho_id, n.fecha))) THEN
        RAISE EXCEPTION 'Un asiento es de un acto en curso, con su hecho y su fecha.' USING ERRCODE = 'RC003';
    END IF;
    INSERT INTO contabilidad_porrevisar (operacion) VALUES (esta) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER asiento_de_esta_transaccion AFTER INSERT ON contabilidad_asiento
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_asientos_nuevos();
CREATE TRIGGER asiento_de_esta_transaccion AFTER INSERT ON contabilidad_asiento_corriente
    REFERENCING NEW TABLE AS nuevos FOR EACH STATEMENT EXECUTE FUNCTION recaudo_asientos_nuevos();

-- D01 and D13 over every entry of this transaction: the first one that is wrong, or NULL.
-- Few entries are looked at one by one; many with numbers in a row, with one reading of their legs.
CREATE FUNCTION recaudo_asiento_sin_cuadrar(esta bigint) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_nestloop = off SET enable_hashagg = off AS $$
DECLARE
    cuantos bigint;
    primero bigint;
    ultimo bigint;
    malo bigint;
BEGIN
    SELECT count(*), min(id), max(id) INTO cuantos, primero, ultimo
      FROM contabilidad_asiento_corriente WHERE operacion = esta;
    IF cuantos >= 1000 AND ultimo - primero + 1 = cuantos THEN  -- not law: size of a batch
        -- Numbers without gaps: all the legs of the stretch are theirs, and each entry must have some.
        SELECT CASE WHEN count(*) < cuantos OR count(*) FILTER (WHERE mala) > 0
                    THEN coalesce(min(p.asiento_id) FILTER (WHERE mala), primero) END
          INTO malo
          FROM (SELECT asiento_id, count(*) < 2 OR sum(debe) <> sum(haber) AS mala
                  FROM contabilidad_partida_corriente
                 WHERE lote = 0 AND asiento_id BETWEEN primero AND ultimo
                 GROUP BY asiento_id) p;
    ELSIF cuantos < 1000 OR ultimo - primero > 4 * cuantos THEN  -- not law: size of a batch
        SELECT a.id INTO malo
          FROM contabilidad_asiento_corriente a
         WHERE a.operacion = esta
           AND (SELECT count(*) < 2 OR sum(p.debe - p.haber) <> 0
                  FROM contabilidad_partida_corriente p
                 WHERE p.lote = a.lote AND p.asiento_id = a.id)
         LIMIT 1;
    ELSE
        SELECT a.id INTO malo
          FROM contabilidad_asiento_corriente a
          LEFT JOIN (SELECT asiento_id, count(*) AS patas, sum(debe - haber) AS diferencia
                       FROM contabilidad_partida_corriente
                      WHERE lote = 0 AND asiento_id BETWEEN primero AND ultimo
                      GROUP BY asiento_id) p ON p.asiento_id = a.id
         WHERE a.operacion = esta AND (p.patas IS NULL OR p.patas < 2 OR p.diferencia <> 0)
         LIMIT 1;
    END IF;
    RETURN malo;
END $$;
CREATE FUNCTION recaudo_reverso_mal_hecho(esta bigint) RETURNS bigint LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
    SELECT a.id
      FROM contabilidad_asiento_corriente a
     WHERE a.operacion = esta AND a.revierte_id IS NOT NULL
       AND (NOT EXISTS (SELECT 1 FROM contabilidad_asiento o
                         WHERE o.id = a.revierte_id AND o.revierte_id IS NULL)
            OR EXISTS (SELECT 1
                         FROM (SELECT linea, cuenta_id, debe, haber, obligacion_id
                                 FROM contabilidad_partida_corriente
                                WHERE lote = a.lote AND asiento_id = a.id) r
                         FULL JOIN (SELECT linea, cuenta_id, debe, haber, obligacion_id
                                      FROM contabilidad_partida
                                     WHERE asiento_id = a.revierte_id) o USING (linea)
                        WHERE (r.cuenta_id, r.debe, r.haber, r.obligacion_id)
                              IS DISTINCT FROM (o.cuenta_id, o.haber, o.debe, o.obligacion_id)))
     LIMIT 1
$$;

-- Deferred to COMMIT, and looked at once: the first row of the transaction leaves a note that waits for the end, and
-- the others find it there. A check that is brought forward takes the note away, and what comes after leaves another.
CREATE FUNCTION recaudo_asiento_cuadra() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    malo bigint;
BEGIN
    DELETE FROM contabilidad_porrevisar WHERE operacion = NEW.operacion;
    malo := recaudo_asiento_sin_cuadrar(NEW.operacion);
    IF malo IS NOT NULL THEN
        RAISE EXCEPTION 'El asiento % no cuadra o tiene menos de dos partidas.', malo USING ERRCODE = 'RC005';
    END IF;
    malo := recaudo_reverso_mal_hecho(NEW.operacion);
    IF malo IS NOT NULL THEN
        RAISE EXCEPTION 'El asiento % no es el reverso exacto, línea por línea, de uno que exista y no sea reverso.', malo
            USING ERRCODE = 'RC005';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER asiento_cuadra AFTER INSERT ON contabilidad_porrevisar
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION recaudo_asiento_cuadra();

CREATE TRIGGER sello_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_sellolibro
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER sello_sin_vaciar BEFORE TRUNCATE ON contabilidad_sellolibro
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER tramo_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_tramosumado
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER tramo_sin_vaciar BEFORE TRUNCATE ON contabilidad_tramosumado
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER suma_solo_agregar BEFORE UPDATE OR DELETE ON contabilidad_sumadetramo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER suma_sin_vaciar BEFORE TRUNCATE ON contabilidad_sumadetramo
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
