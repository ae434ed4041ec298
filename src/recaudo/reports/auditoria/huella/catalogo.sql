-- One row for each thing installed: what it is called, and the digest of all that it is. Bodies of functions as
-- they were written (prosrc): what the server writes back from its trees is another text in another version.
WITH esquema AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
     WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), de_extension AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), tabla AS (
    SELECT c.oid, c.relname::text AS nombre, c.relkind, c.relowner, c.relacl, c.relpersistence, c.relrowsecurity,
           c.relforcerowsecurity, CASE s.nspname WHEN 'public' THEN '' ELSE s.nspname || '.' END AS donde
      FROM pg_class c JOIN esquema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
       AND NOT EXISTS (SELECT 1 FROM de_extension e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
       AND NOT (c.relispartition AND c.relname ~ '_[0-9]+$')
), permiso AS (
    SELECT 'c' AS tipo, t.oid, 0 AS sub, a.grantee, a.privilege_type, a.is_grantable, a.grantor
      FROM tabla t, aclexplode(coalesce(t.relacl, acldefault(CASE t.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", t.relowner))) a
    UNION ALL
    SELECT 'c', t.oid, c.attnum, a.grantee, a.privilege_type, a.is_grantable, a.grantor
      FROM tabla t JOIN pg_attribute c ON c.attrelid = t.oid, aclexplode(c.attacl) a
    UNION ALL
    SELECT 'f', p.oid, 0, a.grantee, a.privilege_type, a.is_grantable, a.grantor
      FROM pg_proc p JOIN esquema s ON s.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    UNION ALL
    SELECT 'n', s.oid, 0, a.grantee, a.privilege_type, a.is_grantable, a.grantor
      FROM esquema s, aclexplode(coalesce(s.nspacl, acldefault('n', s.nspowner))) a
    UNION ALL
    SELECT 'd', d.oid, 0, a.grantee, a.privilege_type, a.is_grantable, a.grantor
      FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database()
    UNION ALL
    SELECT 'p', d.oid, 0, a.grantee, a.privilege_type, a.is_grantable, a.grantor FROM pg_default_acl d, aclexplode(d.defaclacl) a
), permisos AS (
    SELECT p.tipo, p.oid, p.sub,
           string_agg(concat_ws(' ', coalesce(r.rolname, 'todos'), p.privilege_type, p.is_grantable), ', '
                      ORDER BY coalesce(r.rolname, 'todos') COLLATE "C", p.privilege_type) AS texto
      FROM permiso p LEFT JOIN pg_roles r ON r.oid = p.grantee
     GROUP BY p.tipo, p.oid, p.sub
), de_aqui AS (
    SELECT relowner AS oid FROM tabla UNION SELECT grantee FROM permiso UNION
    SELECT oid FROM pg_roles WHERE rolname = current_user
), papel AS (
    SELECT r.* FROM pg_roles r
     WHERE r.rolname !~ '^pg_'
       AND (r.oid IN (SELECT oid FROM de_aqui) OR r.rolsuper OR r.rolbypassrls
            OR r.oid IN (SELECT m.member FROM pg_auth_members m WHERE m.roleid IN (SELECT oid FROM de_aqui)))
), cosa (nombre, texto) AS (
    SELECT CASE t.relkind WHEN 'v' THEN 'la vista ' WHEN 'm' THEN 'la vista ' WHEN 'S' THEN 'la secuencia ' ELSE 'la tabla ' END
               || t.donde || t.nombre,
           concat_ws('|', t.relkind, t.relpersistence, t.relrowsecurity, t.relforcerowsecurity, pg_get_userbyid(t.relowner),
                     p.texto, CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid) END,
                     coalesce((SELECT bool_and(g.tgenabled = 'O') FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgisinternal), true))
      FROM tabla t LEFT JOIN permisos p ON p.tipo = 'c' AND p.oid = t.oid AND p.sub = 0
    UNION ALL
    SELECT 'la columna ' || t.donde || t.nombre || '.' || a.attname,
           concat_ws('|', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation,
                     coalesce(pg_get_expr(d.adbin, d.adrelid), ''), p.texto)
      FROM tabla t
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
      LEFT JOIN permisos p ON p.tipo = 'c' AND p.oid = t.oid AND p.sub = a.attnum
     WHERE t.relkind <> 'S'
    UNION ALL
    SELECT 'la restricción ' || k.conname || ' de ' || t.donde || t.nombre,
           concat_ws('|', k.contype, k.condeferrable, k.condeferred, k.convalidated, pg_get_constraintdef(k.oid))
      FROM pg_constraint k JOIN tabla t ON t.oid = k.conrelid WHERE k.contype NOT IN ('n', 't')
    UNION ALL
    SELECT 'el índice único ' || i.relname, concat_ws('|', x.indisvalid, x.indimmediate, pg_get_indexdef(i.oid))
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN tabla t ON t.oid = x.indrelid WHERE x.indisunique
    UNION ALL
    SELECT 'el disparador ' || g.tgname || ' de ' || t.donde || t.nombre, concat_ws('|', g.tgenabled, pg_get_triggerdef(g.oid))
      FROM pg_trigger g JOIN tabla t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal
    UNION ALL
    SELECT 'la regla ' || w.rulename || ' de ' || t.donde || t.nombre, concat_ws('|', w.ev_enabled, pg_get_ruledef(w.oid))
      FROM pg_rewrite w JOIN tabla t ON t.oid = w.ev_class WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'la política ' || y.polname || ' de ' || t.donde || t.nombre,
           concat_ws('|', y.polcmd, y.polpermissive, y.polroles::regrole[]::text, pg_get_expr(y.polqual, y.polrelid),
                     pg_get_expr(y.polwithcheck, y.polrelid))
      FROM pg_policy y JOIN tabla t ON t.oid = y.polrelid
    UNION ALL
    SELECT 'la función ' || CASE s.nspname WHEN 'public' THEN '' ELSE s.nspname || '.' END || f.proname
               || '(' || pg_get_function_identity_arguments(f.oid) || ')',
           concat_ws('|', l.lanname, f.prokind, f.prosecdef, f.provolatile, f.proisstrict, f.proleakproof, f.proparallel,
                     f.prorettype::regtype, f.proretset, f.proconfig::text, pg_get_userbyid(f.proowner), p.texto, f.prosrc,
                     f.probin, pg_get_function_sqlbody(f.oid))
      FROM pg_proc f
      JOIN esquema s ON s.oid = f.pronamespace
      JOIN pg_language l ON l.oid = f.prolang
      LEFT JOIN permisos p ON p.tipo = 'f' AND p.oid = f.oid
     WHERE NOT EXISTS (SELECT 1 FROM de_extension e WHERE e.classid = 'pg_proc'::regclass AND e.objid = f.oid)
    UNION ALL
    SELECT 'el disparador de sucesos ' || v.evtname, concat_ws('|', v.evtevent, v.evtenabled, v.evtfoid::regproc, v.evttags::text)
      FROM pg_event_trigger v
    UNION ALL
    SELECT 'el tipo ' || y.typname, concat_ws('|', y.typtype, (SELECT string_agg(n.enumlabel, ',' ORDER BY n.enumsortorder)
                                                               FROM pg_enum n WHERE n.enumtypid = y.oid), y.typbasetype::regtype)
      FROM pg_type y JOIN esquema s ON s.oid = y.typnamespace
     WHERE y.typtype IN ('e', 'd')
       AND NOT EXISTS (SELECT 1 FROM de_extension e WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid)
    UNION ALL
    SELECT 'el operador ' || o.oid::regoperator, concat_ws('|', o.oprcode::regproc, o.oprresult::regtype)
      FROM pg_operator o JOIN esquema s ON s.oid = o.oprnamespace
     WHERE NOT EXISTS (SELECT 1 FROM de_extension e WHERE e.classid = 'pg_operator'::regclass AND e.objid = o.oid)
    UNION ALL
    SELECT 'la extensión ' || e.extname, n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    UNION ALL
    SELECT 'el esquema ' || s.nspname, concat_ws('|', pg_get_userbyid(s.nspowner), p.texto)
      FROM esquema s LEFT JOIN permisos p ON p.tipo = 'n' AND p.oid = s.oid
    UNION ALL
    SELECT 'los permisos de la base de datos', concat_ws('|', pg_get_userbyid(d.datdba), p.texto)
      FROM pg_database d LEFT JOIN permisos p ON p.tipo = 'd' AND p.oid = d.oid WHERE d.datname = current_database()
    UNION ALL
    SELECT concat_ws(' ', 'los permisos por omisión', d.defaclobjtype, 'de', pg_get_userbyid(d.defaclrole)), p.texto
      FROM pg_default_acl d JOIN permisos p ON p.tipo = 'p' AND p.oid = d.oid
    UNION ALL
    SELECT 'el papel ' || r.rolname,
           concat_ws('|', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
                     (SELECT string_agg(pg_get_userbyid(m.roleid)::text, ',' ORDER BY pg_get_userbyid(m.roleid))
                        FROM pg_auth_members m WHERE m.member = r.oid))
      FROM papel r
    UNION ALL
    SELECT concat_ws(' ', 'los ajustes del papel', coalesce(pg_get_userbyid(nullif(a.setrole, 0)), 'cualquiera'), 'en',
                     CASE a.setdatabase WHEN 0 THEN 'toda base' ELSE 'esta base' END),
           (SELECT string_agg(x, ',' ORDER BY x) FROM unnest(a.setconfig) x)
      FROM pg_db_role_setting a
     WHERE a.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND (a.setrole = 0 OR a.setrole IN (SELECT oid FROM papel))
    UNION ALL
    SELECT 'los pasos de la máquina ' || maquina,
           string_agg(concat_ws(' ', acto, desde, '>', hacia, to_char(desde_fecha, 'YYYY-MM-DD'), to_char(hasta_fecha, 'YYYY-MM-DD'), norma),
                      E'\n' ORDER BY acto COLLATE "C", desde COLLATE "C", hacia COLLATE "C", desde_fecha)
      FROM public.audit_estadopaso GROUP BY maquina
    UNION ALL
    SELECT 'las provincias', string_agg(to_jsonb(p)::text, E'\n' ORDER BY codigo COLLATE "C") FROM public.organizacion_provincia p
    UNION ALL
    SELECT 'los cantones', string_agg(to_jsonb(c)::text, E'\n' ORDER BY codigo COLLATE "C") FROM public.organizacion_canton c
)
SELECT nombre, encode(sha256(convert_to(string_agg(coalesce(texto, ''), E'\n' ORDER BY texto COLLATE "C"), 'UTF8')), 'hex') AS huella,
       -- What the server writes back from a tree has other parentheses and casts after a dump and a restore.
       CASE WHEN nombre ~ '^(el disparador|el índice|la restricción|la columna|la vista|la política|la regla) '
            THEN encode(sha256(convert_to(regexp_replace(string_agg(coalesce(texto, ''), E'\n' ORDER BY texto COLLATE "C"),
                                                         '::[a-z ]+(\[\])?|[()[:space:]]', '', 'g'), 'UTF8')), 'hex') END AS suelta
  FROM cosa GROUP BY nombre ORDER BY nombre COLLATE "C"
