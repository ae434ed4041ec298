-- Each series of numbers was given whole: its last number is how many things carry one of it, and the greatest.
WITH dado AS (
    SELECT %(comprobante)s AS tipo, '' AS provincia, extract(year FROM fecha_emision)::integer AS anio,
           count(*) AS cuantos, max(substr(numero, %(desde_cifra)s, length(numero) - %(desde_cifra)s)::bigint) AS mayor
      FROM recaudacion_comprobante GROUP BY extract(year FROM fecha_emision)
    UNION ALL
    SELECT %(glosa)s, split_part(numero, '-', 1), split_part(numero, '-', 2)::integer, count(*),
           max(split_part(numero, '-', -1)::bigint)
      FROM cartera_glosa GROUP BY split_part(numero, '-', 1), split_part(numero, '-', 2)
    UNION ALL
    SELECT t.serie, CASE WHEN d.provincia = %(ninguna)s THEN '' ELSE d.provincia END, d.anio, count(*), max(d.numero)
      FROM (SELECT tipo, split_part(numero, '-', 1) AS provincia, split_part(numero, '-', 2)::integer AS anio,
                   split_part(numero, '-', -1)::bigint AS numero
              FROM documents_documento WHERE tipo = ANY (%(tipos)s)) d
      JOIN unnest(%(tipos)s::text[], %(series)s::text[]) AS t (tipo, serie) USING (tipo)
     GROUP BY t.serie, d.provincia, d.anio
)
SELECT coalesce(n.tipo, d.tipo) AS serie, coalesce(n.provincia, d.provincia) AS provincia, coalesce(n.anio, d.anio) AS anio,
       n.ultimo, d.cuantos, d.mayor
  FROM (SELECT * FROM documents_numeracion WHERE tipo IN (%(comprobante)s, %(glosa)s) OR tipo = ANY (%(series)s)) n
  FULL JOIN dado d ON (d.tipo, d.provincia, d.anio) = (n.tipo, n.provincia, n.anio)
 WHERE n.ultimo IS DISTINCT FROM d.cuantos OR d.mayor IS DISTINCT FROM d.cuantos
