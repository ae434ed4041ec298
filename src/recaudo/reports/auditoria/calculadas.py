"""Invariants for which the law has to be asked again: interest, order of imputation, deadlines, seals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from recaudo.domain.contabilidad.queries import verificar_sellos
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import tabla_de_orden
from recaudo.norma.mora.factores import FactorMora, tabla_de_factores
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import Calendario, cargar_calendario
from recaudo.norma.plazos.termino import contar_termino

Fila = Mapping[str, Any]
_UN_DIA = timedelta(days=1)


def sellos_rotos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D12: seals whose SHA-256, recomputed from the live ledger, is another."""
    return [{"sello": sello} for sello in verificar_sellos(cursor)]


_FUERA_DE_ORDEN = """
WITH orden AS (
    SELECT * FROM unnest(%(estados)s::text[], %(rubros)s::text[], %(ordinales)s::int[])
        AS o (estado, rubro, ordinal)
), congelado AS (
    SELECT p.id AS pago, d.obligacion_id, o.fecha_vencimiento, r.rubro, r.debido, coalesce(r.pagado, 0) AS pagado,
           k.ordinal
      FROM recaudacion_pago p
      JOIN recaudacion_comprobantedetalle d ON d.comprobante_id = p.comprobante_id
      JOIN obligaciones_obligacion o ON o.id = d.obligacion_id
      LEFT JOIN recaudacion_aplicacion a ON a.pago_id = p.id AND a.obligacion_id = d.obligacion_id
      CROSS JOIN LATERAL (VALUES
          ('INTERES', d.interes, a.interes), ('APORTE_PERSONAL', d.personal, a.personal),
          ('APORTE_PATRONAL', d.patronal, a.patronal), ('CCC', d.ccc, a.ccc)) AS r (rubro, debido, pagado)
      JOIN orden k ON k.rubro = r.rubro
       AND k.estado = CASE WHEN EXISTS (SELECT 1 FROM cartera_glosa g WHERE g.obligacion_id = o.id)
                           THEN 'GLOSA' ELSE 'PLANILLA' END
     WHERE p.hecho_id >= %(desde)s
)
SELECT DISTINCT antes.pago, antes.obligacion_id, antes.rubro AS sin_pagar, despues.rubro AS pagado_antes
  FROM congelado antes
  JOIN congelado despues ON despues.pago = antes.pago
   AND (despues.ordinal, despues.fecha_vencimiento, despues.obligacion_id)
     > (antes.ordinal, antes.fecha_vencimiento, antes.obligacion_id)
 WHERE antes.pagado < antes.debido AND despues.pagado > 0
"""


def imputacion_fuera_de_orden(cursor: Any, desde: int) -> Sequence[Fila]:
    """D19: payments that paid a later item while an earlier one was still owed."""
    cursor.execute("SELECT DISTINCT fecha_pago FROM recaudacion_pago WHERE hecho_id >= %s", [desde])
    ultima = max((fila[0] for fila in cursor.fetchall()), default=None)
    if ultima is None:
        return []
    orden = tabla_de_orden(ultima, cargar_parametros())
    cursor.execute(
        _FUERA_DE_ORDEN,
        {
            "desde": desde,
            "estados": [o.estado for o in orden],
            "rubros": [o.rubro for o in orden],
            "ordinales": [o.ordinal for o in orden],
        },
    )
    return _filas(cursor)


