-- The account of money nobody could apply equals the open values, each with an owner and a reason.
WITH abierto AS (
    SELECT coalesce(sum(importe), 0) AS importe FROM recaudacion_valorporaplicar WHERE estado = 'abierto'
), cuenta AS (
    SELECT coalesce(sum(p.haber - p.debe), 0) AS saldo
      FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
     WHERE c.codigo = '2301'
)
SELECT 'cuenta 2301' AS que, cuenta.saldo AS libro, abierto.importe AS abierto
  FROM cuenta, abierto WHERE cuenta.saldo <> abierto.importe
UNION ALL
SELECT 'valor ' || v.id, v.importe, 0
  FROM recaudacion_valorporaplicar v
 WHERE v.estado = 'abierto' AND (v.responsable = '' OR v.motivo = '')
