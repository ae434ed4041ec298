-- The state of each object is where its last passage left it, or its birth state when it never moved.
-- `vivos` are the rows of every table that keeps the states of a machine of the house.
WITH vivos AS ({vivos}), ultimo AS (
    SELECT DISTINCT ON (maquina, objeto_id) maquina, objeto_id, hacia
      FROM audit_cambioestado ORDER BY maquina, objeto_id, id DESC
)
SELECT v.maquina, v.id, v.estado, u.hacia AS ultimo_paso
  FROM vivos v
  LEFT JOIN ultimo u ON u.maquina = v.maquina AND u.objeto_id = v.id
 WHERE CASE WHEN u.hacia IS NULL
            THEN NOT EXISTS (SELECT 1 FROM audit_estadopaso p
                              WHERE p.maquina = v.maquina AND p.desde = '' AND p.hacia = v.estado)
            ELSE v.estado <> u.hacia END
