-- A code of `largo` signs of an alphabet of 32, from the server's strong random source: the digest
-- of a random UUID spreads its bits, base64 cuts it into signs of 64, two of which are one of ours.
CREATE FUNCTION recaudo_codigo_de_verificacion(alfabeto text, largo integer) RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT translate(substr(encode(sha256(uuid_send(gen_random_uuid())), 'base64'), 1, largo),
                     'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
                     alfabeto || alfabeto)
$$;

-- The digest is of this very content, whoever writes the row: left empty it is computed here, once.
CREATE FUNCTION recaudo_documento_huella() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE huella text := encode(sha256(convert_to(NEW.contenido::text, 'UTF8')), 'hex');
BEGIN
    IF NEW.contenido_sha256 = '' THEN
        NEW.contenido_sha256 := huella;
    ELSIF NEW.contenido_sha256 <> huella THEN
        RAISE EXCEPTION 'La huella del documento % no es la de su contenido.', NEW.numero
            USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documento_huella BEFORE INSERT ON documents_documento
    FOR EACH ROW EXECUTE FUNCTION recaudo_documento_huella();

-- The digest of a drawing is of these very bytes, and a drawing is made once.
ALTER TABLE documents_dibujo ADD CONSTRAINT dibujo_huella_de_los_bytes
    CHECK (sha256 = encode(sha256(bytes), 'hex'));
CREATE TRIGGER dibujo_solo_agregar BEFORE UPDATE OR DELETE ON documents_dibujo
    FOR EACH ROW EXECUTE FUNCTION recaudo_solo_agregar();
CREATE TRIGGER dibujo_sin_vaciar BEFORE TRUNCATE ON documents_dibujo
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- Frozen: only the state may change, never back.
CREATE FUNCTION recaudo_documento_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'El documento % no se borra: se anula.', OLD.numero USING ERRCODE = 'RC001';
    END IF;
    IF (NEW.id, NEW.tipo, NEW.numero, NEW.titulo, NEW.provincia, NEW.empleador_id, NEW.titular, NEW.contenido,
        NEW.contenido_sha256, NEW.codigo, NEW.emitido_en, NEW.fecha_emision, NEW.valido_hasta)
       IS DISTINCT FROM
       (OLD.id, OLD.tipo, OLD.numero, OLD.titulo, OLD.provincia, OLD.empleador_id, OLD.titular, OLD.contenido,
        OLD.contenido_sha256, OLD.codigo, OLD.emitido_en, OLD.fecha_emision, OLD.valido_hasta) THEN
        RAISE EXCEPTION 'El documento % está congelado: anúlelo y emita otro.', OLD.numero
            USING ERRCODE = 'RC001';
    END IF;
    IF (NEW.estado, NEW.dejo_de_valer_el) IS DISTINCT FROM (OLD.estado, OLD.dejo_de_valer_el)
       AND OLD.estado <> 'vigente' THEN
        RAISE EXCEPTION 'El documento % ya no está vigente: su estado no cambia.', OLD.numero
            USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documento_fijo BEFORE UPDATE OR DELETE ON documents_documento
    FOR EACH ROW EXECUTE FUNCTION recaudo_documento_fijo();
CREATE TRIGGER documento_sin_vaciar BEFORE TRUNCATE ON documents_documento
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();

-- An amount in cents as documents keep it, 1234.50, and as a sentence carries it, $ 1.234,50.
CREATE FUNCTION recaudo_dolares(centavos bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN centavos < 0 THEN '-' ELSE '' END || (abs(centavos) / 100)::text || '.' ||
           lpad((abs(centavos) % 100)::text, 2, '0')
$$;
CREATE FUNCTION recaudo_dolares_escritos(centavos bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN centavos < 0 THEN '-' ELSE '' END || '$ ' ||
           reverse(regexp_replace(reverse((abs(centavos) / 100)::text), '(\d{3})(?=\d)', '\1.', 'g')) || ',' ||
           lpad((abs(centavos) % 100)::text, 2, '0')
$$;

-- A series only goes forward.
CREATE FUNCTION recaudo_numeracion_avanza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.ultimo < OLD.ultimo
       OR (NEW.tipo, NEW.provincia, NEW.anio) IS DISTINCT FROM (OLD.tipo, OLD.provincia, OLD.anio) THEN
        RAISE EXCEPTION 'La numeración % % % no retrocede ni se borra.', OLD.tipo, OLD.provincia, OLD.anio
            USING ERRCODE = 'RC001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER numeracion_avanza BEFORE UPDATE OR DELETE ON documents_numeracion
    FOR EACH ROW EXECUTE FUNCTION recaudo_numeracion_avanza();
CREATE TRIGGER numeracion_sin_vaciar BEFORE TRUNCATE ON documents_numeracion
    FOR EACH STATEMENT EXECUTE FUNCTION recaudo_solo_agregar();
