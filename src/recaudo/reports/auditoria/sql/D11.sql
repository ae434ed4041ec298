-- Bank, reference and value date enter once, for ever.
SELECT canal, referencia, fecha_valor, count(*) AS veces
  FROM recaudacion_lineaextracto
 WHERE resultado NOT IN ('DUPLICADA', 'RECHAZADA')
 GROUP BY canal, referencia, fecha_valor
HAVING count(*) > 1
