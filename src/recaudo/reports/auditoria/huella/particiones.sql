-- Each mass partition has what its mother's kind has: the same columns and owner, no permission that the mother does
-- not give, each row trigger of the mother awake, and the two that close it (no TRUNCATE, no INSERT). PostgreSQL
-- itself keeps the constraints and keys that a partition inherits.
SELECT 'la partición ' || h.relname AS nombre,
       concat_ws(', ',
           CASE WHEN h.relowner <> m.relowner THEN 'es de otro dueño' END,
           CASE WHEN (SELECT array_agg((a.attname::text, a.atttypid, a.attnotnull)::text ORDER BY a.attname)
                        FROM pg_attribute a WHERE a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped)
                     <> (SELECT array_agg((a.attname::text, a.atttypid, a.attnotnull)::text ORDER BY a.attname)
                           FROM pg_attribute a WHERE a.attrelid = m.oid AND a.attnum > 0 AND NOT a.attisdropped)
                THEN 'sus columnas no son las de su tabla' END,
           CASE WHEN EXISTS (SELECT 1 FROM aclexplode(h.relacl) x
                              WHERE NOT EXISTS (SELECT 1 FROM aclexplode(coalesce(m.relacl, acldefault('r', m.relowner))) y
                                                 WHERE (y.grantee, y.privilege_type) = (x.grantee, x.privilege_type)))
                  OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = h.oid AND a.attacl IS NOT NULL)
                THEN 'da permisos que su tabla no da' END,
           CASE WHEN EXISTS (SELECT 1 FROM pg_trigger g
                              WHERE g.tgrelid = m.oid AND NOT g.tgisinternal AND g.tgtype & 1 = 1
                                AND NOT EXISTS (SELECT 1 FROM pg_trigger c
                                                 WHERE c.tgrelid = h.oid AND c.tgparentid = g.oid AND c.tgenabled = g.tgenabled))
                THEN 'le falta despierto un disparador de su tabla' END,
           CASE WHEN (SELECT count(DISTINCT f.proname) FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid
                       WHERE g.tgrelid = h.oid AND g.tgenabled = 'O' AND g.tgparentid = 0
                         AND f.proname IN ('recaudo_solo_agregar', 'recaudo_particion_cerrada')) < 2
                THEN 'no está cerrada' END,
           CASE WHEN EXISTS (SELECT 1 FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid
                              WHERE g.tgrelid = h.oid AND g.tgparentid = 0 AND NOT g.tgisinternal
                                AND f.proname NOT IN ('recaudo_solo_agregar', 'recaudo_particion_cerrada'))
                  OR EXISTS (SELECT 1 FROM pg_rewrite w WHERE w.ev_class = h.oid)
                  OR EXISTS (SELECT 1 FROM pg_policy y WHERE y.polrelid = h.oid)
                THEN 'tiene un disparador, una regla o una política que no es de su clase' END
       ) AS motivo
  FROM pg_class h
  JOIN pg_inherits i ON i.inhrelid = h.oid
  JOIN pg_class m ON m.oid = i.inhparent
 WHERE h.relispartition AND h.relkind = 'r' AND h.relname ~ '_[0-9]+$'
