-- Each closed day follows the one before it, without gaps, and its fact says that it closed it; the seals of the
-- ordinary ledger follow one another too.
WITH dia AS (
    SELECT fecha, anterior, hecho_id, lag(fecha) OVER (ORDER BY fecha) AS previa FROM cartera_diacerrado
), sello AS (
    SELECT id, desde_id, hasta_id, lag(hasta_id) OVER (ORDER BY desde_id) AS previo FROM contabilidad_sellolibro WHERE lote = 0
)
SELECT 'el día ' || to_char(d.fecha, 'DD/MM/YYYY') AS que, d.hecho_id
  FROM dia d LEFT JOIN audit_hecho h ON h.id = d.hecho_id AND h.tipo = %(cerrado)s AND h.fecha = d.fecha
 WHERE d.previa IS DISTINCT FROM d.anterior OR d.fecha <> d.previa + 1 OR h.id IS NULL
UNION ALL
SELECT 'el sello ' || s.id, NULL
  FROM sello s
 WHERE s.desde_id > s.hasta_id OR s.desde_id <= s.previo
    OR EXISTS (SELECT 1 FROM contabilidad_asiento a WHERE a.lote = 0 AND a.id > coalesce(s.previo, 0) AND a.id < s.desde_id)
