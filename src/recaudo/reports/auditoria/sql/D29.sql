-- The account of debits to clear up is what is left of each debit of the bank: nothing leaves it without an
-- act that says what the debit was, or the credit that it took back.
WITH vuelto AS (
    SELECT r.cargo_id, sum(r.importe) AS importe FROM recaudacion_reversobancario r GROUP BY r.cargo_id
), aclarado AS (
    SELECT a.cargo_id, sum(a.importe) AS importe
      FROM recaudacion_aclaraciondecargo a WHERE a.estado = 'aprobada' AND a.destino <> 'REVERSO'
     GROUP BY a.cargo_id
), cargo AS (
    SELECT l.id, l.importe - coalesce(v.importe, 0) - coalesce(a.importe, 0) AS falta
      FROM recaudacion_lineaextracto l
      LEFT JOIN vuelto v ON v.cargo_id = l.id
      LEFT JOIN aclarado a ON a.cargo_id = l.id
     WHERE l.resultado = 'CARGO'
), libro AS (
    SELECT coalesce(sum(p.debe - p.haber), 0) AS saldo
      FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
     WHERE c.codigo = '1109'
)
SELECT 'cuenta 1109' AS que, libro.saldo AS libro, coalesce(sum(cargo.falta), 0) AS falta
  FROM libro LEFT JOIN cargo ON true
 GROUP BY libro.saldo
HAVING libro.saldo <> coalesce(sum(cargo.falta), 0)
UNION ALL
SELECT 'débito ' || id, 0, falta FROM cargo WHERE falta < 0
