-- Append-only tables: no UPDATE, no DELETE, no TRUNCATE, whoever asks.
CREATE FUNCTION recaudo_solo_agregar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La tabla % solo admite agregar filas: corrija con un nuevo registro.', TG_TABLE_NAME
        USING ERRCODE = 'RC001';
END $$;

CREATE TRIGGER hecho_solo_agregar BEFORE UPDATE OR DELETE ON audit_hecho
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER hecho_sin_vaciar BEFORE TRUNCATE ON audit_hecho
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cambio_solo_agregar BEFORE UPDATE OR DELETE ON audit_cambioestado
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER cambio_sin_vaciar BEFORE TRUNCATE ON audit_cambioestado
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- State columns. A room attaches it with the name of its machine:
--   CREATE TRIGGER x AFTER UPDATE ON t REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas
--       FOR EACH STATEMENT EXECUTE FUNCTION recaudo_guardar_estado('glosa');
-- One check and one INSERT per statement, however many rows it changes.
CREATE FUNCTION recaudo_guardar_estado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    primero record;
    hecho bigint := nullif(current_setting('recaudo.hecho', true), '')::bigint;
BEGIN
    -- One join, grouped by pair: with LIMIT 1 the planner would walk one table per row of the other.
    WITH cambios AS (
        INSERT INTO audit_cambioestado (maquina, objeto_id, desde, hacia, hecho_id, en)
        SELECT TG_ARGV[0], n.id, v.estado, n.estado, coalesce(hecho, 0), clock_timestamp()
          FROM nuevas n JOIN viejas v USING (id)
         WHERE n.estado IS DISTINCT FROM v.estado
        RETURNING objeto_id, desde, hacia
    ), pares AS (
        SELECT min(objeto_id) AS id, desde, hacia FROM cambios GROUP BY desde, hacia
    )
    SELECT c.id, c.desde, c.hacia,
           EXISTS (SELECT 1 FROM audit_estadopaso p
                    WHERE p.maquina = TG_ARGV[0] AND p.desde = c.desde AND p.hacia = c.hacia) AS existe
      INTO primero FROM pares c ORDER BY existe, c.id LIMIT 1;
    IF FOUND AND NOT primero.existe THEN
        RAISE EXCEPTION '% %: el paso de % a % no existe.', TG_ARGV[0], primero.id, primero.desde, primero.hacia
            USING ERRCODE = 'RC002';
    END IF;
    IF FOUND AND hecho IS NULL THEN
        RAISE EXCEPTION '%: un estado solo cambia dentro de un acto que lo declare.', TG_ARGV[0]
            USING ERRCODE = 'RC003';
    END IF;
    RETURN NULL;
END $$;

-- A new object starts in a state the machine allows as a beginning.
CREATE FUNCTION recaudo_estado_inicial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ilegal text;
BEGIN
    SELECT n.estado INTO ilegal FROM (SELECT DISTINCT estado FROM nuevas) n
     WHERE NOT EXISTS (SELECT 1 FROM audit_estadopaso p
                        WHERE p.maquina = TG_ARGV[0] AND p.desde = '' AND p.hacia = n.estado)
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: no puede nacer en el estado %.', TG_ARGV[0], ilegal USING ERRCODE = 'RC002';
    END IF;
    RETURN NULL;
END $$;