_INTERESES = """
WITH factor AS (
    SELECT * FROM unnest(%(cortes)s::date[], %(vencimientos)s::date[], %(num)s::numeric[], %(den)s::numeric[])
        AS f (corte, vencimiento, num, den)
)
SELECT x.que, x.id, x.capital, x.interes, (2 * x.capital * f.num + f.den) / (2 * f.den) AS recalculado
  FROM ({liquidado}) AS x
  LEFT JOIN factor f ON f.corte = x.corte AND f.vencimiento = x.vencimiento
 WHERE x.interes IS DISTINCT FROM trunc((2 * x.capital * f.num + f.den) / (2 * f.den))
"""
_LIQUIDADO = """
    SELECT 'comprobante' AS que, d.id, d.personal + d.patronal + d.ccc AS capital, d.interes,
           c.valido_hasta AS corte, o.fecha_vencimiento AS vencimiento
      FROM recaudacion_comprobantedetalle d
      JOIN recaudacion_comprobante c ON c.id = d.comprobante_id
      JOIN obligaciones_obligacion o ON o.id = d.obligacion_id
    UNION ALL
    SELECT 'glosa', g.id, g.capital, g.interes, g.fecha_emision, o.fecha_vencimiento
      FROM cartera_glosa g JOIN obligaciones_obligacion o ON o.id = g.obligacion_id
"""


def intereses_distintos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D20: interest frozen in a comprobante or a glosa that the law, asked again, gives differently."""
    cursor.execute(f"SELECT DISTINCT corte, vencimiento FROM ({_LIQUIDADO}) x ORDER BY 1, 2")  # noqa: S608 - constant text
    por_corte: dict[date, list[date]] = defaultdict(list)
    for corte, vencimiento in cursor.fetchall():
        por_corte[corte].append(vencimiento)
    factores = [
        (corte, factor)
        for corte, vencimientos in por_corte.items()
        for factor in _factores(corte, vencimientos)
    ]
    cursor.execute(
        _INTERESES.format(liquidado=_LIQUIDADO),
        {
            "cortes": [corte for corte, _ in factores],
            "vencimientos": [f.vencimiento for _, f in factores],
            "num": [f.numerador for _, f in factores],
            "den": [f.denominador for _, f in factores],
        },
    )
    return _filas(cursor)


def _factores(corte: date, vencimientos: list[date]) -> tuple[FactorMora, ...]:
    """Factors of one liquidation date; a month without rate only has those not yet in arrears."""
    argumentos: dict[str, Any] = {
        "corte": corte, "parametros": cargar_parametros(), "tasas": tabla_de_tasas(),
    }
    try:
        return tabla_de_factores(vencimientos=vencimientos, **argumentos)
    except Rechazo:
        al_dia = [v for v in vencimientos if v >= corte]
        return tabla_de_factores(vencimientos=al_dia, **argumentos) if al_dia else ()


def terminos_distintos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """P03: términos that, counted again from a proven notice, end on another day.

    With the calendar they were counted with, they are counted whole; with an older one, the stored
    days themselves must be a count (every day accounted for, the last one is the due day).
    """
    cursor.execute("""
        SELECT t.id, t.notificado_el, t.dias, t.vence, t.cantones, t.habiles, t.inhabiles,
               t.calendario_version, n.recibida_el
          FROM notificaciones_termino t
          LEFT JOIN notificaciones_notificacion n ON n.id = t.notificacion_id AND n.estado = 'recibida'
    """)
    calendario = cargar_calendario()
    return [
        {"termino": fila["id"], "vence": fila["vence"], "notificado": fila["recibida_el"]}
        for fila in _filas(cursor)
        if fila["recibida_el"] != fila["notificado_el"] or not _bien_contado(fila, calendario)
    ]


def _bien_contado(fila: Fila, calendario: Calendario) -> bool:
    habiles = [date.fromisoformat(d) for d in fila["habiles"]]
    inhabiles = [date.fromisoformat(d["fecha"]) for d in fila["inhabiles"]]
    if len(habiles) != fila["dias"] or not habiles or habiles[-1] != fila["vence"]:
        return False
    todos = sorted(habiles + inhabiles)
    primero = fila["notificado_el"] + _UN_DIA
    if todos != [primero + _UN_DIA * n for n in range(len(todos))]:
        return False
    if fila["calendario_version"] != calendario.version:
        return True
    termino = contar_termino(
        notificado=fila["notificado_el"], dias=fila["dias"],
        cantones=frozenset(fila["cantones"]), calendario=calendario,
    )
    return termino.vence == fila["vence"]


def _filas(cursor: Any) -> list[dict[str, Any]]:
    columnas = [c.name for c in cursor.description]
    return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]
