-- Interest that the law, asked again, gives differently. The factors come from the law itself. Below zero, more was
-- collected of the interest than what runs until that day.
WITH factor AS (
    SELECT * FROM unnest(%(cuales)s::text[], %(cortes)s::date[], %(desdes)s::date[], %(numeradores)s::numeric[],
                         %(denominadores)s::numeric[]) AS f (regla, corte, desde, numerador, denominador)
), recalculado AS (
    SELECT x.*, div(x.capital * f.numerador + div(f.denominador, 2), f.denominador) - x.abonado AS recalculado
      FROM {liquidado} x
      LEFT JOIN factor f ON f.regla = x.regla AND f.corte = x.corte AND f.desde = x.desde
)
SELECT que, id, capital, desde, corte, interes, recalculado
  FROM recalculado WHERE recalculado IS NULL OR interes <> recalculado
